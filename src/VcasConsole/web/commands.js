/**
 * Does what a form asks for; what goes wrong stands in the form. A command is seen through wherever its page has gone: what comes of it
 * later is told as a notice with the household's reference. One that could not be done because a sign-in had ended is kept, and done once
 * the same person is back.
 */
import { noteAlike } from './alike.js';
import { commands } from './api.js';
import { all, isBroken, remove } from './drafts.js';
import { showErrors } from './errors.js';
import { Left, Refused, SignInNeeded, Unreachable } from './failures.js';
import { announce } from './notice.js';
import { forget, isFact, keepCommand, told } from './outbox.js';
import { navigate } from './page.js';
import { errorsOf } from './problems.js';
import { serviceNow } from './service-time.js';
import { signIn } from './session.js';
import { onlyOnce } from './sending.js';
import { finished } from './shift.js';
import { t } from './texts.js';
import { now } from './turns.js';
import { typedIsSent } from './typed.js';
import { recorded } from './undoable.js';

/**
 * Does a command by its name, then goes to a page.
 * @param {HTMLElement} whole  The form.
 * @param told  `reference`: what people call the household; `path` and `said`: where one goes then, and what is told there; `unanswered`:
 * the text for when there is no answer; `then`: what follows once it is done.
 * @param {string} name  Of the API's commands.
 * @param args  What it gets.
 */
export async function carryOut(whole, { reference, path, said, unanswered = 'supervise.notDoneYet', then = () => {} }, name, ...args) {
  const turn = now();
  const by = turn.who?.id ?? null;
  const id = args.at(-1)?.attemptId ?? crypto.randomUUID();
  await onlyOnce(whole, args[0], done => tryIn(whole, async () => {
    if (isFact(name)) await forget(name, args[0]);
    const answer = await commands[name](...args, by);
    noteAlike(answer);
    await dropped(id);
    then(answer);
    // Before the page opens anew, which would put it back.
    typedIsSent(turn, whole);
    done();
    const outcome = told(answer, said, id);
    const late = t('late.done', { reference, said: outcome });
    if (turn.isOver) announce(late);
    else navigate(path, outcome, late);
  }, {
    unanswered,
    reference,
    keep: () => by && keepCommand(id, by, name, { args: lateArgs(name, args), reference, said }),
    isKept: isFact(name),
  }));
}

/** Does something to a household that is called, and shows it as it is then. */
export const carryOutCall = (whole, { offerId, reference }, said, name, ...args) => carryOut(
  whole, {
    reference, path: `/console/call-backs/${offerId}`, said, unanswered: isFact(name) ? 'call.notRecordedYet' : undefined,
    then: answer => {
      if (ending.includes(name)) finished(offerId, args[0].direction === 'outgoing');
      if (name === 'recordAttempt') recorded(offerId, args[0], answer.undoSeconds);
    },
  },
  name, offerId, ...args);

// After these a household is no longer among those to call.
const ending = ['recordAttempt', 'placeHold', 'acceptOffer'];

/**
 * Does `work`; where it fails, the form says why, or a notice where the form is gone.
 * @param options  `unanswered`: the text for when there is no answer; `keep`: keeps what was asked for on this phone; `isKept`: whether
 * it is kept also
 *   where there was no answer, to be sent by itself; `reference`: what people call the household.
 */
export async function tryIn(whole, work, { unanswered, keep = () => null, isKept = false, reference }) {
  const turn = now();
  showErrors(whole, []);
  try {
    await work();
    typedIsSent(turn, whole);
  } catch (failure) {
    if (failure instanceof Left) return;
    if (failure instanceof SignInNeeded) {
      if (await keep() !== null) await typedIsSent(turn, whole);
      // What this phone can't keep would be lost on the way to the issuer: whoever pressed it is told first.
      if (isBroken()) tell([{ message: t('late.cannotKeep') }]);
      else if (turn.isOver) announce(t('late.signIn', { reference }));
      else await signIn();
    } else if (failure instanceof Unreachable) {
      const kept = isKept && await keep() !== null;
      if (kept) typedIsSent(turn, whole);
      if (turn.isOver && kept) announce(t('late.kept', { reference }));
      else tell([{ message: t(unanswered) }]);
    } else if (failure instanceof Refused) tell(errorsOf(failure.problem));
    else throw failure;
  }

  function tell(errors) {
    if (!turn.isOver) showErrors(whole, errors);
    else announce(t('late.notDone', { reference: reference ?? '', why: errors.map(error => error.message).join('; ') }));
  }
}

// Sent hours later, it is still the time at which they said so.
const lateArgs = (name, args) =>
  name === 'acceptOffer' ? [args[0], { ...args[1], acceptedAt: new Date(serviceNow()).toISOString() }] : args;

async function dropped(id) {
  if ((await all()).some(row => row.id === id)) await remove(id);
}
