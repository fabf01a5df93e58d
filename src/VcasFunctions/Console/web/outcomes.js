/** What came of a call: one tap where nothing hangs on it, one more where it can't be taken back, and a reason where there must be one. */
import { carryOutCall } from './commands.js';
import { button, buttons, form, input, radios, select, valueOf } from './controls.js';
import { fill, h, heading, para } from './dom.js';
import { showErrors } from './errors.js';
import { givenReasons, label, t } from './texts.js';
import { addDays, instantOf, isoDay, weekdayOf } from './times.js';
import { words } from './words.js';

const halfAnHour = 30;

/** The outcomes as buttons; what one of them needs opens beneath. */
export function outcomes(offer, rules) {
  const place = h('div');
  const now = form(() => {}, buttons(button(label('CallOutcome', 'noAnswer'), { onclick: () => record(now, offer, 'noAnswer') })));
  const others = ['accepted', 'declined', 'callLater', 'wrongNumber', 'unsafeToCall', 'doNotContact', 'died'];
  return h(
    'section', { class: 'vcas-outcomes', 'aria-labelledby': `outcomes${offer.direction ?? ''}` },
    h('h2', { class: 'govuk-heading-m', id: `outcomes${offer.direction ?? ''}` }, t('call.outcome')),
    now,
    buttons(others.map(outcome => button(label('CallOutcome', outcome), { kind: 'secondary', onclick: () => ask(outcome) }))),
    fill(place, []), place);

  function ask(outcome) {
    const asked = outcome === 'callLater' ? later(offer, rules)
      : outcome === 'unsafeToCall' ? turnedOutUnsafe(offer, rules)
      : sure(offer, outcome);
    fill(place, h('div', { class: 'vcas-asked' }, asked));
    place.querySelector('h3').focus();
  }
}

/** The person who would be called has died: no call ever. */
export const passedAway = offer => sure(offer, 'died');

/** The day and the time of a review or of another call, as one field of the API. */
export const dayField = (legend, value, rules, ...more) => h(
  'div', { class: 'govuk-form-group', 'data-field': 'callAgainAt' },
  h('fieldset', { class: 'govuk-fieldset' },
    h('legend', { class: 'govuk-fieldset__legend govuk-fieldset__legend--s' }, legend),
    input('day', t('call.day'),
      { type: 'date', value, min: isoDay(Date.now()), max: addDays(isoDay(Date.now()), rules.longestHoldDays), width: 10 }),
    more));

function sure(offer, outcome) {
  const whole = form(
    () => record(whole, offer, outcome),
    head(label('CallOutcome', outcome)),
    para(t(`call.sure.${said(offer, outcome)}`)),
    button(t('call.record'), { type: 'submit', kind: outcome === 'accepted' || outcome === 'wrongNumber' ? undefined : 'warning' }));
  return whole;
}

function later(offer, rules) {
  const whole = form(
    () => {
      const [day, time] = [valueOf(whole, 'day'), valueOf(whole, 'time')];
      if (!day || !time) showErrors(whole, [{ field: 'callAgainAt', message: t('problems.3004.message') }]);
      else if (!rules.callDays.includes(weekdayOf(instantOf(day, time))))
        showErrors(whole, [{ field: 'callAgainAt', message: t('problems.3006.message') }]);
      else record(whole, offer, 'callLater', { callAgainAt: instantOf(day, time) });
    },
    head(label('CallOutcome', 'callLater')),
    dayField(
      t('call.when'), '', rules, select('time', t('call.time'), [['', t('record.choose')], ...times(rules).map(time => [time, time])])),
    button(t('call.record'), { type: 'submit' }));
  return whole;
}

function turnedOutUnsafe(offer, rules) {
  const whole = form(
    () => {
      const reason = valueOf(whole, 'safety');
      if (!reason) showErrors(whole, [{ field: 'safety', message: t('problems.3003.message') }]);
      else record(whole, offer, 'unsafeToCall', { reason, callAgainAt: instantOf(valueOf(whole, 'day'), rules.callsFrom.slice(0, 5)) });
    },
    head(label('CallOutcome', 'unsafeToCall')),
    radios(
      'safety',
      t('call.why'),
      givenReasons(words.HoldReason).filter(word => word !== 'wrongNumber').map(value => ({ value, label: label('HoldReason', value) })),
      { size: 's' }),
    dayField(t('call.review'), addDays(isoDay(Date.now()), rules.reviewDays), rules),
    button(t('call.record'), { type: 'submit' }));
  return whole;
}

/** Records an attempt. The same form sent again, after no answer, records it once: it keeps its id. */
export function record(whole, offer, outcome, more = {}) {
  whole.dataset.attempt ??= crypto.randomUUID();
  const direction = offer.direction ?? 'outgoing';
  const safetyChecked = direction === 'outgoing' && outcome !== 'unsafeToCall' && outcome !== 'died';
  const attempt = { attemptId: whole.dataset.attempt, outcome, direction, safetyChecked, ...more };
  const becomes = isNotedAlone(offer, outcome) ? 'noted' : said(offer, outcome);
  return carryOutCall(whole, offer, t(`call.recorded.${becomes}`), 'recordAttempt', attempt);
}

// Whom nobody of the force is to call: there is no call to be held, or to be made at another time.
const isNotedAlone = ({ state }, outcome) => ['unsafeToCall', 'wrongNumber'].includes(outcome) && ['referred', 'closed'].includes(state)
  || outcome === 'callLater' && state === 'referred';

// A first no is not the last: it is offered once more.
const said = ({ nextOffer }, outcome) => outcome === 'declined' && nextOffer === 'first' ? 'declinedFirst' : outcome;

function times({ callsFrom, callsTo }) {
  const minutes = time => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const found = [];
  for (let at = minutes(callsFrom); at < minutes(callsTo); at += halfAnHour)
    found.push(`${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`);
  return found;
}

const head = text => { const made = heading(3, text, 's'); made.tabIndex = -1; return made; };
