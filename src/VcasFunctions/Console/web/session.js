/**
 * Sign-in: OpenID Connect's authorization code with PKCE (RFC 6749, 7636) at the issuer that the app names. Tokens live as long as
 * the tab: sessionStorage, so that a reload at a doorstep doesn't ask again.
 */
import { reach, Unreachable } from './failures.js';
import { announce } from './notice.js';
import { settings } from './settings.js';
import { t } from './texts.js';

const tokensKey = 'vcas.tokens';
const signInKey = 'vcas.signIn';
const early = 60_000;

/** Where the issuer sends people back to. */
export const returnPath = '/console/signed-in';

let renewing;

/** Who is signed in, as far as the token says; null where nobody is. */
export function person() {
  const tokens = read(tokensKey);
  return tokens ? { id: tokens.subject, name: tokens.name } : null;
}

/** A token that is good now, renewed where it has to be; null where somebody must sign in first. */
export async function token() {
  const tokens = read(tokensKey);
  if (!tokens) return null;
  if (tokens.expiresAt - early > Date.now()) return tokens.access;
  return renew();
}

/** Another token in place of one that was refused; null where somebody must sign in. */
export function renew() {
  renewing ??= renewOnce().finally(() => { renewing = undefined; });
  return renewing;
}

/** Leaves for the issuer, and comes back to this page; without signal it says so. */
export async function signIn(to = location.pathname + location.search) {
  try {
    location.assign(await addressOf(to));
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure;
    announce(t('errors.unreachable'));
  }
}

/** Finishes a sign-in where the issuer has sent somebody back. Gives the page to go on with. */
export async function finishSignIn() {
  const query = new URLSearchParams(location.hash.slice(1));
  const begun = read(signInKey);
  sessionStorage.removeItem(signInKey);
  // An answer that nobody here asked for is no sign-in: somebody else may have made the link.
  if (!begun || begun.state !== query.get('state') || !query.get('code')) return { to: begun?.to ?? '/console/', failed: true };
  try {
    const given = await ask({ grant_type: 'authorization_code', code: query.get('code'), redirect_uri: location.origin + returnPath, code_verifier: begun.verifier });
    return { to: begun.to, failed: !given };
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure;
    return { to: begun.to, failed: true };
  }
}

/** Forgets the tokens, and tells the issuer where it wants to know. */
export async function signOut() {
  sessionStorage.removeItem(tokensKey);
  const { authority, clientId } = await settings();
  const { end_session_endpoint: endpoint } = await discover(authority);
  location.assign(endpoint ? `${endpoint}?${new URLSearchParams({ client_id: clientId, post_logout_redirect_uri: `${location.origin}/console/` })}` : '/console/');
}

async function addressOf(to) {
  const { authority, clientId, scope } = await settings();
  if (!clientId) throw new Error('Nobody can sign in to these pages: Vcas:Access:ConsoleClientId is not set.');
  const { authorization_endpoint: endpoint, scopes_supported: known = [] } = await discover(authority);
  const [verifier, state] = [random(), random()];
  write(signInKey, { verifier, state, to });
  return `${endpoint}?${new URLSearchParams({
    client_id: clientId,
    redirect_uri: location.origin + returnPath,
    response_type: 'code',
    // Behind the #, which no server sees and no log keeps; a code may also be longer than an address that is let in.
    response_mode: 'fragment',
    scope: known.includes('offline_access') ? `${scope} offline_access` : scope,
    state,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
  })}`;
}

async function renewOnce() {
  const refresh = read(tokensKey)?.refresh;
  if (refresh) return ask({ grant_type: 'refresh_token', refresh_token: refresh });
  sessionStorage.removeItem(tokensKey);
  return null;
}

// The issuer's refusal ends the session; no signal doesn't.
async function ask(fields) {
  const { authority, clientId } = await settings();
  const { token_endpoint: endpoint } = await discover(authority);
  const answer = await reach(() => fetch(endpoint, { method: 'POST', body: new URLSearchParams({ client_id: clientId, ...fields }) }));
  if (!answer.ok) {
    sessionStorage.removeItem(tokensKey);
    return null;
  }
  const given = await answer.json();
  const claims = claimsOf(given.id_token) ?? {};
  const before = read(tokensKey);
  write(tokensKey, {
    access: given.access_token,
    refresh: given.refresh_token ?? before?.refresh,
    expiresAt: Date.now() + given.expires_in * 1000,
    subject: claims.oid ?? claims.sub ?? before?.subject,
    name: claims.name ?? claims.preferred_username ?? before?.name,
  });
  return given.access_token;
}

async function discover(authority) {
  return reach(async () => {
    const answer = await fetch(`${authority}/.well-known/openid-configuration`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  });
}

async function challengeOf(verifier) {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

// For showing a name alone: the API checks the token, these pages trust nothing in it.
function claimsOf(jwt) {
  if (!jwt) return null;
  const bytes = Uint8Array.from(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

const random = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));
const base64Url = bytes => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const read = key => JSON.parse(sessionStorage.getItem(key) ?? 'null');
const write = (key, value) => sessionStorage.setItem(key, JSON.stringify(value));
