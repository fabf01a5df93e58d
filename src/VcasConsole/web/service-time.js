/**
 * What time it is for the service. A laptop's clock may be wrong, and an app that is shown with its clock moved on is at another day:
 * "today", what is due and how long a window is still open all go by this clock. How long something has lain on this phone goes by the
 * phone's own.
 */
import { tab } from './remembered.js';

const key = 'vcas.clockOffset';
// Of an answer that took longer nobody knows when the clock in it was read.
const quick = 10_000;

let offset = Number(tab.get(key) ?? 0) || 0;

/** Now, in milliseconds, by the service's clock as far as it was ever heard in this tab; by this device's before that. */
export const serviceNow = () => Date.now() + offset;

/**
 * An answer has told the service's clock.
 * @param {string?} said  The clock, UTC; null where the answer was somebody else's.
 * @param {number} asked  When it was asked for, by this device's clock.
 * @param {number} answered  When it came.
 */
export function heard(said, asked, answered = Date.now()) {
  const at = Date.parse(said ?? '');
  const took = answered - asked;
  if (Number.isNaN(at) || took < 0 || took > quick) return;
  offset = Math.round(at - (asked + took / 2));
  tab.set(key, `${offset}`);
}
