/**
 * What is kept on this phone: offers that are unfinished, waiting for signal, refused, or arrived, and what was pressed while a sign-in had
 * ended. Each row belongs to whoever recorded it (`by`, a directory id; null where nobody was signed in) and is opened for nobody else.
 */
import * as locks from './locks.js';
import { person, phoneKey } from './session.js';
import * as storage from './storage.js';

const aDay = 24 * 3600_000;
/** How long a reference stays here after an offer has arrived. */
export const keepArrived = 3 * aDay;
/** How long what was typed into any other form stays here: for the rest of a shift. */
export const keepTypedFor = aDay / 2;
/** How long what was begun and never sent stays here. */
export const keepUnfinished = 7 * aDay;
/** From when on it is said that something has waited too long. */
export const tooLong = aDay;

let writing = Promise.resolve();
let personsKey = {};
let isAskedToStay = false;

/** Tells pages that something here has changed. */
export const changes = new EventTarget();

/** Whether this phone can't keep anything at present: what is typed then lives with the page. */
export const isBroken = () => storage.isBroken();

/**
 * Keeps something true to what is on this phone while its page is open: at once, and again after each change, one after the other. It
 * listens before it looks, so that nothing that happens meanwhile is missed.
 */
export async function follow(turn, refresh) {
  let last = Promise.resolve();
  const again = () => { last = last.catch(() => {}).then(() => !turn.isOver && refresh()); return last; };
  changes.addEventListener('change', again);
  turn.onEnd(() => changes.removeEventListener('change', again));
  await again();
}

/** What an offer on this phone can be. */
export const State = Object.freeze({ unfinished: 'unfinished', waiting: 'waiting', refused: 'refused', arrived: 'arrived' });
// What stands in a form that is no offer's: no row of a list, only put back where it was typed (typed.js).
const typed = 'typed';

/**
 * Writes a row down for its recorder. `content` is sealed; leave it out to forget what was written before. Writes follow one another; a
 * function is asked for the content when its turn has come. Where the storage fails, the row is kept in memory: this never fails.
 */
export function write(id, state, by, content, open = {}) {
  writing = writing.catch(() => {}).then(async () => {
    if (!isAskedToStay) {
      isAskedToStay = true;
      storage.persist();
    }
    const row = { id, state, by, at: Date.now(), ...open };
    if (content !== undefined) Object.assign(row, await sealed(id, by, typeof content === 'function' ? content() : content));
    await storage.change(id, () => row);
    tell();
  });
  return writing;
}

/** Changes what stands open in a row that still waits; what has become something else meanwhile, in another tab, stays as it is. */
export async function mark(id, open) {
  await storage.change(id, row => (row?.state === State.waiting ? { ...row, ...open } : undefined));
  tell();
}

/** Settles a row that still waits, with what is sealed of it from now on. */
export async function settle(id, by, state, content, open) {
  const closed = content === undefined ? {} : await sealed(id, by, content);
  await storage.change(id, row => row?.state === State.waiting
    ? { id, state, by, at: row.at, kind: row.kind, ...open, ...closed }
    : undefined);
  tell();
}

/**
 * All rows, newest first. Their content is opened for their recorder alone: `isMine` says whether that is who is signed in, here and now.
 */
export async function all() {
  await writing.catch(() => {});
  const found = await Promise.all((await storage.rows()).filter(({ state }) => state !== typed).map(opened));
  return found.sort((one, other) => other.at - one.at);
}

async function opened({ iv, sealed: closed, lock, ...row }) {
  const me = person()?.id;
  const isMine = Boolean(me) && row.by === me;
  const key = isMine && closed ? await keyOf(lock, row.by) : undefined;
  const content = key ? await locks.open(key, row.id, { iv, sealed: closed }) : undefined;
  return { ...row, isMine, isClaimable: row.by === null, content };
}

/** Writes down what stands in the forms of a page, for who typed it. */
export const writeTyped = (id, by, content) => write(id, typed, by, content);

/** What they typed there and did not send: `at` and `content`, which is opened for nobody else; null where there is none. */
export async function readTyped(id) {
  await writing.catch(() => {});
  const row = (await storage.rows()).find(one => one.id === id && one.state === typed && Date.now() - one.at <= keepTypedFor);
  return row ? opened(row) : null;
}

/** It has been sent, or is wanted no more. */
export function forgetTyped(id) {
  writing = writing.catch(() => {}).then(() => storage.change(id, row => (row ? null : undefined)));
  return writing;
}

/** One of them. */
export const find = async id => (await all()).find(row => row.id === id);

/** Takes one off this phone. */
export async function remove(id) {
  await writing.catch(() => {});
  await storage.change(id, () => null);
  tell();
}

/** What was recorded while nobody was signed in becomes that of who says so and is signed in. */
export async function claim(id) {
  const me = person();
  if (!me) return;
  await relock(id, row => row.by === null, me.id);
}

/**
 * Takes off what nobody needs any more, and seals with their own key what its recorder's key was not at hand for. What waits to be sent is
 * never taken off by itself.
 */
export async function tidy(now = Date.now()) {
  for (const { id, state, at, arrivedAt, by, lock } of await storage.rows()) {
    const isOver = state === State.arrived
      ? now - (arrivedAt ?? at) > keepArrived
      : state === State.unfinished ? now - at > keepUnfinished : state === typed && now - at > keepTypedFor;
    if (isOver) await remove(id);
    else if (lock === phone && by && by === person()?.id && await ownKey()) await relock(id, row => row.by === by, by);
  }
}

const phone = 'phone';
const own = 'own';
const tell = () => changes.dispatchEvent(new Event('change'));

async function relock(id, fits, by) {
  const row = (await storage.rows()).find(one => one.id === id);
  if (!row || !fits(row) || !row.sealed) return;
  const content = await locks.open(await keyOf(row.lock, by), id, row);
  if (content === undefined) return;
  const closed = await sealed(id, by, content);
  // What was typed meanwhile is newer than what was read: then it stays, and the next time will do.
  await storage.change(id, now => now && fits(now) && now.at === row.at && now.lock === row.lock
    ? { ...now, by, isInMemory: undefined, ...closed }
    : undefined);
  tell();
}

async function sealed(id, by, content) {
  const mine = by && by === person()?.id ? await ownKey() : undefined;
  return { lock: mine ? own : phone, ...await locks.seal(mine ?? await keyOf(phone), id, content) };
}

const keyOf = (lock, by) => lock === own ? (by === person()?.id ? ownKey() : undefined) : storage.keyOf(phone, locks.phonesKey);

async function ownKey() {
  const secret = phoneKey();
  if (!secret) return undefined;
  if (personsKey.secret !== secret) personsKey = { secret, key: locks.personsKey(secret) };
  return personsKey.key;
}
