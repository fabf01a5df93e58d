/** Messages between the force and VCAS that were set aside, and what a supervisor does while the queue stands still. */
import { sealReferrals } from './api.js';
import { carryOut, tryIn } from './commands.js';
import { button, form } from './controls.js';
import { h, para, tag } from './dom.js';
import { downloadBlob } from './downloads.js';
import { head } from './lists.js';
import { label, t } from './texts.js';
import { moment } from './times.js';

/** One of them: which way it went, why it lies there, and how it is brought on. */
export function deadLetterRow(letter) {
  const { queue, reason, at, referralId, reference, settled } = letter;
  return h(
    'li', { class: 'vcas-call' },
    reference
      ? head(
        `/console/supervise/${referralId}`, reference,
        tag(t(settled ? 'deadLetters.settled' : 'deadLetters.open'), settled ? 'grey' : 'red'))
      : h('h3', { class: 'govuk-heading-s vcas-call__name' }, t('deadLetters.ofNobody')),
    h('p', { class: 'govuk-body' }, t('deadLetters.line', { queue: label('DeadLetterKind', queue), when: moment(at) })),
    h('p', { class: 'govuk-body-s vcas-call__rest' }, t('deadLetters.code', { code: reason })),
    !settled && (reference ? bringing(letter) : para(t('deadLetters.forIt'))));
}

/** A file of all that VCAS has not confirmed, which only VCAS can open. */
export function sealing() {
  const whole = form(
    () => tryIn(whole, async () => downloadBlob('referrals.p7m', await sealReferrals()), { unanswered: 'supervise.notDoneYet' }),
    h('details', { class: 'govuk-details' },
      h('summary', { class: 'govuk-details__summary' }, h('span', { class: 'govuk-details__summary-text' }, t('deadLetters.sealTitle'))),
      h('div', { class: 'govuk-details__text' },
        para(t('deadLetters.sealWhy')), para(t('deadLetters.sealHow')),
        button(t('deadLetters.seal'), { type: 'submit', kind: 'secondary' }))));
  return whole;
}

function bringing({ queue, sequenceNumber, referralId, reference }) {
  const told = { reference, path: '/console/supervise?part=aside' };
  const whole = form(
    () => queue === 'referrals'
      ? carryOut(whole, { ...told, said: t('deadLetters.sent', { reference }) }, 'sendReferralAgain', referralId)
      : carryOut(whole, { ...told, said: t('deadLetters.takenIn', { reference }) }, 'replayAnswer', referralId, sequenceNumber),
    button(t(queue === 'referrals' ? 'deadLetters.send' : 'deadLetters.takeIn', { reference }), { type: 'submit', kind: 'secondary' }));
  return whole;
}
