/** What came of a call: one tap where nothing hangs on it, one more where it can't be taken back, and a reason where there must be one. */
import { attemptOf, saidOf } from './calls.js';
import { carryOutCall } from './commands.js';
import { button, buttons, form, input, radios, select, valueOf } from './controls.js';
import { fill, h, heading, para } from './dom.js';
import { showErrors } from './errors.js';
import { serviceNow } from './service-time.js';
import { givenReasons, label, t } from './texts.js';
import { addDays, halfHours, instantOf, isoDay, wallFault, weekdayOf } from './times.js';
import { words } from './words.js';

/** The outcomes as buttons; what one of them needs opens beneath. */
export function outcomes(offer, rules) {
  const place = h('div');
  const now = form(() => {}, buttons(button(label('CallOutcome', 'noAnswer'), { onclick: () => record(now, offer, 'noAnswer') })));
  // Who agreed to no voicemail finds no word of it, and who rings leaves none.
  const message = offer.contact?.voicemailAllowed && offer.direction !== 'incoming' ? ['messageLeft'] : [];
  const others = [...message, 'accepted', 'declined', 'callLater', 'wrongNumber', 'unsafeToCall', 'doNotContact', 'died'];
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
      { type: 'date', value, min: isoDay(serviceNow()), max: addDays(isoDay(serviceNow()), rules.longestHoldDays), width: 10 }),
    more));

/** Does it with the review that the form names: the beginning of call hours on that day. Where it names none, the form says so. */
export function reviewed(whole, { callsFrom }, work) {
  const [day, time] = [valueOf(whole, 'day'), callsFrom.slice(0, 5)];
  const fault = wallFault(day, time);
  if (fault) return showErrors(whole, [{ field: 'callAgainAt', message: t(`fields.when.${fault}`) }]);
  return work(instantOf(day, time));
}

function sure(offer, outcome) {
  const whole = form(
    () => record(whole, offer, outcome),
    head(label('CallOutcome', outcome)),
    para(t(`call.sure.${saidOf(offer, outcome)}`)),
    button(t('call.record'), { type: 'submit', kind: outcome === 'accepted' || outcome === 'wrongNumber' ? undefined : 'warning' }));
  return whole;
}

function later(offer, rules) {
  const times = halfHours(rules.callsFrom, rules.callsTo);
  const whole = form(
    () => {
      const [day, time] = [valueOf(whole, 'day'), valueOf(whole, 'time')];
      const fault = wallFault(day, time);
      if (!day || !time) showErrors(whole, [{ field: 'callAgainAt', message: t('problems.3004.message') }]);
      else if (fault) showErrors(whole, [{ field: 'callAgainAt', message: t(`fields.when.${fault}`) }]);
      else if (!rules.callDays.includes(weekdayOf(instantOf(day, time))))
        showErrors(whole, [{ field: 'callAgainAt', message: t('problems.3006.message') }]);
      else record(whole, offer, 'callLater', { callAgainAt: instantOf(day, time) });
    },
    head(label('CallOutcome', 'callLater')),
    dayField(t('call.when'), '', rules, select('time', t('call.time'), [['', t('record.choose')], ...times.map(time => [time, time])])),
    button(t('call.record'), { type: 'submit' }));
  return whole;
}

function turnedOutUnsafe(offer, rules) {
  const whole = form(
    () => {
      const reason = valueOf(whole, 'safety');
      if (!reason) showErrors(whole, [{ field: 'safety', message: t('problems.3003.message') }]);
      else reviewed(whole, rules, callAgainAt => record(whole, offer, 'unsafeToCall', { reason, callAgainAt }));
    },
    head(label('CallOutcome', 'unsafeToCall')),
    radios(
      'safety',
      t('call.why'),
      givenReasons(words.HoldReason).filter(word => word !== 'wrongNumber').map(value => ({ value, label: label('HoldReason', value) })),
      { size: 's' }),
    dayField(t('call.review'), addDays(isoDay(serviceNow()), rules.reviewDays), rules),
    button(t('call.record'), { type: 'submit' }));
  return whole;
}

/** Records an attempt. The same form sent again, after no answer, records it once: it keeps its id. */
export function record(whole, offer, outcome, more = {}) {
  whole.dataset.attempt ??= crypto.randomUUID();
  const attempt = attemptOf(whole.dataset.attempt, offer, outcome, more);
  return carryOutCall(whole, offer, t(`call.recorded.${saidOf(offer, outcome)}`), 'recordAttempt', attempt);
}

const head = text => { const made = heading(3, text, 's'); made.tabIndex = -1; return made; };
