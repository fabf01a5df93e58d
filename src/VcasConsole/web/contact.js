/** The safe route as a form: on the page of an offer, and again where a number proved wrong. */
import { button, checkbox, checkboxes, input, radios, select, textarea, valueOf, valuesOf } from './controls.js';
import { details, fill, h } from './dom.js';
import { label, language, t } from './texts.js';
import { inGroups, readNumber } from './numbers.js';
import { days } from './times.js';
import { words } from './words.js';

// Languages for which forces often need an interpreter; bfi is British Sign Language, mis any other.
const languages = [
  'ar', 'bfi', 'bg', 'bn', 'ckb', 'cs', 'cy', 'de', 'el', 'es', 'fa', 'fr', 'gu', 'hi', 'hu', 'it', 'lt', 'lv', 'ml', 'ne', 'nl', 'pa',
  'pl', 'prs',
  'ps', 'pt', 'ro', 'ru', 'sk', 'so', 'sq', 'sw', 'ta', 'te', 'ti', 'tl', 'tr', 'uk', 'ur', 'vi', 'yue', 'zh',
];
const longestHours = 14;

/**
 * The fields. `values` as {@link read} gave them. `numberStays`: a number is known, which is shown to nobody any more; left empty it stays,
 * and so do its hours.
 */
export function fields(
  values = {},
  {
    confirmation = 'contact.confirmed', sometimes = 'contact.someTimes', numberStays = false, staying = 'contact.numberStays',
    takesOthers = false,
  } = {},
) {
  const times = h('div', { class: 'vcas-hours' });
  const more = button(t('contact.addHours'), { kind: 'secondary', 'data-adds': 'contact.safeTimes', onclick: () => {
    if (times.children.length < longestHours) times.append(hoursRow(times));
    renumber(times);
    times.lastChild.querySelector('input').focus();
    changed(times);
  } });
  times.append(...(values.hours?.length ? values.hours : [{}]).map(one => hoursRow(times, one)));
  renumber(times);
  // Nothing is chosen beforehand: "at any time" is something that they say, and no more can be said of a number that isn't there.
  const confirmed = radios('confirmed', t('contact.when'), [
    { value: 'any', label: t(confirmation) },
    { value: 'some', label: t(sometimes), reveal: [times, more] },
  ], { hint: t(numberStays ? 'contact.hoursStay' : 'contact.confirmedHint'), value: values.confirmed, size: 's' });
  const phone = phoneField(values.phone, numberStays ? staying : 'contact.phoneHint');
  const onlyWithNumber = () => { confirmed.hidden = !numberStays && !valueOf(phone, 'contact.phone'); };
  phone.addEventListener('input', onlyWithNumber);
  onlyWithNumber();
  return [
    phone,
    takesOthers && checkbox('contact.noNumber', t('contact.noNumber'), { hint: t('contact.noNumberHint'), checked: values.noNumber }),
    confirmed,
    input('contact.name', t('contact.name'),
      { hint: t('contact.nameHint'), value: values.name, maxlength: 120, autocapitalize: 'words', size: 's' }),
    checkbox('contact.voicemailAllowed', t('contact.voicemail'), { hint: t('contact.voicemailHint'), checked: values.voicemailAllowed }),
    details(
      t('contact.more'),
      select('contact.relationship', t('contact.relationship'), [['', t('contact.relationshipUnknown')], ...relationships()],
        { value: values.relationship }),
      input(
        'contact.codeWord', t('contact.codeWord'), { hint: t('contact.codeWordHint'), value: values.codeWord, maxlength: 60, width: 20 }),
      textarea('contact.whoElseMayAnswer', t('contact.whoElse'),
        { hint: t('contact.whoElseHint'), value: values.whoElseMayAnswer, maxlength: 500 }),
      select('contact.interpreterLanguage', t('contact.interpreter'), [['', t('contact.noInterpreter')], ...languageChoices()],
        { value: values.interpreterLanguage }),
      textarea('contact.accessibilityNeeds', t('contact.accessibility'),
        { hint: t('contact.accessibilityHint'), value: values.accessibilityNeeds, maxlength: 500 })),
    takesOthers && details(t('contact.otherWay'), otherWay(values.other)),
  ];
}

// Folded away: most have a number. What was not confirmed in person is kept, and nobody uses it.
function otherWay(other = {}) {
  const text = (name, hint) => input(`contact.routes.${name}`, t(`contact.ways.${name}`), { hint: t(hint), value: other[name], size: 's' });
  return h('div', { 'data-field': 'contact.routes', class: 'govuk-form-group' },
    radios('contact.routes.kind', t('contact.otherWayTitle'), [
      { value: '', label: t('contact.noOtherWay') },
      { value: 'inPerson', label: label('RouteKind', 'inPerson'), reveal: [text('place', 'contact.ways.placeHint')] },
      { value: 'email', label: label('RouteKind', 'email'), reveal: [text('email', 'contact.ways.emailHint')] },
      {
        value: 'professional', label: label('RouteKind', 'professional'),
        reveal: [text('professional', 'contact.ways.professionalHint'), text('reachedBy', 'contact.ways.reachedByHint')],
      },
    ], { value: other.kind ?? '', size: 's' }),
    checkbox('contact.routes.isConfirmed', t('contact.otherConfirmed'), { checked: other.isConfirmed }));
}

