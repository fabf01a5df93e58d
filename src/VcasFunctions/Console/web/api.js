/** The API, with the token of whoever is signed in. The one place that knows its routes. */
import { reach, Refused, SignInNeeded, Unreachable } from './failures.js';
import { renew, token } from './session.js';

const usualPatience = 20_000;
// A file of some ten thousand rows is written in many steps.
const longPatience = 300_000;

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

/** Another team or one person calls from now on. */
export const reassign = (id, assignee) => send('PUT', `/api/call-backs/${id}/assignee`, assignee);

/** The referrals in a state, oldest first. */
export const listReferrals = query => send('GET', `/api/referrals?${queryOf(query)}`);

/** Changes what VCAS knows; a referral that it refused is thereby sent again. */
export const amendReferral = (id, amendment) => send('POST', `/api/referrals/${id}/amendment`, amendment);

/** Takes a referral back. */
export const withdrawReferral = (id, reason) => send('POST', `/api/referrals/${id}/withdrawal`, { reason });

/** The figures. */
export const readUptake = query => send('GET', `/api/reports/uptake?${queryOf(query)}`);

/** The figures as the text of a CSV file. */
export const readUptakeFile = query => send('GET', `/api/reports/uptake?${queryOf(query)}`, undefined, { accept: 'text/csv' });

/** Offers from before the system, as a CSV file's bytes; with `preview` they are only checked. */
export const importHistory = (file, preview) => send('POST', `/api/history?${queryOf({ preview })}`, file, { contentType: 'text/csv', patience: longPatience });

/** How the service itself is. Where a part is down it says so under 503, and that is what is asked for. */
export const readHealth = () => send('GET', '/api/health/details', undefined, { good: [503] });

/** Sends a request and gives the answer's body. */
export async function send(method, path, body, { contentType = 'application/json', accept = 'application/json', patience = usualPatience, good = [] } = {}) {
  const access = await reach(token);
  if (!access) throw new SignInNeeded();
  let answer = await ask(method, path, body, contentType, accept, patience, access);
  if (answer.status === 401) {
    const renewed = await reach(renew);
    if (!renewed) throw new SignInNeeded();
    answer = await ask(method, path, body, contentType, accept, patience, renewed);
  }
  const text = await reach(() => answer.text());
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  if (answer.ok || (isJson && good.includes(answer.status))) return isJson ? JSON.parse(text) : text;
  // A gateway in between speaks no problem details: what it says is no refusal of ours.
  if (!isJson || answer.status >= 500) throw new Unreachable(`${answer.status}`);
  throw new Refused(JSON.parse(text));
}

function ask(method, path, body, contentType, accept, patience, access) {
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
