/**
 * Sends what waits on this phone, as whoever recorded it and as nobody else: when the page opens, when signal returns, when the page is
 * looked at again, and every so often while something waits. Each by itself: one that fails keeps no other back. Offers and attempts carry
 * ids that were made here, so that what arrives twice is recorded once.
 */
import { learn } from './access.js';
import { noteAlike } from './alike.js';
import { commands } from './api.js';
import { all, changes, claim, find, isBroken, mark, remove, settle, State, tidy, write } from './drafts.js';
import { announce } from './notice.js';
import { Left } from './failures.js';
import { person, phoneKey } from './session.js';
import { t } from './texts.js';
import { isTime, nextTry, verdictOf } from './verdicts.js';

const offer = 'recordOffer';
// What happened stays true however late it is sent. What somebody decided (to release a hold, to take a referral back) is done only right
// after they have signed in again: a day later it might be wrong.
const facts = [offer, 'recordAttempt', 'acceptOffer'];
const decisionsLast = 15 * 60_000;
const soon = 15_000;

const trying = new Map();
let timer;

/** Begins to watch for signal. */
export async function watch(claimed) {
  addEventListener('online', () => send(true));
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') send(); });
  addEventListener('beforeunload', warn);
  if (claimed) {
    await learn();
    await claim(claimed);
  }
  await tidy();
  await send(true);
}

/** Puts an offer in the outbox: safe on this phone before the first try to send it. `content.offer` is what the API gets. */
export const keepToSend = (id, by, content) => write(id, State.waiting, by, content, { kind: offer });

/** Keeps a command that could not be done: `kept.args` is what the API's client gets, `kept.reference` what people call the household. */
export const keepCommand = (id, by, kind, kept) => write(id, State.waiting, by, kept, { kind }).then(plan);

/** Takes off what was pressed for a household before, and never arrived: what is pressed now stands in its place. */
export async function forget(kind, offerId) {
  for (const row of await all()) {
    if (row.kind === kind && row.state === State.waiting && row.content?.args?.[0] === offerId) await remove(row.id);
  }
}

/** What is said of a command that was done: what the API remarks; of an outcome that came too late to end a call,
    that it is kept as such. */
export function told(answer, said, attemptId) {
  const isLate = attemptId && answer.attempts?.find(made => made.attemptId === attemptId)?.late;
  return [isLate ? t('call.recorded.late') : said, answer.remark].filter(Boolean).join(' ');
}

/** Whether a command of this kind stays true however late it is sent. */
export const isFact = kind => facts.includes(kind);

/** Tries to send everything that waits and whose time has come. `hurried`: somebody asks for it, or signal has returned. */
export async function send(hurried = false) {
  clearTimeout(timer);
  const me = person();
  if (me && !phoneKey()) await learn();
  const waiting = (await all()).filter(row => row.state === State.waiting && row.isMine && row.content !== undefined);
  await Promise.all(waiting.filter(row => isTime(row, Date.now(), hurried)).map(row => tryOnce(row, hurried)));
  await plan();
}

async function tryOnce(row, hurried) {
  const running = trying.get(row.id);
  if (!running) {
    trying.set(row.id, sendOne(row).finally(() => trying.delete(row.id)));
    await trying.get(row.id);
    return;
  }
  await running;
  // Whoever asked for it while it was under way, and failed, asked for one more.
  const left = hurried && await find(row.id);
  if (left && left.state === State.waiting && isTime(left, Date.now(), true)) await tryOnce(left, false);
}

async function sendOne({ id, by, at, kind, content, tries = 0 }) {
  if (!isFact(kind) && Date.now() - at > decisionsLast) {
    await remove(id);
    announce(t('late.tooLate', { reference: content.reference, said: content.said }));
    return;
  }
  try {
    const answer = kind === offer ? await commands.recordOffer(id, content.offer, by) : await commands[kind](...content.args, by);
    await arrived({ id, by, kind, content }, answer);
  } catch (failure) {
    if (failure instanceof Left) return;
    const { waits, why, after, problem } = verdictOf(failure);
    if (waits) await mark(id, { tries: tries + 1, why, problem, nextTryAt: nextTry(tries + 1, after, Date.now()) });
    else await settle(id, by, State.refused, content, { problem });
  }
}

async function arrived({ id, by, kind, content }, answer) {
  noteAlike(answer);
  if (kind === offer) {
    const { reference, dueAt, state, remark, referral } = answer;
    const becomes = referral?.state === 'awaitingRoute' ? referral.state : state;
    // Of the people nothing stays. What the API said of the offer is sealed for who recorded it.
    await settle(id, by, State.arrived, { dueAt, becomes, remark }, { reference, arrivedAt: Date.now() });
  } else {
    await remove(id);
    announce(t('late.done', { reference: content.reference, said: told(answer, content.said, content.args.at(-1)?.attemptId) }));
  }
}

async function plan() {
  const waiting = (await all()).filter(row => row.state === State.waiting && row.isMine);
  clearTimeout(timer);
  if (waiting.length === 0) return;
  const next = Math.min(...waiting.map(row => row.nextTryAt ?? Date.now() + soon));
  timer = setTimeout(() => send(), Math.max(next - Date.now(), 1_000));
}

let isAtRisk = false;
changes.addEventListener('change', async () => {
  isAtRisk = isBroken() && (await all()).some(row => row.isInMemory && row.state !== State.arrived);
});

// What this phone could not keep is lost with the page.
function warn(event) {
  if (isAtRisk) event.preventDefault();
}