/** The words where somebody else has asked them. */
export const byOfficer = { confirmation: 'contact.confirmedByOfficer', sometimes: 'contact.someTimesByOfficer' };

/** What the form says now. */
export function read(form) {
  const value = field => valueOf(form, field);
  return {
    phone: value('contact.phone'),
    confirmed: value('confirmed'),
    name: value('contact.name'),
    when: value('confirmed'),
    hours: [...form.querySelectorAll('.vcas-hours__row')].map(row => ({
      days: valuesOf(row, row.dataset.days),
      from: row.querySelector('[data-part=from]').value,
      to: row.querySelector('[data-part=to]').value,
    })),
    voicemailAllowed: value('contact.voicemailAllowed'),
    codeWord: value('contact.codeWord'),
    whoElseMayAnswer: value('contact.whoElseMayAnswer'),
    interpreterLanguage: value('contact.interpreterLanguage'),
    relationship: value('contact.relationship'),
    accessibilityNeeds: value('contact.accessibilityNeeds'),
    noNumber: value('contact.noNumber'),
    other: Object.fromEntries(['kind', 'email', 'professional', 'reachedBy', 'place', 'isConfirmed']
      .map(name => [name, value(`contact.routes.${name}`)])),
  };
}

/** The language's name, in the language of the pages. */
export function languageName(code) {
  if (code === 'bfi') return t('contact.signLanguage');
  if (code === 'mis') return t('contact.otherLanguage');
  return new Intl.DisplayNames([language], { type: 'language' }).of(code);
}

// The number in groups, as soon as it is one: to read aloud to whoever gave it. A digit too many or too few is heard.
function phoneField(phone, hint) {
  const heard = h('p', { class: 'govuk-hint vcas-readback', role: 'status' });
  const tell = written => {
    const { e164 } = readNumber(written ?? '');
    heard.textContent = e164 ? t('contact.readBack', { number: inGroups(e164) }) : '';
  };
  tell(phone);
  const field = input('contact.phone', t('contact.phone'), {
    hint: t(hint), type: 'tel', inputmode: 'tel', width: 20, value: phone, size: 's',
    oninput: event => tell(event.target.value),
  });
  field.append(heard);
  return field;
}

const relationships = () => words.Relationship.map(word => [word, label('Relationship', word)]);

const languageChoices = () =>
  [
    ...languages.map(code => [code, languageName(code)]).sort(([, one], [, other]) => one.localeCompare(other)),
    ['mis', languageName('mis')],
  ];

function hoursRow(list, { days: on = [], from = '', to = '' } = {}) {
  const row = h('div', { class: 'vcas-hours__row' });
  const remove = button(t('contact.removeHours'), {
    kind: 'secondary', class: 'vcas-link-button',
    onclick: () => {
      const before = row.previousElementSibling ?? row.nextElementSibling;
      row.remove();
      renumber(list);
      before?.querySelector('input')?.focus();
      changed(list);
    },
  });
  return fill(row,
    h('div', { class: 'vcas-hours__days', 'data-values': on.join(' ') }),
    h('div', { class: 'vcas-hours__times', 'data-from': from, 'data-to': to }),
    remove);
}

// Names and ids hold the row's place, which changes when one before it is taken away: so the controls are made anew, with their values.
function renumber(list) {
  [...list.children].forEach((row, index) => {
    const known = row.dataset.days
      ? {
        days: valuesOf(row, row.dataset.days),
        from: row.querySelector('[data-part=from]').value,
        to: row.querySelector('[data-part=to]').value,
      }
      : null;
    const [daysPlace, timesPlace] = row.children;
    const field = `contact.safeTimes[${index}]`;
    row.dataset.field = field;
    row.dataset.days = `${field}.days`;
    fill(daysPlace, checkboxes(
      `${field}.days`,
      t('contact.days', { number: index + 1 }),
      days.map(value => ({ value, label: t(`times.short.${value}`) })),
      { values: known?.days ?? daysPlace.dataset.values.split(' '), size: 's', small: true, hint: t('contact.daysHint') }));
    fill(timesPlace,
      timeInput(`${field}.from`, t('contact.from'), 'from', known?.from ?? timesPlace.dataset.from),
      timeInput(`${field}.to`, t('contact.to'), 'to', known?.to ?? timesPlace.dataset.to));
    row.lastElementChild.hidden = list.children.length === 1;
  });
}

const timeInput = (field, label, part, value) => input(field, label, { type: 'time', value, 'data-part': part, width: 5 });

// What a button changed is written down like what was typed.
const changed = element => element.dispatchEvent(new Event('change', { bubbles: true }));
