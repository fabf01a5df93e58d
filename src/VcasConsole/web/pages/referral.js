/** One referral, for a supervisor: why VCAS refused it or what it waits for; amended and sent again, or taken back. */
import { readOffer } from '../api.js';
import { carryOut } from '../commands.js';
import { button, checkboxes, form, radios, select, valueOf, valuesOf } from '../controls.js';
import * as contact from '../contact.js';
import { fill, h, heading, inset, link, para, summaryList, tag } from '../dom.js';
import { showErrors } from '../errors.js';
import { attempt, show } from '../page.js';
import * as route from '../safe-route.js';
import { label, maybe, t } from '../texts.js';
import { moment } from '../times.js';
import { words } from '../words.js';

const colours = {
  rejected: 'red', awaitingRoute: 'red', toSend: 'orange', sent: 'blue', received: 'blue', accepted: 'green', withdrawn: 'grey',
  closed: 'grey',
};

/** Shows it. */
export async function open(turn, { referralId }) {
  await attempt(turn, t('referral.title'), async () => {
    const offer = await readOffer(turn, referralId, 'referral');
    const { referral } = offer;
    show(
      turn, t('referral.titleOf', { reference: offer.reference }),
      !referral ? inset(t('problems.4001.message')) : [
        h('p', { class: 'govuk-body' }, tag(label('ReferralState', referral.state), colours[referral.state])),
        referral.state === 'rejected' && inset(
          h('p', { class: 'govuk-body' },
            h('strong', {}, t('referral.refused', { reason: label('RejectionReason', referral.rejectionReason) }))),
          h('p', { class: 'govuk-body' }, maybe(`referral.advice.${referral.rejectionReason}`) ?? t('referral.advice.other'))),
        isWaiting(offer) && inset(t('referral.awaitsRoute')),
        summaryList([
          [t('referral.made'), moment(referral.madeAt)],
          [t('referral.sent'), referral.sentAt && moment(referral.sentAt)],
          [t('referral.answerDue'), referral.answerDueAt && !referral.answeredAt && moment(referral.answerDueAt)],
          [t('referral.answered'), referral.answeredAt && moment(referral.answeredAt)],
          [t('referral.case'), referral.caseReference],
          [t('referral.ended'), referral.closureReason && label('ClosureReason', referral.closureReason)],
          [t('referral.team'), offer.team],
        ]),
        ['withdrawn', 'closed'].includes(referral.state) ? para(t('referral.over')) : whatNow(offer),
      ],
      para(link(`/console/households/${referralId}?reason=referral`, t('supervise.household'))),
      para(link('/console/supervise', t('referral.back'))));
  });
}

function whatNow(offer) {
  const isRefused = offer.referral.state === 'rejected';
  const after = h('div', { 'aria-live': 'polite' });
  const choice = form(() => {}, radios('what', t('referral.what'), [
    isRefused && { value: 'again', label: t('referral.again'), hint: t('referral.againHint') },
    {
      value: 'amend', hint: t('referral.amendHint'),
      label: t(isWaiting(offer) ? 'referral.giveRoute' : isRefused ? 'referral.amendAndSend' : 'referral.amend'),
    },
    { value: 'withdraw', label: t('referral.withdraw'), hint: t('referral.withdrawHint') },
  ].filter(Boolean)));
  const forms = { again: asItIs, amend: amended, withdraw: withdrawn };
  choice.addEventListener('change', () => fill(after, forms[valueOf(choice, 'what')](offer)));
  return [choice, after];
}

function asItIs(offer) {
  const whole = form(
    () => act(whole, offer, t('referral.sentAgain'), 'amendReferral', {}),
    button(t('referral.sendAgain'), { type: 'submit' }));
  return whole;
}

function amended(offer) {
  // VCAS has it, and calls it; here nobody has to.
  const numberStays = route.hasNumber(offer.contact) || (!isWaiting(offer) && offer.contact?.routes.length > 0);
  const staying = route.hasNumber(offer.contact) ? 'contact.numberStays' : 'contact.othersStay';
  const whole = form(
    () => {
      const values = contact.read(whole);
      const errors = route.errorsIn(values, { numberStays });
      showErrors(whole, errors);
      if (errors.length > 0) return;
      const { ageBand, isGuardian } = offer.contact ?? {};
      const body = numberStays ? route.bodyBeside(offer.contact, values) : route.bodyOf(values);
      const amendment = { contact: { ...body, ageBand, isGuardian }, risks: valuesOf(whole, 'risks') };
      act(whole, offer, t(saidOf(offer)), 'amendReferral', amendment);
    },
    heading(2, t('referral.told')),
    contact.fields(
      offer.contact ? route.valuesOf(offer.contact) : {}, { ...contact.byOfficer, numberStays, staying, takesOthers: isWaiting(offer) }),
    checkboxes('risks', t('record.risks'), words.Risk.map(value => ({ value, label: label('Risk', value) })),
      { values: offer.risks, size: 's', hint: t('record.risksHint') }),
    button(t(offer.referral.state === 'rejected' ? 'referral.sendAgain' : 'referral.sendAmendment'), { type: 'submit' }));
  return whole;
}

const isWaiting = ({ referral }) => referral.state === 'awaitingRoute';

const saidOf = offer => isWaiting(offer) ? 'referral.leaves'
  : offer.referral.state === 'rejected' ? 'referral.sentAgain' : 'referral.amended';

function withdrawn(offer) {
  const whole = form(
    () => {
      const reason = valueOf(whole, 'reason');
      if (!reason) showErrors(whole, [{ field: 'reason', message: t('referral.reasonMissing') }]);
      else act(whole, offer, t('referral.takenBack'), 'withdrawReferral', { reason });
    },
    select('reason', t('referral.reason'),
      [['', t('record.choose')], ...words.WithdrawalReason.map(value => [value, label('WithdrawalReason', value)])]),
    para(t('referral.withdrawText')),
    button(t('referral.takeBack'), { type: 'submit', kind: 'warning' }));
  return whole;
}

const act = (whole, { offerId, reference }, said, name, body) => carryOut(
  whole, { reference, path: `/console/supervise/${offerId}`, said }, name, offerId, body);
