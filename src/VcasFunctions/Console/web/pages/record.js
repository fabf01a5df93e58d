/**
 * Record an offer: one short page for somebody who stands at a door. What is typed is written down on the phone at once; what is sent is
 * safe here first (outbox.js). docs/decisions/0021-drafts-on-the-phone.md
 */
import * as contact from '../contact.js';
import { button, checkbox, checkboxes, form, input, radios, select, valueOf, valuesOf } from '../controls.js';
import { details, fill, h, inset } from '../dom.js';
import { all, remove, State, write } from '../drafts.js';
import { errorsOf, showErrors } from '../errors.js';
import { keepToSend, send as sendWaiting } from '../outbox.js';
import { navigate, show } from '../page.js';
import { settings } from '../settings.js';
import { label, t } from '../texts.js';
import { instantOf, moment } from '../times.js';
import { words } from '../words.js';

const childBands = ['under5', 'from5To11', 'from12To15', 'from16To17'];
const mostPeople = 30;
const teamKey = 'vcas.team';

/** Opens the form: the offer that was begun on this phone, or an empty one. */
export async function open(main) {
  const wanted = new URLSearchParams(location.search).get('offer');
  const unfinished = (await all()).filter(offer => offer.state === State.unfinished || offer.state === State.refused);
  const known = wanted ? unfinished.find(offer => offer.id === wanted) : unfinished.find(offer => offer.state === State.unfinished);
  const id = known?.id ?? crypto.randomUUID();
  const draft = known?.content.draft ?? { team: localStorage.getItem(teamKey) ?? '' };
  const { intervalDays } = await settings();
  let [sent, isToWrite] = [false, false];

  const fields = h('div', {}, offerFields(draft, intervalDays));
  const whole = form(send, fields, button(t('record.send'), { type: 'submit' }), h('p', { class: 'govuk-hint' }, t('record.sendHint')));
  whole.addEventListener('input', keep);
  whole.addEventListener('change', keep);
  show(main, t('record.title'), known && begun(known), whole);
  hideWhatIsNotAsked();
  if (known?.problem) showErrors(whole, errorsOf(known.problem));

  function keep() {
    // A browser may still tell of a change when the form is taken away: what has been sent is not unfinished again.
    if (sent) return;
    hideWhatIsNotAsked();
    const now = readDraft(whole, draft);
    Object.assign(draft, now);
    // Whoever types is quicker than a phone's storage: one write waits its turn at most, and takes what stands in the form by then.
    if (isToWrite) return;
    isToWrite = true;
    write(id, State.unfinished, () => {
      isToWrite = false;
      return { draft };
    });
  }

  function hideWhatIsNotAsked() {
    const answer = valueOf(whole, 'answer');
    whole.querySelector('#contact').hidden = answer === 'doNotContact';
    whole.querySelector('#never').hidden = answer !== 'doNotContact';
  }

  async function send() {
    Object.assign(draft, readDraft(whole, draft));
    const errors = errorsIn(draft);
    showErrors(whole, errors);
    if (errors.length > 0 || sent) return;
    sent = true;
    if (draft.team) localStorage.setItem(teamKey, draft.team);
    await keepToSend(id, { draft, offer: offerOf(draft) });
    navigate(`/console/record/${id}`);
    await sendWaiting();
  }

  function begun({ id: begunId, at, state }) {
    return inset(
      t(state === State.refused ? 'record.wasRefused' : 'record.goOn', { when: moment(at) }), ' ',
      button(t('record.startAgain'), { kind: 'secondary', class: 'vcas-link-button', onclick: async () => { await remove(begunId); navigate('/console/record'); } }));
  }
}

function offerFields(draft, intervalDays) {
  const people = h('div', { class: 'vcas-people' }, (draft.people ?? []).map(personRow));
  numberPeople(people);
  return [
    radios('answer', t('record.answer'), words.OfferAnswer.map(value => ({
      value, label: label('OfferAnswer', value), hint: t(`record.answers.${value}`, { days: intervalDays }),
    })), { value: draft.answer }),
    h('div', { id: 'contact' }, h('h2', { class: 'govuk-heading-m' }, t('contact.title')), contact.fields(draft.contact)),
    h('div', { id: 'never' },
      input('never.phone', t('record.neverPhone'), { hint: t('record.neverPhoneHint'), type: 'tel', inputmode: 'tel', width: 20, value: draft.never?.phone, size: 's' }),
      checkbox('never.sure', t('record.neverSure'), { hint: t('record.neverSureHint'), checked: draft.never?.sure })),
    details(
      t('record.more'),
      checkboxes('risks', t('record.risks'), words.Risk.map(value => ({ value, label: label('Risk', value) })), { values: draft.risks, size: 's', hint: t('record.risksHint') }),
      h('div', { 'data-field': 'household.people', class: 'govuk-form-group' },
        h('fieldset', { class: 'govuk-fieldset' },
          h('legend', { class: 'govuk-fieldset__legend govuk-fieldset__legend--s' }, t('record.people')),
          h('div', { class: 'govuk-hint' }, t('record.peopleHint')),
          people,
          button(t('record.addPerson'), {
            kind: 'secondary',
            onclick: () => { if (people.children.length < mostPeople) people.append(personRow()); numberPeople(people); people.lastChild.querySelector('select').focus(); changed(people); },
          }))),
      checkbox('contact.isGuardian', t('record.guardian'), { hint: t('record.guardianHint'), checked: draft.isGuardian }),
      input('crimeReference', t('record.reference'), { hint: t('record.referenceHint'), value: draft.crimeReference, maxlength: 60, width: 20 }),
      input('team', t('record.team'), { hint: t('record.teamHint'), value: draft.team, maxlength: 60, width: 20 }),
      input('offeredAt', t('record.offeredAt'), { hint: t('record.offeredAtHint'), type: 'datetime-local', value: draft.madeAt })),
  ];
}

