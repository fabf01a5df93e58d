/**
 * What whoever is signed in may do here, so that a page shows no more. The API is what forbids: as long as nothing is known, without signal
 * or before anybody has signed in, everything is shown.
 */
import { readMe } from './api.js';
import { Refused, SignInNeeded, Unreachable } from './failures.js';
import { keepPhoneKey, person } from './session.js';

let known = null;
let asking;

/** Asks, once somebody is signed in. */
export function learn() {
  if (!known && person()) asking ??= ask().finally(() => { asking = undefined; });
  return asking;
}

/** Whether an operation of the API, by its name, is open to them. */
export const may = operation => !known || known.operations.includes(operation);

/** Their roles; none as long as nothing is known. */
export const roles = () => known?.roles ?? [];

async function ask() {
  try {
    known = await readMe();
    keepPhoneKey(known.phoneKey);
  } catch (failure) {
    if (!(failure instanceof Refused || failure instanceof SignInNeeded || failure instanceof Unreachable)) throw failure;
  }
}
