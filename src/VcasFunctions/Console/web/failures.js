/** How a request can fail. */

/** The API refused, with its numbered problem. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** There was no answer: no signal, or nobody there. Whether the request arrived, nobody can say; the same again is safe. */
export class Unreachable extends Error {}

/** Nobody is signed in, and somebody must be. */
export class SignInNeeded extends Error {}

/** Does something over the network. */
export async function reach(what) {
  try {
    return await what();
  } catch (failure) {
    if (failure instanceof SyntaxError || failure instanceof ReferenceError) throw failure;
    throw new Unreachable(failure.name);
  }
}
