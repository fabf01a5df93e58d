/**
 * Record an offer: one short page for somebody who stands at a door. What is typed is written down on the phone at once; what is sent is
 * safe here first (outbox.js). docs/decisions/0014-drafts-on-the-phone.md
 */
import { consentFields, lawWords, readConsent } from '../consent-fields.js';
import * as contact from '../contact.js';
import { button, checkbox, checkboxes, form, input, radios, valueOf, valuesOf } from '../controls.js';
import { dangerWords, isDanger } from '../dangers.js';
import { details, fill, h, inset } from '../dom.js';
import { all, isBroken, remove, State, write } from '../drafts.js';
import { showErrors } from '../errors.js';
import { bodyOf, errorsIn, isLate } from '../offer-draft.js';
import { keepToSend, send as sendWaiting } from '../outbox.js';
import { attempt, navigate, show } from '../page.js';
import { peopleFields, readPeople } from '../people-fields.js';
import { onThisPhone, trouble } from '../phone.js';
import { errorsOf } from '../problems.js';
import { phone } from '../remembered.js';
import { serviceNow } from '../service-time.js';
import { person } from '../session.js';
import { settings } from '../settings.js';
import { label, t } from '../texts.js';
import { moment } from '../times.js';
import { Why } from '../verdicts.js';
import { words } from '../words.js';

// A team's short name is no secret; whose it is, is: a colleague's isn't proposed.
const teamOf = by => `${teamKey}.${by ?? ''}`;

const idUsedForAnother = 1007;
const teamKey = 'vcas.team';

/** Opens the form: the offer that was begun on this phone, or an empty one. */
export async function open(turn) {
  await attempt(turn, t('record.title'), async () => theForm(turn, await settings(), await begunHere()));
}

/** What was begun here by who is signed in. Nobody else's draft is shown, nor is anybody's to whoever is signed out. */
async function begunHere() {
  const wanted = new URLSearchParams(location.search).get('offer');
  // What waits because a role or a team is missing has not arrived, and the team can be corrected.
  const unfinished = (await all()).filter(offer => offer.isMine && offer.content?.draft
    && (offer.state === State.unfinished || offer.state === State.refused || (offer.state === State.waiting && offer.why === Why.mayNot)));
  return wanted ? unfinished.find(offer => offer.id === wanted) : unfinished.find(offer => offer.state === State.unfinished);
}

async function theForm(turn, { intervalDays, lateOfferDays, ...force }, known) {
  const by = turn.who?.id ?? null;
  // Under its first id something else was recorded: what is corrected is another offer.
  const id = known && known.problem?.code !== idUsedForAnother ? known.id : crypto.randomUUID();
  const draft = known?.content.draft ?? { team: phone.get(teamOf(by)) ?? '' };
  let [sent, isToWrite] = [false, false];

  const elsewhere = h('div', {}, person() ? [] : await onThisPhone());
  const fields = h('div', {}, offerFields(draft, intervalDays, force));
  const danger = fields.querySelector('#danger');
  const whole = form(send, fields, button(t('record.send'), { type: 'submit' }), h('p', { class: 'govuk-hint' }, t('record.sendHint')),
    lawWords(force.law));
  whole.dataset.typed = 'no';
  whole.addEventListener('input', keep);
  whole.addEventListener('change', keep);
  const storing = h('div', { role: 'alert' }, trouble());
  show(turn, t('record.title'), storing, known && begun(known), whole, elsewhere);
  hideWhatIsNotAsked();
  if (known?.problem) showErrors(whole, errorsOf(known.problem));

  function keep() {
    // A browser may still tell of a change when the form is taken away: what has been sent is not unfinished again.
    if (sent) return;
    hideWhatIsNotAsked();
    const now = read();
    Object.assign(draft, now);
    // Whoever types is quicker than a phone's storage: one write waits its turn at most, and takes what stands in the form by then.
    if (isToWrite) return;
    isToWrite = true;
    write(id, State.unfinished, by, () => {
      isToWrite = false;
      return { draft };
    }).then(tellWhetherKept);
  }

  // Said once, when it changes: it is read aloud.
  function tellWhetherKept() {
    if (isBroken() !== storing.hasChildNodes()) fill(storing, trouble());
  }

  // Read before anything is sent, and read aloud once: whoever ticks such a box may believe that it calls somebody.
  function warnOfDanger() {
    const now = read();
    const said = JSON.stringify([isDanger(now), now.childMayBeDirectVictim]);
    if (danger.dataset.said === said) return;
    danger.dataset.said = said;
    fill(danger, dangerWords(now, force));
  }

  function hideWhatIsNotAsked() {
    warnOfDanger();
    const answer = valueOf(whole, 'answer');
    whole.querySelector('#contact').hidden = answer === 'doNotContact';
    whole.querySelector('#never').hidden = answer !== 'doNotContact';
    // A month or a year mistyped would be called at once: a date of long ago is confirmed.
    whole.querySelector('[data-field="offeredAtConfirmed"]').hidden = !isLate(read(), lateOfferDays);
  }

  function read() {
    return readDraft(whole, draft, force);
  }

  async function send() {
    Object.assign(draft, read());
    const errors = errorsIn(draft, lateOfferDays);
    showErrors(whole, errors);
    if (errors.length > 0 || sent) return;
    sent = true;
    if (draft.team) phone.set(teamOf(by), draft.team);
    await keepToSend(id, by, { draft, offer: bodyOf(draft) });
    if (known && known.id !== id) await remove(known.id);
    navigate(`/console/record/${id}`);
    await sendWaiting(true);
  }

  function begun({ id: begunId, at, state }) {
    return inset(
      t(state !== State.unfinished ? 'record.wasRefused' : 'record.goOn', { when: moment(at, Date.now()) }), ' ',
      button(
        t('record.startAgain'),
        { kind: 'secondary', class: 'vcas-link-button', onclick: async () => { await remove(begunId); navigate('/console/record'); } }));
  }
}

