/** Tables of figures. On a narrow window a table scrolls by itself, also by keyboard, and the page stays. */
import { h } from './dom.js';

/**
 * A table.
 * @param {string} caption
 * @param {string[]} columns  Their names; the first is that of the rows.
 * @param {(string|Node)[][]} rows  Each begins with its name.
 * @param options  `last`: whether the last row is the sum of the others; `text`: whether its cells are words, not figures.
 */
export function table(caption, columns, rows, { last = false, text = false } = {}) {
  const id = `table-${caption.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  const figures = text ? '' : '--numeric';
  // The heading stands outside: a caption would be as wide as the table, and run out of a narrow window.
  return h(
    'div', { class: 'vcas-tabled' },
    h('h2', { class: 'govuk-heading-m', id }, caption),
    h('div', { class: 'vcas-table', role: 'region', 'aria-labelledby': id, tabindex: '0' },
      h('table', { class: 'govuk-table', 'aria-labelledby': id },
        h('thead', {}, h('tr', { class: 'govuk-table__row' }, columns.map((name, index) => h(
          'th', { class: `govuk-table__header${index > 0 && figures ? ` govuk-table__header${figures}` : ''}`, scope: 'col' }, name)))),
        h('tbody', {}, rows.map((row, number) => h(
          'tr', { class: `govuk-table__row${last && number === rows.length - 1 ? ' vcas-table__last' : ''}` },
          row.map((cell, index) => index === 0
            ? h('th', { class: 'govuk-table__header', scope: 'row' }, cell)
            : h('td', { class: `govuk-table__cell${figures ? ` govuk-table__cell${figures}` : ''}` }, cell))))))));
}
