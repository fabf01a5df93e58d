/** What signing in needs to reckon out (RFC 6749, 7519, 7636): without a network, and without keeping anything. */

// Renewed so long before it ends.
const early = 60_000;

/** Whether a token is good now and for a while. */
export const isGood = ({ expiresAt }, now = Date.now()) => expiresAt - early > now;

/** What is kept of an issuer's answer; what it doesn't say stays as it was before. */
export function tokensOf(given, before, now = Date.now()) {
  const claims = claimsOf(given.id_token) ?? {};
  return {
    access: given.access_token,
    refresh: given.refresh_token ?? before?.refresh,
    expiresAt: now + given.expires_in * 1000,
    subject: claims.oid ?? claims.sub ?? before?.subject,
    name: claims.name ?? claims.preferred_username ?? before?.name,
  };
}

/** A secret that nobody guesses. */
export const random = () => base64Url(crypto.getRandomValues(new Uint8Array(32)));

/** What the issuer is shown of a secret, to know its owner by it later. */
export async function challengeOf(verifier) {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

// For showing a name alone: the API checks the token, these pages trust nothing in it.
function claimsOf(jwt) {
  if (!jwt) return null;
  const bytes = Uint8Array.from(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

const base64Url = bytes => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