function readDraft(whole, before) {
  const answer = valueOf(whole, 'answer');
  return {
    answer,
    // When the answer was given: sent hours later, it is still the time at the door.
    answeredAt: before.answeredAt && before.answer === answer ? before.answeredAt : new Date().toISOString(),
    contact: contact.read(whole),
    never: { phone: valueOf(whole, 'never.phone'), sure: valueOf(whole, 'never.sure') },
    risks: valuesOf(whole, 'risks'),
    people: [...whole.querySelectorAll('.vcas-people__row')].map(row => {
      const [relationship, ageBand] = [...row.querySelectorAll('select')].map(control => control.value);
      return { relationship, ageBand };
    }),
    isGuardian: valueOf(whole, 'contact.isGuardian'),
    crimeReference: valueOf(whole, 'crimeReference'),
    team: valueOf(whole, 'team'),
    madeAt: valueOf(whole, 'offeredAt'),
  };
}

function errorsIn(draft) {
  const errors = [];
  if (!draft.answer) errors.push({ field: 'answer', message: t('fields.answer') });
  if (draft.answer === 'doNotContact') {
    errors.push(...contact.numberErrors('never.phone', draft.never?.phone));
    if (!draft.never?.sure) errors.push({ field: 'never.sure', message: t('fields.neverSure') });
  } else if (needsContact(draft)) {
    errors.push(...contact.errorsIn(draft.contact));
  }
  draft.people.forEach(({ relationship, ageBand }, index) => {
    if (!relationship || !ageBand) errors.push({ field: `household.people[${index}]`, message: t('fields.household-people') });
  });
  const onlyChildren = draft.people.length > 0 && draft.people.every(({ ageBand }) => childBands.includes(ageBand));
  if (draft.answer !== 'doNotContact' && needsContact(draft) && onlyChildren && !draft.isGuardian) errors.push({ field: 'contact.isGuardian', message: t('problems.2002.message') });
  return errors;
}

// Who declined or could not be asked is recorded without a number as well: two taps are enough.
const needsContact = draft => !['declined', 'notAsked'].includes(draft.answer) || contact.isGiven(draft.contact);

function contactOf(draft) {
  if (draft.answer === 'doNotContact') return draft.never?.phone?.trim() ? { phone: draft.never.phone } : undefined;
  return needsContact(draft) ? { ...contact.bodyOf(draft.contact), isGuardian: draft.isGuardian || undefined } : undefined;
}

/** What the API gets. The same draft makes the same body: only so is a second try the same request. */
function offerOf(draft) {
  const body = {
    answer: draft.answer,
    offeredAt: draft.madeAt ? instantOf(...draft.madeAt.slice(0, 16).split('T')) : draft.answeredAt,
    team: draft.team || undefined,
    crimeReference: draft.crimeReference || undefined,
    household: draft.people.length > 0 ? { people: draft.people } : undefined,
    contact: contactOf(draft),
    risks: draft.risks.length > 0 ? draft.risks : undefined,
  };
  return JSON.parse(JSON.stringify(body));
}

function personRow({ relationship = '', ageBand = '' } = {}) {
  const row = h('div', { class: 'vcas-people__row', 'data-relationship': relationship, 'data-age-band': ageBand });
  return row;
}

// Ids hold the row's place: the controls are made anew, with their values, whenever a place has changed.
function numberPeople(people) {
  [...people.children].forEach((row, index) => {
    const [relationship, ageBand] = row.children.length
      ? [...row.querySelectorAll('select')].map(control => control.value)
      : [row.dataset.relationship, row.dataset.ageBand];
    const field = `household.people[${index}]`;
    row.dataset.field = field;
    fill(row,
      select(`${field}.relationship`, t('record.relationship', { number: index + 1 }), choicesOf('Relationship'), { value: relationship }),
      select(`${field}.ageBand`, t('record.ageBand', { number: index + 1 }), choicesOf('AgeBand'), { value: ageBand }),
      button(t('record.removePerson', { number: index + 1 }), {
        kind: 'secondary', class: 'vcas-link-button',
        onclick: () => { row.remove(); numberPeople(people); changed(people); (people.querySelector('select') ?? people.parentElement.querySelector(':scope > button')).focus(); },
      }));
  });
}

const choicesOf = enumName => [['', t('record.choose')], ...words[enumName].map(word => [word, label(enumName, word)])];

const changed = element => element.dispatchEvent(new Event('change', { bubbles: true }));
