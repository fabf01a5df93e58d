/** What somebody can do about one household, each behind its word; what each needs opens beneath. */
import { may } from './access.js';
import { attemptOf, saidOf } from './calls.js';
import { carryOut } from './commands.js';
import { button, checkbox, checkboxes, form, input, radios, select, valueOf, valuesOf } from './controls.js';
import * as contact from './contact.js';
import { fill, h, para } from './dom.js';
import { showErrors } from './errors.js';
import { merging } from './merging.js';
import { peopleFields, readPeople } from './people-fields.js';
import * as route from './safe-route.js';
import { serviceNow } from './service-time.js';
import { label, t } from './texts.js';
import { addDays, instantOf, isoDay } from './times.js';
import { words } from './words.js';

const usualReviewDays = 365;
const isOpen = ({ state }) => !['referred', 'closed'].includes(state);
const isClosed = ({ state }) => state === 'closed';
const ended = ['died', 'withdrawn'];

// In the order in which they are needed; `needs` is the operation of the API.
const acts = {
  accept: {
    needs: 'AcceptOffer', form: accepting,
    isFor: ({ state, closing, hold }) => state !== 'referred' && !ended.includes(closing?.reason) && hold?.reason !== 'wrongNumber',
  },
  change: { needs: 'CorrectDetails', form: correcting, isFor: offer => !isClosed(offer) },
  contact: { needs: 'ChangeContact', form: changing, isFor: offer => !isClosed(offer) },
  saidNo: { needs: 'RecordAttempt', form: visited, isFor: isOpen },
  merge: { needs: 'MergeDuplicate', form: merging, isFor: ({ closing }) => !closing?.duplicateOf },
  withdraw: { needs: 'WithdrawOffer', form: withdrawing, isFor: offer => !isClosed(offer) },
  reopen: {
    needs: 'ReopenOffer', form: reopening,
    isFor: offer => isClosed(offer) && offer.closing.reason !== 'doNotContact' && !offer.referral,
  },
  disclosure: { needs: 'PlaceDisclosureHold', form: placing, isFor: ({ disclosureHold }) => !disclosureHold },
  review: { needs: 'PlaceDisclosureHold', form: placing, isFor: ({ disclosureHold }) => disclosureHold },
  release: { needs: 'ReleaseDisclosureHold', form: letting, isFor: ({ disclosureHold }) => disclosureHold },
};

/** The choice, and the form of what is chosen. `what`: what the address asks for; `reason`: why the page is open. */
export function toDo(offer, { reason, what }) {
  const open = Object.keys(acts).filter(name => !offer.erasure && may(acts[name].needs) && acts[name].isFor(offer));
  if (open.length === 0) return [];
  const after = h('div', { 'aria-live': 'polite' });
  const choice = form(() => {}, radios(
    'what', t('household.what'), open.map(value => ({ value, label: t(`household.acts.${value}`) })),
    { value: open.includes(what) ? what : undefined, size: 'm', small: true }));
  const shown = () => fill(after, h('div', { class: 'vcas-asked' }, acts[valueOf(choice, 'what')].form(offer, act)));
  choice.addEventListener('change', shown);
  if (open.includes(what)) shown();
  return [choice, after];

  function act(whole, said, name, ...args) {
    return carryOut(whole, { reference: offer.reference, path: addressOf(offer.offerId, reason), said }, name, offer.offerId, ...args);
  }
}

const addressOf = (id, reason) => `/console/households/${id}?${new URLSearchParams({ reason })}`;

function accepting(offer, act) {
  const whole = form(
    () => act(whole, t('call.recorded.accepted'), 'acceptOffer', { householdAsked: true }),
    para(t('call.cameForwardText')),
    button(t('call.refer'), { type: 'submit' }));
  return whole;
}

function correcting(offer, act) {
  const whole = form(
    () => {
      const people = readPeople(whole);
      const errors = people.flatMap(({ relationship, ageBand }, index) =>
        relationship && ageBand ? [] : [{ field: `household.people[${index}]`, message: t('fields.household-people') }]);
      showErrors(whole, errors);
      if (errors.length > 0) return null;
      return act(whole, t('household.corrected1'), 'correctDetails', {
        crimeReference: valueOf(whole, 'crimeReference'), officerInCase: valueOf(whole, 'officerInCase'), household: { people },
        risks: valuesOf(whole, 'risks'), childMayBeDirectVictim: valueOf(whole, 'childMayBeDirectVictim'),
      });
    },
    para(t('household.changeText')),
    checkboxes('risks', t('record.risks'), words.Risk.map(value => ({ value, label: label('Risk', value) })),
      { values: offer.risks, size: 's', hint: t('record.risksHint') }),
    checkbox('childMayBeDirectVictim', t('record.directVictim'), { checked: offer.childMayBeDirectVictim }),
    peopleFields(offer.household.people),
    input('crimeReference', t('record.reference'),
      { hint: t('record.referenceHint'), value: offer.crimeReference ?? '', maxlength: 60, width: 20 }),
    input('officerInCase', t('record.officerInCase'),
      { hint: t('record.officerInCaseHint'), value: offer.officerInCase ?? '', maxlength: 100 }),
    button(t('household.correct'), { type: 'submit' }));
  return whole;
}

