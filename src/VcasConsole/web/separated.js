/**
 * Files of separated values, read in the browser: only so far as it must be known which column is which, and where a long file may be
 * divided. The rules are the API's own (tests/Shared/separated-values.json holds both to the same examples), and what a row means is the
 * API's to say.
 */
const separators = [',', ';', '\t', '|'];
const longestQuote = 50;
const zip = [0x50, 0x4b, 3, 4];
const oldWorkbook = [0xd0, 0xcf, 0x11, 0xe0];

/** Whether this is a workbook of a spreadsheet, and no text. */
export const isWorkbook = bytes => [zip, oldWorkbook].some(signs => signs.every((sign, at) => bytes[at] === sign));

/** The text of a file: UTF-8, UTF-16, or Windows' own letters, which are what a spreadsheet in the United Kingdom saves as CSV. */
export function textOf(bytes) {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return decode('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return decode('utf-16be', bytes);
  if (first && second === 0 && third && fourth === 0) return decode('utf-16le', bytes);
  if (first === 0 && second && third === 0 && fourth) return decode('utf-16be', bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decode('windows-1252', bytes);
  }
}

/**
 * The rows: `{ number, cells, isBroken }`, counted from 1 as a spreadsheet shows them, empty ones too. `isBroken`: where its cells can't be
 * told from one another.
 * @param {string} text
 * @param {(heading: string) => boolean} isHeading  The separator is the one that divides a row into the most of these; where there are
 * none, the one that divides the first row into the most cells.
 */
export function rowsOf(text, isHeading) {
  const lines = text.split(/\r\n|[\r\n\f\u0085\u2028\u2029]/);
  const named = /^sep=(.?)\s*$/i.exec(lines[0]);
  if (named) lines.shift();
  const separator = named ? named[1] || '\t' : separatorOf(lines, isHeading);
  const rows = [];
  const width = Math.max(0, ...lines.slice(0, longestQuote).map(line => split(line, separator).cells.length));
  for (let line = 0; line < lines.length; line++) {
    let { cells, isBroken, isOpen } = split(lines[line], separator);
    if (isOpen) {
      const whole = brokenLines(lines, line, separator, width);
      if (whole) cells = whole.cells;
      else isBroken = true;
      line = whole?.last ?? endOf(lines, line);
    }
    rows.push({ number: rows.length + 1, cells, isBroken });
  }
  return rows;
}

/** Whether nothing stands in a row. */
export const isEmpty = ({ cells, isBroken }) => !isBroken && cells.every(cell => cell.trim() === '');

const decode = (name, bytes) => new TextDecoder(name).decode(bytes);

function separatorOf(lines, isHeading) {
  const most = count => separators.reduce((best, one) => (count(one) > count(best) ? one : best));
  const headingsIn = one => Math.max(...lines.slice(0, longestQuote).map(line => split(line, one).cells.filter(isHeading).length));
  if (separators.some(one => headingsIn(one) > 0)) return most(headingsIn);
  const first = lines.find(line => line.trim() !== '') ?? '';
  return most(one => split(first, one).cells.length);
}

// A row with a cell that goes over several lines; null where a line of it would be a row by itself: then it is a stray mark.
function brokenLines(lines, start, separator, width) {
  let text = lines[start];
  for (let line = start + 1; line < lines.length && line <= start + longestQuote; line++) {
    if (split(lines[line], separator).cells.length >= width) return null;
    text += `\n${lines[line]}`;
    const { cells, isBroken, isOpen } = split(text, separator);
    if (!isOpen) return isBroken ? null : { cells, last: line };
  }
  return null;
}

function endOf(lines, start) {
  for (let line = start + 1; line < lines.length && line <= start + longestQuote; line++) {
    if (lines[line].split('"').length % 2 === 0) return line;
  }
  return start;
}

function split(line, separator) {
  const cells = [];
  let isBroken = false;
  for (let at = 0; ;) {
    let end = next(line, separator, at);
    if (line[at] === '"') {
      const { inside, after } = quoted(line, at + 1);
      if (after < 0) return { cells: [...cells, inside], isBroken, isOpen: true };
      isBroken ||= after < line.length && line[after] !== separator;
      cells.push(inside);
      end = next(line, separator, after);
    } else cells.push(line.slice(at, end));
    if (end >= line.length) return { cells, isBroken, isOpen: false };
    at = end + 1;
  }
}

function next(line, separator, from) {
  const at = line.indexOf(separator, from);
  return at < 0 ? line.length : at;
}

// What stands between two quotation marks, where two of them mean one, and the place after the closing one; -1 where there is none.
function quoted(line, from) {
  let inside = '';
  for (let at = from; at < line.length; at++) {
    if (line[at] !== '"') inside += line[at];
    else if (line[at + 1] === '"') inside += line[at++];
    else return { inside, after: at + 1 };
  }
  return { inside, after: -1 };
}
