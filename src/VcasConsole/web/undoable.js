/**
 * The outcome that was recorded just now, and for how long it can be undone: in this page's memory alone. The seconds are counted from when
 * the answer came: a device's clock may be wrong, and the API allows a few more for the line.
 */
let last = null;
let comesBack = null;

/** An outcome was recorded, and can be undone for so many seconds; without any, nothing can. */
export function recorded(offerId, { attemptId, outcome, safetyChecked }, seconds, now = Date.now()) {
  last = seconds > 0 ? { offerId, attemptId, outcome, isChecked: Boolean(safetyChecked), endsAt: now + seconds * 1000 } : null;
}

/** What can be undone of this household now; null where nothing can. */
export const undoable = (offerId, now = Date.now()) => last?.offerId === offerId && last.endsAt > now ? last : null;

/** Whole seconds that are left. */
export const secondsLeft = ({ endsAt }, now = Date.now()) => Math.max(0, Math.ceil((endsAt - now) / 1000));

/** It was undone. Whoever had checked that the call was safe, a minute ago, goes on from there. */
export function undone({ offerId, isChecked }) {
  last = null;
  comesBack = isChecked ? offerId : null;
}

/** Whether whoever opens this call comes back to it by undoing what they recorded; told once. */
export function takesUpAgain(offerId) {
  const isBack = comesBack === offerId;
  comesBack = null;
  return isBack;
}