function changing(offer, act) {
  const numberStays = route.hasNumber(offer.contact);
  const whole = form(
    () => {
      const values = contact.read(whole);
      const errors = route.errorsIn(values, { numberStays });
      showErrors(whole, errors);
      if (errors.length > 0) return null;
      const { ageBand, isGuardian } = offer.contact ?? {};
      const body = numberStays ? route.bodyBeside(offer.contact, values) : route.bodyOf(values);
      return act(whole, t('household.contactChanged'), 'changeContact', { ...body, ageBand, isGuardian });
    },
    contact.fields(
      offer.contact ? route.valuesOf(offer.contact) : {}, { numberStays, staying: 'household.numberStays', takesOthers: !numberStays }),
    button(t('household.changeContact'), { type: 'submit' }));
  return whole;
}

// The same form sent again, after no answer, records it once: it keeps its id.
function visited(offer, act) {
  const id = crypto.randomUUID();
  const whole = form(
    () => act(
      whole, t(`call.recorded.${saidOf(offer, 'declined')}`), 'recordAttempt', attemptOf(id, offer, 'declined', { by: 'visit' })),
    para(t(`household.saidNo.${offer.nextOffer === 'first' ? 'first' : 'second'}`)),
    button(t('household.recordNo'), { type: 'submit' }));
  return whole;
}

function withdrawing(offer, act) {
  const whole = form(
    () => {
      const reason = valueOf(whole, 'reason');
      if (!reason) return showErrors(whole, [{ field: 'reason', message: t('household.reasonMissing') }]);
      return act(whole, t('household.withdrawn'), 'withdrawOffer', { reason });
    },
    para(t(offer.referral ? 'household.withdrawBoth' : 'household.withdrawText')),
    chooseReason('WithdrawalReason', 'household.withdrawReason'),
    button(t('household.withdrawIt'), { type: 'submit', kind: 'warning' }));
  return whole;
}

function reopening(offer, act) {
  const whole = form(
    () => {
      const reason = valueOf(whole, 'reason');
      if (!reason) return showErrors(whole, [{ field: 'reason', message: t('household.reasonMissing') }]);
      return act(whole, t('household.reopened'), 'reopenOffer', { reason });
    },
    para(t('household.reopenText')),
    chooseReason('ReopeningReason', 'household.reopenReason'),
    button(t('household.reopenIt'), { type: 'submit' }));
  return whole;
}

/** The form that places a disclosure hold, or puts its review off. */
export function placing({ disclosureHold: hold }, act) {
  const whole = form(
    () => {
      const [reason, on] = [valueOf(whole, 'reason'), valueOf(whole, 'reviewAt')];
      const errors = [
        !reason && { field: 'reason', message: t('household.reasonMissing') },
        !on && { field: 'reviewAt', message: t('household.reviewMissing') },
      ].filter(Boolean);
      showErrors(whole, errors);
      if (errors.length > 0) return null;
      return act(whole, t('household.placed'), 'placeDisclosureHold', { reason, reviewAt: instantOf(on, '09:00') });
    },
    para(t('household.disclosureText')),
    chooseReason('DisclosureReason', 'household.disclosureReason', hold?.reason),
    input('reviewAt', t('household.review'), {
      type: 'date', width: 10, hint: t('household.reviewHint'), min: addDays(isoDay(serviceNow()), 1),
      value: addDays(isoDay(serviceNow()), usualReviewDays),
    }),
    button(t('household.place'), { type: 'submit' }));
  return whole;
}

/** The form that releases it. */
export function letting(offer, act) {
  const whole = form(
    () => act(whole, t('household.let'), 'releaseDisclosureHold'),
    para(t('household.letText')),
    button(t('household.letIt'), { type: 'submit', kind: 'warning' }));
  return whole;
}

const chooseReason = (list, text, value) => select(
  'reason', t(text), [['', t('record.choose')], ...words[list].map(word => [word, label(list, word)])], { value });
