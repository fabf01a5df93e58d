/** The call list as a plan for the next hour: what to call now, later today, and not today. Reckons with rows of the list alone. */
import { serviceNow } from './service-time.js';
import { isoDay, timeOf } from './times.js';

const never = Infinity;

/** The sections, in the order in which they are worked. */
export const sections = ['now', 'later', 'notToday'];

/**
 * The plan. Within a section the list's own order (highest risk, then oldest) decides among equals.
 * @param calls  What is due, in the list's order; then what waits, of which only what comes later today is planned.
 * @param {string} callsTo  Until when calls are made, London, as `17:00:00`.
 * @returns `now`, `later` and `notToday`: the calls with their `place`: `until` when a call may be made, or `from` when, or `asked`,
 * the time that they named, which comes before everything else.
 */
export function planOf(calls, { callsTo }, now = serviceNow()) {
  const placed = calls.map(call => ({ ...call, place: placeOf(call, callsTo, now) })).filter(({ place }) => place);
  const [first, later, notToday] = sections.map(name => placed.filter(({ place }) => place.section === name));
  return {
    now: first.toSorted(by(({ place }) => place.asked ?? place.until)),
    later: later.toSorted(by(({ place }) => place.from)),
    notToday: notToday.toSorted(by(({ place }) => place.from)),
  };
}

function placeOf(call, callsTo, now) {
  const isToday = at => Boolean(at) && isoDay(at) === isoDay(now);
  const isAhead = at => Date.parse(at) > now;
  if (call.state === 'waiting') return isToday(call.callFrom) && isAhead(call.callFrom) && { section: 'later', from: call.callFrom };
  // Nobody may overlook it: its own page says what the line can't, and shows no number outside the safe hours.
  if (call.damaged) return { section: 'now' };
  if (!isByPhone(call)) return { section: 'notToday' };
  const { lastOutcome, callFrom } = call;
  if (lastOutcome === 'callLater' && isToday(callFrom) && !isAhead(callFrom)) return { section: 'now', asked: callFrom };
  if (call.hoursNeverMeet) return { section: 'notToday' };
  if (call.safeNow && (!call.windowEndsAt || isAhead(call.windowEndsAt))) return { section: 'now', until: call.windowEndsAt };
  const isLater = isToday(call.safeFrom) && isAhead(call.safeFrom) && timeOf(call.safeFrom) < callsTo.slice(0, 5);
  return { section: isLater ? 'later' : 'notToday', from: call.safeFrom };
}

const isByPhone = ({ needsSafeRoute, road }) => !needsSafeRoute && road !== 'visit';

const at = instant => instant ? Date.parse(instant) : never;

// Of two that never end, neither comes first.
const by = instantOf => (one, other) => {
  const [first, second] = [at(instantOf(one)), at(instantOf(other))];
  return first === second ? 0 : first - second;
};

/** Whether it was given to somebody else. */
export const isAnothers = ({ person, mine }) => Boolean(person) && !mine;

/**
 * The call to open next: the first of those to call now that nobody else has; null where there is none.
 * @param without  The call that was just left.
 * @param {string[]} skipped  Calls that were opened and left without an outcome: they come last.
 */
export function nextIn({ now }, without = null, skipped = []) {
  const open = now.filter(call =>
    call.offerId !== without && !call.damaged && !isAnothers(call) && (!call.claim || call.claim.mine));
  return open.find(({ offerId }) => !skipped.includes(offerId)) ?? open[0] ?? null;
}

/** The ids of what is still to be called today by whoever works with this plan. */
export const leftIn = ({ now, later }) => [...now, ...later].filter(call => !isAnothers(call)).map(({ offerId }) => offerId);

/** How far one is: what was called today, of that and of what is left. Who asked to be called again later today is not done. */
export function progressOf(done, left) {
  const count = done.filter(id => !left.includes(id)).length;
  return { done: count, total: count + left.length };
}

/** When the plan changes by itself: a window closes, or one opens; null where nothing does. */
export function changesAt({ now, later }, from = serviceNow()) {
  const instants = [...now.map(({ place }) => place.until), ...later.map(({ place }) => place.from)]
    .filter(instant => instant && Date.parse(instant) > from);
  return instants.length === 0 ? null : instants.reduce((one, other) => Date.parse(other) < Date.parse(one) ? other : one);
}
