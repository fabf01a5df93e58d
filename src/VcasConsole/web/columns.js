/**
 * Which column of a file is which of ours. Files that people keep have headings of their own: what each stands for is proposed by likeness,
 * chosen by whoever knows the file, and remembered on this device once a file so read was found sound. What is left out never leaves
 * the device.
 */
import { lineOf } from './csv.js';
import { phone } from './remembered.js';
import { isEmpty } from './separated.js';
import { t } from './texts.js';

/** Our columns. */
export const columnNames = ['reference', 'offeredAt', 'answer', 'team', 'callBack', 'calledAt', 'direction'];

/** Without these nothing can be counted. */
export const compulsory = columnNames.slice(0, 3);

const rememberedKey = 'vcas.columns';
const mostRemembered = 100;
const alikeEnough = 0.6;
const mostAbove = 10;

/** Whether a heading is one of ours, in whatever case. */
export const isOurs = heading => nameOf(heading) !== '';

/**
 * The heading line: `{ row, columns }`, the columns `{ at, heading, example }`. A title above it is passed over. `null` where there is
 * none, or where it can't be told: then the API says what is wrong.
 */
export function headOf(rows) {
  const first = rows.find(row => !isEmpty(row));
  if (!first || first.isBroken) return null;
  const filled = row => row.cells.filter(cell => cell.trim() !== '').length;
  const head = filled(first) > 1 ? first
    : rows.find(row => row.number > first.number && row.number < first.number + mostAbove && !row.isBroken && filled(row) > 2) ?? first;
  // A row that holds a day is somebody's data.
  if (filled(head) < 2 || head.cells.some(cell => /\d[/.-]\d/.test(cell))) return null;
  const below = rows.filter(row => row.number > head.number && !row.isBroken);
  const columns = head.cells.map((cell, at) => ({
    at, heading: said(cell), example: said(below.find(row => row.cells[at]?.trim())?.cells[at] ?? ''),
  }));
  return { row: head.number, columns: columns.filter(({ heading, example }) => heading || example) };
}

/** Whether all of them are headings that the API knows. */
export const areOurs = ({ columns }) => columns.every(({ heading }) => isOurs(heading));

/** What each column stands for, of our names; empty where it is left out. `isSure`: whether nobody needs to be asked. */
export function proposed(columns) {
  const known = remembered();
  const choice = columns.map(({ heading }) => (isOurs(heading) ? nameOf(heading) : known[keyOf(heading)]));
  const isSure = choice.every(name => name !== undefined) && mistakesIn(choice).length === 0;
  // Each for what it is most like alone: a second guess would be a bad one.
  const guesses = columns.flatMap(({ heading }, index) => (choice[index] === undefined ? [{ index, ...guessOf(heading) }] : []));
  for (const { index, name, likeness } of guesses.sort((one, other) => other.likeness - one.likeness)) {
    if (likeness >= alikeEnough && !choice.includes(name)) choice[index] = name;
  }
  return { choice: choice.map(name => name ?? ''), isSure };
}

/** What is wrong with a choice: `{ missing }` or `{ twice, index }`, names of ours. */
export const mistakesIn = choice => [
  ...compulsory.filter(name => !choice.includes(name)).map(missing => ({ missing })),
  ...choice.flatMap((name, index) => (name && choice.indexOf(name) < index ? [{ twice: name, index }] : [])),
];

/** Remembers a choice on this device: headings alone, nothing of what stands under them. */
export function remember(columns, choice) {
  const own = columns.flatMap(({ heading }, index) => (heading && !isOurs(heading) ? [[keyOf(heading), choice[index]]] : []));
  const all = Object.entries({ ...remembered(), ...Object.fromEntries(own) });
  phone.set(rememberedKey, JSON.stringify(Object.fromEntries(all.slice(-mostRemembered))));
}

/**
 * Rows that can't be read by their columns: `{ number, broken }` where a quotation mark is astray, `{ number, column }` where something
 * stands beyond the headings.
 */
export function faultsIn(rows, head) {
  const width = rows[head.row - 1].cells.length;
  return rows.filter(row => row.number > head.row).flatMap(row => {
    if (row.isBroken) return [{ number: row.number, broken: true }];
    const column = row.cells.findIndex((cell, at) => at >= width && cell.trim() !== '');
    return column < 0 ? [] : [{ number: row.number, column: letterOf(column) }];
  });
}

/**
 * The file as the API reads it, with the columns that were chosen and no other: its heading line, and each row's line, at the place of its
 * number, so that the API's numbers are those of the file.
 */
export function rewritten(rows, head, choice) {
  const taken = head.columns.map(({ at }, index) => ({ at, name: choice[index] })).filter(({ name }) => name);
  return {
    before: head.row - 1,
    heading: lineOf(taken.map(({ name }) => name)),
    // Within a cell of ours a line break means no more than a blank.
    lines: rows.slice(head.row).map(row => (isEmpty(row) ? '' : lineOf(taken.map(({ at }) => onOneLine(row.cells[at]))))),
  };
}

/** The whole of it as one text. */
export const wholeOf = ({ before, heading, lines }) => '\n'.repeat(before) + [heading, ...lines].join('\n');

/** The letter of a column, as spreadsheets have it. */
export const letterOf = at => (at < 26 ? '' : letterOf(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));

function remembered() {
  try {
    const kept = JSON.parse(phone.get(rememberedKey) ?? '{}');
    return Object.fromEntries(Object.entries(kept).filter(([, name]) => name === '' || columnNames.includes(name)));
  } catch {
    return {};
  }
}

const onOneLine = (cell = '') => cell.replaceAll('\n', ' ');
const nameOf = heading => columnNames.find(name => name.toLowerCase() === heading.trim().toLowerCase()) ?? '';
const said = cell => cell.replace(/\s+/g, ' ').trim().slice(0, 60);
const keyOf = heading => heading.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

// Of two that are equally like it, the longer name says more.
const guessOf = heading => columnNames
  .flatMap(name => [name.replace(/[A-Z]/g, ' $&'), ...t(`history.alike.${name}`).split(',')].map(other => ({
    name, likeness: shared(pairsIn(keyOf(heading)), pairsIn(keyOf(other))) + other.length / 1_000,
  })))
  .reduce((best, one) => (one.likeness > best.likeness ? one : best));

// Dice's: of the pairs of letters in both, how many they share.
function shared(one, other) {
  const left = [...other];
  const both = one.filter(pair => {
    const at = left.indexOf(pair);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return one.length + other.length === 0 ? 0 : 2 * both.length / (one.length + other.length);
}

const pairsIn = text => Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
