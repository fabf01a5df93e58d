/**
 * Sends what waits on this phone: when the page opens, when signal returns, when the page is looked at again, and every so often while
 * something waits. The id was made on this phone, so that an offer that arrives twice is recorded once.
 */
import { recordOffer } from './api.js';
import { all, changes, State, tidy, write } from './drafts.js';
import { Refused, SignInNeeded, Unreachable } from './failures.js';

const idUsedForAnother = 1007;
const nextTry = 15_000;

let sending;
let timer;

/** Whether the last try ended because nobody is signed in. */
export let needsSignIn = false;

/** Begins to watch for signal. */
export async function watch() {
  addEventListener('online', send);
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') send(); });
  await tidy();
  await send();
}

/** Puts an offer in the outbox: safe on this phone before the first try to send it. `content.offer` is what the API gets. */
export const keepToSend = (id, content) => write(id, State.waiting, content);

/** Tries to send everything that waits; one try at a time. What came in during a try is sent by another, right after it. */
export function send() {
  sending = (sending ?? Promise.resolve()).catch(() => {}).then(sendAll);
  return sending;
}

async function sendAll() {
  clearTimeout(timer);
  const waiting = (await all()).filter(offer => offer.state === State.waiting);
  for (const offer of waiting.reverse()) {
    try {
      await sendOne(offer);
      needsSignIn = false;
    } catch (failure) {
      if (!(failure instanceof Unreachable) && !(failure instanceof SignInNeeded)) throw failure;
      needsSignIn = failure instanceof SignInNeeded;
      timer = setTimeout(send, nextTry);
      changes.dispatchEvent(new Event('change'));
      return;
    }
  }
}

async function sendOne({ id, content }) {
  try {
    const { reference, dueAt, state } = await recordOffer(id, content.offer);
    await write(id, State.arrived, undefined, { reference, dueAt, becomes: state });
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure;
    // It had arrived before it was changed on this phone: what was sent first stands.
    if (failure.problem.code === idUsedForAnother) await write(id, State.arrived, undefined, { earlier: true });
    else await write(id, State.refused, content, { problem: failure.problem });
  }
}
