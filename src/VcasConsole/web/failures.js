/** How a request can fail. */

/** The API refused, with its numbered problem. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/**
 * There was no answer of the API's: no signal, somebody else answered in its place, or it asks to come later. Whether the request arrived,
 * nobody can say; the same again is safe. `after`: how long it asks to be left alone, in milliseconds.
 */
export class Unreachable extends Error {
  constructor(message, after = 0) {
    super(message);
    this.after = after;
  }
}

/** Nobody is signed in, and somebody must be. */
export class SignInNeeded extends Error {}

/** Whoever asked has gone on to another page: nobody waits for this any more. */
export class Left extends Error {}

/** Does something over the network. */
export async function reach(what) {
  try {
    return await what();
  } catch (failure) {
    if (failure instanceof ReferenceError) throw failure;
    throw new Unreachable(failure.name);
  }
}