function offerFields(draft, intervalDays, force) {
  return [
    radios('answer', t('record.answer'), words.OfferAnswer.map(value => ({
      value, label: label('OfferAnswer', value), hint: t(`record.answers.${value}`, { days: intervalDays }),
    })), { value: draft.answer }),
    h('div', { id: 'contact' },
      h('h2', { class: 'govuk-heading-m' }, t('contact.title')), contact.fields(draft.contact, { takesOthers: true })),
    h('div', { id: 'never' },
      input('never.phone', t('record.neverPhone'),
        { hint: t('record.neverPhoneHint'), type: 'tel', inputmode: 'tel', width: 20, value: draft.never?.phone, size: 's' }),
      checkbox('never.sure', t('record.neverSure'), { hint: t('record.neverSureHint'), checked: draft.never?.sure })),
    details(
      t('record.more'),
      checkboxes('risks', t('record.risks'), words.Risk.map(value => ({ value, label: label('Risk', value) })),
        { values: draft.risks, size: 's', hint: t('record.risksHint') }),
      checkbox('childMayBeDirectVictim', t('record.directVictim'), { checked: draft.childMayBeDirectVictim }),
      h('div', { id: 'danger', role: 'status' }),
      peopleFields(draft.people),
      checkbox('contact.isGuardian', t('record.guardian'), { hint: t('record.guardianHint'), checked: draft.isGuardian }),
      input('crimeReference', t('record.reference'),
        { hint: t('record.referenceHint'), value: draft.crimeReference, maxlength: 60, width: 20 }),
      input('officerInCase', t('record.officerInCase'),
        { hint: t('record.officerInCaseHint'), value: draft.officerInCase, maxlength: 100 }),
      input('team', t('record.team'), { hint: t('record.teamHint'), value: draft.team, maxlength: 60, width: 20 }),
      input('offeredAt', t('record.offeredAt'), { hint: t('record.offeredAtHint'), type: 'datetime-local', value: draft.madeAt }),
      checkbox('offeredAtConfirmed', t('record.offeredAtConfirmed'), { checked: draft.isMadeAtConfirmed })),
    consentFields(draft.consent, force),
  ];
}

function readDraft(whole, before, force) {
  const answer = valueOf(whole, 'answer');
  return {
    answer,
    // When the answer was given: sent hours later, it is still the time at the door.
    answeredAt: before.answeredAt && before.answer === answer ? before.answeredAt : new Date(serviceNow()).toISOString(),
    contact: contact.read(whole),
    never: { phone: valueOf(whole, 'never.phone'), sure: valueOf(whole, 'never.sure') },
    risks: valuesOf(whole, 'risks'),
    childMayBeDirectVictim: valueOf(whole, 'childMayBeDirectVictim'),
    consent: readConsent(whole, force),
    people: readPeople(whole),
    isGuardian: valueOf(whole, 'contact.isGuardian'),
    crimeReference: valueOf(whole, 'crimeReference'),
    officerInCase: valueOf(whole, 'officerInCase'),
    team: valueOf(whole, 'team'),
    madeAt: valueOf(whole, 'offeredAt'),
    isMadeAtConfirmed: valueOf(whole, 'offeredAtConfirmed'),
  };
}
