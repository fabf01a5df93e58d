/** Who lives there, as fields: without names, and without the suspect. */
import { button, select } from './controls.js';
import { fill, h } from './dom.js';
import { label, t } from './texts.js';
import { words } from './words.js';

const mostPeople = 30;

/** The fields. `known`: relationship and age band of each. */
export function peopleFields(known = []) {
  const people = h('div', { class: 'vcas-people' }, known.map(personRow));
  numberPeople(people);
  return h('div', { 'data-field': 'household.people', class: 'govuk-form-group' },
    h('fieldset', { class: 'govuk-fieldset' },
      h('legend', { class: 'govuk-fieldset__legend govuk-fieldset__legend--s' }, t('record.people')),
      h('div', { class: 'govuk-hint' }, t('record.peopleHint')),
      people,
      button(t('record.addPerson'), {
        kind: 'secondary', 'data-adds': 'household.people',
        onclick: () => {
          if (people.children.length < mostPeople) people.append(personRow());
          numberPeople(people);
          people.lastChild.querySelector('select').focus();
          changed(people);
        },
      })));
}

/** What was chosen. */
export const readPeople = whole => [...whole.querySelectorAll('.vcas-people__row')].map(row => {
  const [relationship, ageBand] = [...row.querySelectorAll('select')].map(control => control.value);
  return { relationship, ageBand };
});

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
        onclick: () => {
          row.remove();
          numberPeople(people);
          changed(people);
          (people.querySelector('select') ?? people.parentElement.querySelector(':scope > button')).focus();
        },
      }));
  });
}

const choicesOf = enumName => [['', t('record.choose')], ...words[enumName].map(word => [word, label(enumName, word)])];

const changed = element => element.dispatchEvent(new Event('change', { bubbles: true }));
