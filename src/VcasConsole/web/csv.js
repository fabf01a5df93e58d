/** CSV files: those that a page writes, and places in those that it was given. */

/** A CSV file, RFC 4180. A cell that begins like a formula gets an apostrophe: a spreadsheet would carry it out. */
export const csvOf = rows => rows.map(row => row.map(cellOf).join(',')).join('\r\n') + '\r\n';

/** The same rows as a spreadsheet takes them from the clipboard: cells between tabs. */
export const tabbedOf = rows => rows.map(row => row.map(cell => safe(cell).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\r\n');

/** A row for a program to read: each cell as it is. */
export const lineOf = cells => cells.map(quoted).join(',');

/** The row and the column that an error of the API's names, as `row 3, answer`. */
export function placeOf(field) {
  const [, row, column] = /^row (\d+)(?:, (\w+))?$/.exec(field) ?? [null, field, ''];
  return { row, column: column ?? '' };
}

const cellOf = value => quoted(safe(value));
const safe = value => (typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value ?? ''}`);

const quoted = text => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
