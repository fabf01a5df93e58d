/** Makes elements. What a person typed is only ever set as text: nothing of it is read as markup. */

/** An element: `h('p', { class: 'govuk-body', onclick: go }, 'Text', otherElement)`. Children that are null or false are left out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(3).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** A heading. */
export const heading = (level, text, size = 'm') => h(`h${level}`, { class: `govuk-heading-${size}` }, text);

/** A paragraph. */
export const para = (...children) => h('p', { class: 'govuk-body' }, ...children);

/** A bulleted list. */
export const bullets = items => h('ul', { class: 'govuk-list govuk-list--bullet' }, items.map(item => h('li', {}, item)));

/** A link to another page. */
export const link = (href, ...children) => h('a', { class: 'govuk-link', href }, ...children);

/** A tag: a word in a colour of its own; the word alone tells it already. */
export const tag = (text, colour) => h('strong', { class: `govuk-tag govuk-tag--${colour}` }, text);

/** Text that must not be overlooked; `lead` says aloud what the sign shows. */
export const warning = (lead, ...children) => h(
  'div', { class: 'govuk-warning-text' },
  h('span', { class: 'govuk-warning-text__icon', 'aria-hidden': 'true' }, '!'),
  h('strong', { class: 'govuk-warning-text__text' }, h('span', { class: 'govuk-visually-hidden' }, lead), ...children));

/** Text set apart. */
export const inset = (...children) => h('div', { class: 'govuk-inset-text' }, ...children);

/** More, for those who open it. */
export const details = (summary, ...children) => h(
  'details', { class: 'govuk-details' },
  h('summary', { class: 'govuk-details__summary' }, h('span', { class: 'govuk-details__summary-text' }, summary)),
  h('div', { class: 'govuk-details__text' }, ...children));

/** What is known, as pairs; pairs without a value are left out. */
export const summaryList = pairs => h('dl', { class: 'govuk-summary-list' }, pairs
  .filter(([, value]) => value !== undefined && value !== null && value !== '')
  .map(([key, value]) => h(
    'div', { class: 'govuk-summary-list__row' },
    h('dt', { class: 'govuk-summary-list__key' }, key),
    h('dd', { class: 'govuk-summary-list__value' }, value))));

/** Puts other children into an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}
