/**
 * What becomes of something that is kept on this phone to be sent, after a try: the rules alone, without a phone and without a network.
 */
import { Refused, SignInNeeded, Unreachable } from './failures.js';

const first = 15_000;
const longest = 30 * 60_000;

/** Why something still waits. */
export const Why = Object.freeze({ noAnswer: 'noAnswer', later: 'later', signIn: 'signIn', mayNot: 'mayNot' });

/**
 * What a failure means for it. `waits` with `why`: the same again is right, after a while. Otherwise it is `refused`: whoever wrote it has
 * to correct it, for the same again would be refused again.
 */
export function verdictOf(failure) {
  if (failure instanceof SignInNeeded) return { waits: true, why: Why.signIn, after: 0 };
  if (failure instanceof Unreachable) return { waits: true, why: failure.after > 0 ? Why.later : Why.noAnswer, after: failure.after };
  if (!(failure instanceof Refused)) throw failure;
  const { status } = failure.problem;
  if (status === 401) return { waits: true, why: Why.signIn, after: 0 };
  // A role or a team that is missing today may be there tomorrow: what was recorded is not worth less by it.
  if (status === 403) return { waits: true, why: Why.mayNot, after: 0, problem: failure.problem };
  return { waits: false, problem: failure.problem };
}

/**
 * When to try again: 15 s, 30 s, 1 min … up to half an hour, a little sooner or later so that phones don't come all at once; never before
 * it may.
 */
export function nextTry(tries, after, now, random = Math.random) {
  const wait = Math.min(first * 2 ** Math.max(0, tries - 1), longest);
  return now + Math.max(after, Math.round(wait * (0.8 + 0.4 * random())));
}

/**
 * Whether it is to be tried now. `hurried`: somebody asks for it, or signal has returned; a server that asked to be left alone is left
 * alone.
 */
export const isTime = ({ nextTryAt = 0, why }, now, hurried) => (hurried && why !== Why.later) || nextTryAt <= now;
