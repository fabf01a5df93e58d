/** The API, with the token of whoever is signed in. The one place that knows its routes. */
import { reach, Refused, SignInNeeded, Unreachable } from './failures.js';
import { renew, token } from './session.js';

const patience = 20_000;

/** Records an offer under the id that this device made. */
export const recordOffer = (id, offer) => send('PUT', `/api/offers/${id}`, offer);

/** One offer with its trail, for the coded reason that a read is recorded with. */
export const readOffer = (id, reason) => send('GET', `/api/offers/${id}?${new URLSearchParams({ reason })}`);

/** Another safe route. */
export const changeContact = (id, contact) => send('PUT', `/api/offers/${id}/contact`, contact);

/** Accepted at whatever later point: a referral goes to VCAS now. */
export const acceptOffer = (id, acceptance) => send('POST', `/api/offers/${id}/acceptance`, acceptance);

/** Who is signed in, and what they may do. */
export const readMe = () => send('GET', '/api/me');

/** A page of the call list. */
export const listCallBacks = query => send('GET', `/api/call-backs?${queryOf(query)}`);

/** What came of a call; the same attempt id again records it once. */
export const recordAttempt = (id, attempt) => send('POST', `/api/call-backs/${id}/attempts`, attempt);

/** Nobody phones until the review. */
export const placeHold = (id, hold) => send('PUT', `/api/call-backs/${id}/hold`, hold);

/** It is safe again. */
export const releaseHold = id => send('DELETE', `/api/call-backs/${id}/hold`);

/** Sends a request and gives the answer's body. */
export async function send(method, path, body, { contentType = 'application/json', accept = 'application/json' } = {}) {
  const access = await reach(token);
  if (!access) throw new SignInNeeded();
  let answer = await ask(method, path, body, contentType, accept, access);
  if (answer.status === 401) {
    const renewed = await reach(renew);
    if (!renewed) throw new SignInNeeded();
    answer = await ask(method, path, body, contentType, accept, renewed);
  }
  const text = await reach(() => answer.text());
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  if (answer.ok) return isJson ? JSON.parse(text) : text;
  // A gateway in between speaks no problem details: what it says is no refusal of ours.
  if (!isJson || answer.status >= 500) throw new Unreachable(`${answer.status}`);
  throw new Refused(JSON.parse(text));
}

function ask(method, path, body, contentType, accept, access) {
  const headers = { Accept: accept, Authorization: `Bearer ${access}` };
  if (body !== undefined) headers['Content-Type'] = contentType;
  return reach(() => fetch(path, {
    method,
    headers,
    body: body === undefined ? undefined : contentType === 'application/json' ? JSON.stringify(body) : body,
    cache: 'no-store',
    signal: AbortSignal.timeout(patience),
  }));
}

function queryOf(query) {
  return new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}
