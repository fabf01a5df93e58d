/**
 * What a caller has done today in this tab, and where they are in the list. It holds ids and the list's address, for the day and the person
 * alone; another tab and another device count for themselves.
 */
import { progressOf } from './call-plan.js';
import { shiftKey, tab } from './remembered.js';
import { serviceNow } from './service-time.js';
import { person } from './session.js';
import { isoDay } from './times.js';

const list = '/console/call-backs';

function read() {
  const mine = { by: person()?.id ?? null, day: isoDay(serviceNow()) };
  const nothing = { ...mine, done: [], left: null, skipped: [], address: list, at: null };
  try {
    const kept = JSON.parse(tab.get(shiftKey));
    return kept?.by === mine.by && kept.day === mine.day ? { ...nothing, ...kept } : nothing;
  } catch {
    return nothing;
  }
}

const change = more => tab.set(shiftKey, JSON.stringify({ ...read(), ...more }));

/** The list was read: at this address, with these calls left for today. */
export const planned = (left, address = read().address) => change({ left, address });

/** The list's address, narrowed as it was left. */
export const listAddress = () => read().address;

/** A call is opened. Until something is recorded of it, it counts as left. */
export function opened(id) {
  const { skipped } = read();
  change({ at: id, skipped: [...skipped.filter(one => one !== id), id] });
}

/** Something was recorded of a household: of its call, or while it was among those to call. */
export function finished(id, isCall) {
  const { done, left, skipped } = read();
  if (!isCall && !left?.includes(id)) return;
  change({
    done: [...new Set([...done, id])], left: left?.filter(one => one !== id) ?? null, skipped: skipped.filter(one => one !== id),
  });
}

/** What was recorded of it was undone: it is to be called as before. */
export function reopened(id) {
  const { done, left } = read();
  if (done.includes(id)) change({ done: done.filter(one => one !== id), left: left && [...new Set([...left, id])] });
}

/** Whether something was recorded of it today. */
export const isFinished = id => read().done.includes(id);

/** Calls that were opened and left without an outcome. */
export const skipped = () => read().skipped;

/** What is left of the list as it was read; null before that. */
export const left = () => read().left;

/** How far one is; null before the list was read. */
export function progress() {
  const { done, left } = read();
  return left && progressOf(done, left);
}

/** The call from which one comes back to the list; told once. */
export function takePlace() {
  const { at } = read();
  if (at) change({ at: null });
  return at;
}
