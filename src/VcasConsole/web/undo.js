/** Taking an outcome back in the seconds after it: a button that counts down. docs/decisions/0051-ten-seconds-to-undo.md */
import { may } from './access.js';
import { carryOut } from './commands.js';
import { button, form } from './controls.js';
import { fill, h } from './dom.js';
import * as shift from './shift.js';
import { label, t } from './texts.js';
import { secondsLeft, undoable, undone } from './undoable.js';

const aSecond = 1_000;

/** The button, as long as there is something to undo; null where there is nothing. */
export function undoButton(turn, { offerId, reference }) {
  const last = undoable(offerId);
  if (!last || !may('UndoAttempt')) return null;
  const outcome = label('CallOutcome', last.outcome);
  // Seen, and not read aloud each second: how long there is, is said once.
  const count = h('span', { 'aria-hidden': 'true' });
  const spoken = h('p', { class: 'govuk-visually-hidden', 'aria-live': 'polite' });
  const whole = form(
    () => {
      // What is answered from now on is shown here, also where it is a refusal.
      clearInterval(timer);
      fill(count, []);
      return carryOut(
        whole,
        {
          reference, path: `/console/call-backs/${offerId}`, said: t('undo.done', { outcome }), unanswered: 'undo.unanswered',
          then: () => { undone(last); shift.reopened(offerId); },
        },
        'undoAttempt', offerId, last.attemptId);
    },
    button([t('undo.undo', { outcome }), count], { type: 'submit', kind: 'secondary' }));
  whole.classList.add('vcas-undo');
  const timer = setInterval(look, aSecond);
  turn.onEnd(() => clearInterval(timer));
  look();
  // A region that comes with its text isn't read.
  setTimeout(() => fill(spoken, t('undo.spoken', { count: secondsLeft(last), outcome })), aSecond / 2);
  return [whole, spoken];

  function look() {
    const left = secondsLeft(last);
    fill(count, ` (${left})`);
    if (left > 0) return;
    clearInterval(timer);
    const hadFocus = whole.contains(document.activeElement);
    whole.remove();
    fill(spoken, t('undo.over'));
    if (hadFocus) turn.place.querySelector('h1').focus();
  }
}
