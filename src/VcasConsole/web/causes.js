/** What is wrong in a file, one line for each cause: the same mistake in three rows is one thing to mend. */
import { placeOf } from './csv.js';
import { language, t } from './texts.js';

const mostNamed = 6;
const list = new Intl.ListFormat(language, { style: 'long', type: 'conjunction' });

/**
 * The causes in the order in which they come first.
 * @param {{field: string, message: string}[]} errors  As the API names them.
 * @returns {{rows: string, column: string, message: string}[]}
 */
export function causesOf(errors) {
  const causes = new Map();
  for (const { field, message } of errors) {
    const { row, column } = placeOf(field);
    const key = JSON.stringify([column, message]);
    if (!causes.has(key)) causes.set(key, { rows: [], column, message });
    causes.get(key).rows.push(row);
  }
  return [...causes.values()].map(cause => ({ ...cause, rows: rowsSaid(cause.rows) }));
}

function rowsSaid(rows) {
  if (rows.length <= mostNamed) return list.format(rows);
  return list.format([...rows.slice(0, mostNamed - 1), t('history.more', { count: rows.length - mostNamed + 1 })]);
}
