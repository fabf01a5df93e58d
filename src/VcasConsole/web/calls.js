/** A call: how it begins, what is recorded of it, and what is said of that. */
import { serviceNow } from './service-time.js';
import { isoDay } from './times.js';

/**
 * The time of today at which they asked to be called, once it has come; null where they did not. Who says "call me at two" has named a
 * time that the hours of weeks ago don't hold.
 */
export function askedFor({ attempts }, now = serviceNow()) {
  const last = attempts.at(-1);
  if (last?.outcome !== 'callLater' || isoDay(last.callAgainAt) !== isoDay(now) || Date.parse(last.callAgainAt) > now) return null;
  return last.callAgainAt;
}

/** The texts with which the caller begins. */
export const openingOf = ({ death, nextOffer }) =>
  death ? 'call.openingAfterDeath' : nextOffer === 'first' ? 'call.openingFirst' : 'call.opening';

/** An attempt as the API gets it. Safety is checked before a call is made, not before one is taken. */
export function attemptOf(attemptId, offer, outcome, more = {}) {
  const direction = offer.direction ?? 'outgoing';
  const safetyChecked = direction === 'outgoing' && outcome !== 'unsafeToCall' && outcome !== 'died';
  return { attemptId, outcome, direction, safetyChecked, ...more };
}

/**
 * The outcome by whose name the texts speak of it. A first no is not the last: it is offered once more. Of a household that nobody of the
 * force is to call there is no call to be held, or to be made at another time: it is only noted.
 */
export const saidOf = (offer, outcome) => isNotedAlone(offer, outcome) ? 'noted'
  : outcome === 'declined' && offer.nextOffer === 'first' ? 'declinedFirst' : outcome;

const isNotedAlone = ({ state }, outcome) => ['unsafeToCall', 'wrongNumber'].includes(outcome) && ['referred', 'closed'].includes(state)
  || outcome === 'callLater' && state === 'referred';
