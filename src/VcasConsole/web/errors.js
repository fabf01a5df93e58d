/** Errors as the GOV.UK Design System shows them: a summary that takes the focus, and each at its field. */
import { h } from './dom.js';
import { idOf } from './controls.js';
import { fieldsAround } from './problems.js';
import { t } from './texts.js';

/**
 * Shows errors in a form; with none, takes away those that stood there.
 * @param {HTMLElement} form
 * @param {{field?: string, message: string}[]} errors  In the order of the page.
 */
export function showErrors(form, errors) {
  form.querySelector('.govuk-error-summary')?.remove();
  for (const group of form.querySelectorAll('[data-field].govuk-form-group--error')) clear(group);
  document.title = document.title.replace(t('errors.titlePrefix'), '');
  if (errors.length === 0) return;

  for (const error of errors) mark(form, error);
  const summary = h(
    'div', { class: 'govuk-error-summary', tabindex: '-1' },
    h(
      'div', { role: 'alert' },
      h('h2', { class: 'govuk-error-summary__title' }, t('errors.title')),
      h('div', { class: 'govuk-error-summary__body' },
        h('ul', { class: 'govuk-list govuk-error-summary__list' }, errors.map(error => h('li', {}, entry(form, error)))))));
  form.prepend(summary);
  document.title = t('errors.titlePrefix') + document.title;
  summary.focus();
}

function groupOf(form, field) {
  if (!field) return null;
  for (const path of fieldsAround(field)) {
    const group = form.querySelector(`[data-field="${path}"]`);
    if (group && !group.closest('[hidden]')) return group;
  }
  return null;
}

function mark(form, { field, message }) {
  const group = groupOf(form, field);
  if (!group || group.classList.contains('govuk-form-group--error')) return;
  const id = `${idOf(group.dataset.field)}-error`;
  const error = h('p', { class: 'govuk-error-message', id }, h('span', { class: 'govuk-visually-hidden' }, t('errors.prefix')), message);
  group.classList.add('govuk-form-group--error');
  const described = group.querySelector('fieldset') ?? group.querySelector('input, select, textarea');
  const place = group.querySelector('.govuk-radios, .govuk-checkboxes') ?? group.querySelector('input, select, textarea');
  place?.before(error);
  if (described) described.setAttribute('aria-describedby', [described.getAttribute('aria-describedby'), id].filter(Boolean).join(' '));
  group.querySelector('.govuk-input')?.classList.add('govuk-input--error');
}

function clear(group) {
  const error = group.querySelector('.govuk-error-message');
  for (const described of group.querySelectorAll('[aria-describedby]')) {
    const left = described.getAttribute('aria-describedby').split(' ').filter(id => id !== error?.id);
    if (left.length) described.setAttribute('aria-describedby', left.join(' '));
    else described.removeAttribute('aria-describedby');
  }
  error?.remove();
  group.classList.remove('govuk-form-group--error');
  group.querySelector('.govuk-input--error')?.classList.remove('govuk-input--error');
}

function entry(form, error) {
  const control = groupOf(form, error.field)?.querySelector('input, select, textarea');
  if (!control) return error.message;
  return h('a', { href: `#${control.id}`, onclick: event => { event.preventDefault(); open(control); control.focus(); } }, error.message);
}

// A field inside closed details has to be seen before it can be mended.
function open(control) {
  const closed = control.closest('details');
  if (closed) closed.open = true;
}
