/**
 * What counts as an answer of the API's. Between a phone and the API stand a network's sign-in page, proxies and gateways, and each of them
 * may answer in its place: with 200, with HTML, with JSON of its own, with half of an answer. So nothing is believed but JSON (or, where
 * that was asked for, CSV) of exactly the kind and the id that was asked for. Everything else is no answer, and the same is tried again.
 */
import { Refused, Unreachable } from './failures.js';

export const json = 'application/json';
export const csv = 'text/csv';
const problems = 'application/problem+json';
const longestWait = 3_600_000;

/**
 * Gives the body of an answer, or throws what it is instead.
 * @param answer  `status`, `contentType`, `retryAfter`, as they came.
 * @param {string} text  The whole body.
 * @param wanted  `statuses`: those that may carry it; `media`: its content type; `proof`: whether a body is what was asked for.
 */
export function judge({ status, contentType, retryAfter }, text, { statuses, media, proof }, now = Date.now()) {
  const kind = mediaOf(contentType);
  if (statuses.includes(status) && kind === media) {
    const body = media === json ? parse(text) : text;
    if (body !== undefined && proof(body)) return body;
  }
  const problem = kind === problems ? parse(text) : undefined;
  if (isProblem(problem, status) && !isForLater(status)) throw new Refused(problem);
  throw new Unreachable(`${status}`, waitOf(retryAfter, now));
}

/** Whether an answer of this status says no more than "not now". */
export const isForLater = status => [408, 425, 429].includes(status) || status >= 500;

/** Whether this is one household, that of this id. `states`: those that the API knows. */
export const isOffer = (id, states) => body => isObject(body) && isSame(body.offerId, id) && states.includes(body.state)
  && isText(body.reference) && Array.isArray(body.attempts);

/** Whether this is the household of this id, with this attempt among those that were recorded. */
export const isAttempted = (id, states, attemptId) => body =>
  isOffer(id, states)(body) && body.attempts.some(made => isSame(made?.attemptId, attemptId));

/** Whether this is the household of this id, and support was accepted. */
export const isAccepted = (id, states) => body => isOffer(id, states)(body) && isObject(body.acceptance);

/** Whether this has lists under these names, and is no answer to another question. */
export const hasLists = (...names) => body => isObject(body) && names.every(name => Array.isArray(body[name]));

/** Whether it says what became of a file, checked or stored as it was asked for. */
export const isHistory = preview => body => isObject(body) && Number.isInteger(body.households) && body.preview === preview;

/** Whether these are the figures: all of them, or the table that may be published. */
export const isReport = body => isObject(body) && isTable(isObject(body.published) ? body.published : body);
const isTable = table => hasLists('lines')(table) && isObject(table.total);

/** Whether these are the figures as a file: its first heading is always this. */
export const isFigures = text => text.replace(/^\uFEFF/, '').startsWith('group,');

/** How long an answer asks to be left alone: seconds, or a date. */
export function waitOf(retryAfter, now = Date.now()) {
  if (!retryAfter) return 0;
  const wait = /^\d+$/.test(retryAfter.trim()) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longestWait) : 0;
}

const mediaOf = contentType => (contentType ?? '').split(';')[0].trim().toLowerCase();
const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = value => typeof value === 'string' && value.length > 0;
const isSame = (one, other) => isText(one) && isText(other) && one.toLowerCase() === other.toLowerCase();
const isProblem = (problem, status) => status >= 400 && isObject(problem) && problem.status === status && Number.isInteger(problem.code)
  && problem.type === `urn:vcas:problem:${problem.code}` && isText(problem.title) && isText(problem.detail);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    // Cut short, or never JSON.
    return undefined;
  }
}
