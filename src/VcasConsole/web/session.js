/**
 * Sign-in: OpenID Connect's authorization code with PKCE (RFC 6749, 7636) at the issuer that the app names. Tokens live as long as
 * the tab: sessionStorage, so that a reload at a doorstep doesn't ask again.
 */
import { json, judge } from './answers.js';
import { reach, Unreachable } from './failures.js';
import { lockTab, unlockTab, wasLocked } from './idle.js';
import { announce } from './notice.js';
import { settings } from './settings.js';
import { shiftKey, tab } from './remembered.js';
import { t } from './texts.js';
import { challengeOf, isGood, random, tokensOf } from './tokens.js';

const tokensKey = 'vcas.tokens';
const signInKey = 'vcas.signIn';
const phoneKeyKey = 'vcas.phoneKey';
// Whose sign-in ended here by itself: where they were is for nobody else.
const wasKey = 'vcas.was';
// Of the issuer's errors (RFC 6749, 5.2) these say nothing of the session.
const notNow = ['temporarily_unavailable', 'server_error'];

/** Where the issuer sends people back to. */
export const returnPath = '/console/signed-in';

let renewing;
// Counts the sign-ins that have ended: a renewal that was under way then brings nobody back.
let ended = 0;

/** Who is signed in, as far as the token says; null where nobody is. */
export function person() {
  const tokens = read(tokensKey);
  return tokens ? { id: tokens.subject, name: tokens.name } : null;
}

/** The secret from which this person's own key is drawn for what is kept on this phone; null where the API has not given it yet. */
export function phoneKey() {
  const kept = read(phoneKeyKey);
  return kept && kept.of === person()?.id ? kept.secret : null;
}

/** Keeps it as long as the sign-in. */
export function keepPhoneKey(secret) {
  const who = person();
  if (who && secret) write(phoneKeyKey, { of: who.id, secret });
}

/** A token that is good now, renewed where it has to be; null where somebody must sign in first. */
export async function token() {
  const tokens = read(tokensKey);
  if (!tokens) return null;
  if (isGood(tokens)) return tokens.access;
  return renew();
}

/** Another token in place of one that was refused; null where somebody must sign in. */
export function renew() {
  renewing ??= renewOnce().finally(() => { renewing = undefined; });
  return renewing;
}

/**
 * Leaves for the issuer, and comes back to this page; without signal it says so. `claimed`: the offer that whoever signs in now says they
 * have recorded.
 */
export async function signIn(to = location.pathname + location.search, claimed) {
  try {
    location.assign(await addressOf(to, claimed));
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure;
    announce(t('errors.unreachable'), { isForAnybody: true });
  }
}

/** Finishes a sign-in where the issuer has sent somebody back. Gives the page to go on with. */
export async function finishSignIn() {
  const query = new URLSearchParams(location.hash.slice(1));
  const begun = read(signInKey);
  forget(signInKey);
  // An answer that nobody here asked for is no sign-in: somebody else may have made the link.
  if (!begun || begun.state !== query.get('state') || !query.get('code')) return { to: begun?.to ?? '/console/', failed: true };
  const was = tab.get(wasKey) ?? person()?.id;
  // Whoever signs in takes nothing over from who did before.
  endSession();
  try {
    const given = await ask({
      grant_type: 'authorization_code', code: query.get('code'), redirect_uri: location.origin + returnPath, code_verifier: begun.verifier,
    });
    if (!given) return { to: begun.to, failed: true };
    forget(wasKey);
    unlockTab();
    // Not even where they were, which is in the page's address.
    return { to: was && was !== person().id ? '/console/' : begun.to, failed: false, claimed: begun.claimed };
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure;
    return { to: begun.to, failed: true };
  }
}

/** Forgets the tokens, and tells the issuer where it wants to know. */
export async function signOut() {
  endSession();
  forget(wasKey);
  forget(shiftKey);
  try {
    const { authority, clientId } = await settings();
    const { end_session_endpoint: endpoint } = await discover(authority);
    const query = new URLSearchParams({ client_id: clientId, post_logout_redirect_uri: `${location.origin}/console/` });
    location.assign(endpoint ? `${endpoint}?${query}` : '/console/');
  } catch (failure) {
    if (!(failure instanceof Unreachable)) throw failure;
    // Nothing of theirs stays on the screen either way.
    location.assign('/console/');
  }
}

/** Ends the sign-in of this tab because nobody is there any more. What they typed stays sealed with their own key. */
export function endForLock() {
  endSession();
  lockTab();
}

function endSession() {
  ended++;
  const who = person();
  if (who) tab.set(wasKey, who.id);
  forget(tokensKey);
  forget(phoneKeyKey);
}

async function addressOf(to, claimed) {
  const { authority, clientId, scope } = await settings();
  if (!clientId) throw new Error('Nobody can sign in to these pages: Vcas:Access:ConsoleClientId is not set.');
  const { authorization_endpoint: endpoint, scopes_supported: known = [] } = await discover(authority);
  const [verifier, state] = [random(), random()];
  write(signInKey, { verifier, state, to, claimed });
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
    // After a lock the issuer lets nobody in because it remembers them (OpenID Connect Core, 3.1.2.1).
    ...(wasLocked() ? { prompt: 'login' } : {}),
  })}`;
}

async function renewOnce() {
  const refresh = read(tokensKey)?.refresh;
  if (refresh) return ask({ grant_type: 'refresh_token', refresh_token: refresh });
  endSession();
  return null;
}

// The issuer's refusal ends the session. No signal doesn't, nor does what a proxy or a network's sign-in page says in its place.
async function ask(fields) {
  const before = ended;
  const { authority, clientId } = await settings();
  const { token_endpoint: endpoint } = await discover(authority);
  const body = new URLSearchParams({ client_id: clientId, ...fields });
  const given = await reach(async () => said(
    await fetch(endpoint, { method: 'POST', body, redirect: 'error' }), [200, 400, 401],
    body => typeof body.access_token === 'string' || (typeof body.error === 'string' && !notNow.includes(body.error))));
  if (before !== ended) return null;
  if (!given.access_token) {
    endSession();
    return null;
  }
  write(tokensKey, tokensOf(given, read(tokensKey)));
  return given.access_token;
}

async function discover(authority) {
  return reach(async () => said(
    await fetch(`${authority}/.well-known/openid-configuration`), [200],
    body => typeof body.authorization_endpoint === 'string' && typeof body.token_endpoint === 'string'));
}

const said = async (answer, statuses, proof) => judge(
  { status: answer.status, contentType: answer.headers.get('Content-Type') }, await answer.text(), { statuses, media: json, proof });

const read = key => JSON.parse(tab.get(key) ?? 'null');
const write = (key, value) => tab.set(key, JSON.stringify(value));
const forget = key => tab.remove(key);
