/**
 * The import that goes on, wherever somebody goes in the console meanwhile. A long file goes in parts, one request each: so there is
 * something to count, and a part that did not arrive is sent again. The same part again changes nothing.
 */
import { importHistory } from './api.js';
import { Unreachable } from './failures.js';

const usualPart = 1_000;
// Fewer than the API lets one person send in a minute.
const mostParts = 15;
const mostWaits = 5;

let running = null;
const watching = new Set();

/** The import that is under way, or that stopped: `{ parts, total, done, isStopped }`, in rows; null where there is none. */
export const current = () => running;

/** Calls `work` whenever it has gone on; gives what ends that. */
export function watch(work) {
  watching.add(work);
  return () => watching.delete(work);
}

/** A file in parts: each a text with the heading, and how many rows it has. */
export function partsOf({ heading, lines }) {
  const filled = lines.filter(line => line !== '');
  const size = Math.max(usualPart, Math.ceil(filled.length / mostParts));
  return Array.from({ length: Math.ceil(filled.length / size) }, (_, index) => {
    const rows = filled.slice(index * size, (index + 1) * size);
    return { content: [heading, ...rows].join('\n'), rows: rows.length };
  });
}

/** Begins with these parts, as this person. */
export function begin(parts, by) {
  const total = parts.reduce((sum, { rows }) => sum + rows, 0);
  running = { parts, by, total, done: 0, next: 0, households: 0, added: 0, corrected: 0, unchanged: 0 };
  return goOn();
}

/** Goes on with what is left; gives what came of all. */
export async function goOn() {
  const work = running;
  work.isStopped = false;
  tell();
  try {
    while (work.next < work.parts.length) {
      const part = work.parts[work.next];
      const answer = await arrived(part, work.by);
      for (const name of ['households', 'added', 'corrected', 'unchanged']) work[name] += answer[name];
      work.next += 1;
      work.done += part.rows;
      tell();
    }
    running = null;
    tell();
    return work;
  } catch (failure) {
    work.isStopped = true;
    // What is sent as a whole is sent again as a whole.
    if (work.parts.length === 1) running = null;
    tell();
    throw failure;
  }
}

/** Forgets one that stopped. */
export function giveUp() {
  running = null;
  tell();
}

// Where the API asks to come later, it is asked later.
async function arrived(part, by) {
  for (let waits = 0; ; waits++) {
    try {
      return await importHistory(part.content, false, by);
    } catch (failure) {
      if (!(failure instanceof Unreachable) || !failure.after || waits >= mostWaits) throw failure;
      await new Promise(done => { setTimeout(done, failure.after); });
    }
  }
}

const tell = () => { for (const work of watching) work(running); };
