/** Files that a page makes. */

/** Lets the browser keep a text as a file. */
export function download(name, text, type = 'text/csv') {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}

/** A CSV file, RFC 4180. A cell that begins like a formula gets an apostrophe: a spreadsheet would carry it out. */
export const csvOf = rows => rows.map(row => row.map(cellOf).join(',')).join('\r\n') + '\r\n';

function cellOf(value) {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value ?? ''}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
