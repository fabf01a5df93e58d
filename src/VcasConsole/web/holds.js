/** Holding a call-back and letting it go again, another number in place of a wrong one, and a household that comes forward by itself. */
import { button, checkbox, form, radios, valueOf } from './controls.js';
import { carryOutCall } from './commands.js';
import * as contact from './contact.js';
import { details, heading, para } from './dom.js';
import { showErrors } from './errors.js';
import { dayField, record, reviewed } from './outcomes.js';
import * as route from './safe-route.js';
import { serviceNow } from './service-time.js';
import { givenReasons, label, t } from './texts.js';
import { addDays, isoDay } from './times.js';
import { words } from './words.js';

/** The check before the call says no: the call-back is held, and looked at again on a day. */
export function unsafe(offer, rules, reason) {
  const whole = form(
    () => reviewed(whole, rules, callAgainAt => record(whole, offer, 'unsafeToCall', { reason, callAgainAt })),
    heading(2, t('call.doNotCall')),
    para(t('call.doNotCallText')),
    dayField(t('call.review'), addDays(isoDay(serviceNow()), rules.reviewDays), rules),
    button(t('call.hold'), { type: 'submit', kind: 'warning' }));
  return whole;
}

/** Something has changed before the call is due. */
export function holding(offer, rules) {
  const whole = form(
    () => {
      const reason = valueOf(whole, 'safety');
      if (!reason) return showErrors(whole, [{ field: 'safety', message: t('problems.3003.message') }]);
      return reviewed(whole, rules, reviewAt =>
        carryOutCall(whole, offer, t('call.recorded.unsafeToCall'), 'placeHold', { reason, reviewAt }));
    },
    radios(
      'safety', t('call.why'), givenReasons(words.HoldReason).map(value => ({ value, label: label('HoldReason', value) })), { size: 's' }),
    dayField(t('call.review'), addDays(isoDay(serviceNow()), rules.reviewDays), rules),
    button(t('call.hold'), { type: 'submit', kind: 'warning' }));
  return details(t('call.somethingChanged'), whole);
}

/** It is safe again. */
export function releasing(offer) {
  const whole = form(
    () => valueOf(whole, 'checked')
      ? carryOutCall(whole, offer, t('call.released'), 'releaseHold')
      : showErrors(whole, [{ field: 'checked', message: t('problems.3002.message') }]),
    checkbox('checked', t('call.safeAgain'), { hint: t('call.safetyHint') }),
    button(t('call.release'), { type: 'submit' }));
  // What was safe an hour ago is looked at again.
  whole.dataset.typed = 'no';
  return whole;
}

/** Another number in place of a wrong one. */
export function changing(offer) {
  const whole = form(
    () => {
      const values = contact.read(whole);
      const errors = route.errorsIn(values);
      showErrors(whole, errors);
      if (errors.length > 0) return;
      const { ageBand, isGuardian } = offer.contact ?? {};
      carryOutCall(whole, offer, t('call.changed'), 'changeContact', { ...route.bodyOf(values), ageBand, isGuardian });
    },
    heading(2, t(route.hasNumber(offer.contact) ? 'call.anotherNumber' : 'call.needsNumber')),
    para(t(route.hasNumber(offer.contact) ? 'call.anotherNumberText' : 'call.needsNumberText')),
    contact.fields(route.valuesOf(offer.contact), contact.byOfficer),
    button(t('call.change'), { type: 'submit' }));
  return whole;
}

/** The household wants support, at whatever point, and has said so by itself. */
export function cameForward(offer) {
  if (offer.closing && ['died', 'withdrawn'].includes(offer.closing.reason)) return [];
  const whole = form(
    () => carryOutCall(whole, offer, t('call.recorded.accepted'), 'acceptOffer', { householdAsked: true }),
    para(t('call.cameForwardText')),
    button(t('call.refer'), { type: 'submit' }));
  return offer.hold?.reason === 'wrongNumber' ? [] : details(t('call.cameForward'), whole);
}

