/**
 * The GOV.UK Design System's form controls. Each stands in a group that bears the API's name of its field (`data-field`), by which
 * errors.js finds where an error belongs.
 */
import { h } from './dom.js';

/** An id that a field's path makes: `contact.phone` becomes `contact-phone`. */
export const idOf = field => field.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '');

/** A field for a text. `options`: hint, type, inputmode, width (characters), value, attributes. */
export function input(field, label, { hint, width, value = '', size, ...attributes } = {}) {
  const id = idOf(field);
  return group(field, [
    h('label', { class: `govuk-label${size ? ` govuk-label--${size}` : ''}`, for: id }, label),
    hint && hintOf(id, hint),
    h('input', {
      class: `govuk-input${width ? ` govuk-input--width-${width}` : ''}`,
      id, name: field, type: 'text', autocomplete: 'off', value, 'aria-describedby': hint && `${id}-hint`, ...attributes,
    }),
  ]);
}

/** A field for a longer text. */
export function textarea(field, label, { hint, rows = 2, value = '', ...attributes } = {}) {
  const id = idOf(field);
  const area = h(
    'textarea',
    { class: 'govuk-textarea', id, name: field, rows, autocomplete: 'off', 'aria-describedby': hint && `${id}-hint`, ...attributes });
  area.defaultValue = value;
  return group(field, [h('label', { class: 'govuk-label', for: id }, label), hint && hintOf(id, hint), area]);
}

/** A choice from a list: `choices` are `[value, label]`. */
export function select(field, label, choices, { hint, value = '', ...attributes } = {}) {
  const id = idOf(field);
  return group(field, [
    h('label', { class: 'govuk-label', for: id }, label),
    hint && hintOf(id, hint),
    h('select', { class: 'govuk-select', id, name: field, 'aria-describedby': hint && `${id}-hint`, ...attributes },
      choices.map(([word, text]) => h('option', { value: word, selected: word === value }, text))),
  ]);
}

/** One of several. `choices`: `{ value, label, hint, reveal }`; what `reveal` holds shows while it is chosen. */
export function radios(field, legend, choices, { hint, value, size = 'm', small = false, inline = false } = {}) {
  const name = field;
  const items = choices.flatMap(
    (choice, index) => item('radio', 'radios', name, `${idOf(field)}${index ? `-${index}` : ''}`, choice, choice.value === value));
  const list = h('div', { class: `govuk-radios${small ? ' govuk-radios--small' : ''}${inline ? ' govuk-radios--inline' : ''}` }, items);
  list.addEventListener('change', () => revealIn(list));
  revealIn(list);
  return group(field, [fieldset(idOf(field), legend, size, hint, list)]);
}

/** Any of several. `values` are those ticked. */
export function checkboxes(field, legend, choices, { hint, values = [], size = 'm', small = false } = {}) {
  const items = choices.flatMap((choice, index) =>
    item('checkbox', 'checkboxes', field, `${idOf(field)}${index ? `-${index}` : ''}`, choice, values.includes(choice.value)));
  const list = h('div', { class: `govuk-checkboxes${small ? ' govuk-checkboxes--small' : ''}` }, items);
  list.addEventListener('change', () => revealIn(list));
  revealIn(list);
  return group(field, [fieldset(idOf(field), legend, size, hint, list)]);
}

/** A single box that says yes. */
export function checkbox(field, label, { hint, checked = false, reveal } = {}) {
  const list = h('div', { class: 'govuk-checkboxes' },
    item('checkbox', 'checkboxes', field, idOf(field), { value: 'yes', label, hint, reveal }, checked));
  list.addEventListener('change', () => revealIn(list));
  revealIn(list);
  return group(field, [list]);
}

/** A button; `kind` secondary or warning, `class` one more class. */
export const button = (text, { kind, type = 'button', class: more, ...attributes } = {}) =>
  h('button', { class: ['govuk-button', kind && `govuk-button--${kind}`, more].filter(Boolean).join(' '), type, ...attributes }, text);

/** Buttons side by side. */
export const buttons = (...children) => h('div', { class: 'govuk-button-group' }, ...children);

/** A form that never leaves the page: `submit` gets what was chosen. The browser's own checks would hide the error summary. */
export function form(submit, ...children) {
  return h('form', { novalidate: true, onsubmit: event => { event.preventDefault(); submit(event.currentTarget); } }, ...children);
}

/** The value of a field of a form: of radios the one chosen, of one box whether it is ticked. */
export function valueOf(root, field) {
  const found = [...root.querySelectorAll(`[name="${field}"]`)];
  if (found.length === 0) return undefined;
  if (found[0].type === 'radio') return found.find(control => control.checked)?.value;
  if (found[0].type === 'checkbox') return found[0].checked;
  return found[0].value.trim();
}

/** The values ticked. */
export const valuesOf = (root, field) => [...root.querySelectorAll(`[name="${field}"]:checked`)].map(control => control.value);

function group(field, children) {
  return h('div', { class: 'govuk-form-group', 'data-field': field }, children);
}

const hintOf = (id, hint) => h('div', { class: 'govuk-hint', id: `${id}-hint` }, hint);

function fieldset(id, legend, size, hint, list) {
  return h(
    'fieldset', { class: 'govuk-fieldset', 'aria-describedby': hint && `${id}-hint` },
    h('legend', { class: `govuk-fieldset__legend govuk-fieldset__legend--${size}` }, legend),
    hint && hintOf(id, hint),
    list);
}

function item(type, block, name, id, { value, label, hint, reveal }, checked) {
  const control = h(
    'input', { class: `govuk-${block}__input`, id, name, type, value, checked, 'aria-describedby': hint && `${id}-item-hint` });
  const shown = reveal && h('div', { class: `govuk-${block}__conditional`, id: `conditional-${id}`, 'data-reveal-for': id }, reveal);
  return [
    h(
      'div', { class: `govuk-${block}__item` },
      control,
      h('label', { class: `govuk-label govuk-${block}__label`, for: id }, label),
      hint && h('div', { class: `govuk-hint govuk-${block}__hint`, id: `${id}-item-hint` }, hint)),
    shown,
  ].filter(Boolean);
}

// What is revealed is hidden for everybody while its choice is not made: its fields are then not read either.
function revealIn(list) {
  for (const shown of list.querySelectorAll(':scope > [data-reveal-for]')) {
    shown.hidden = !list.querySelector(`[id="${shown.dataset.revealFor}"]`).checked;
  }
}
