/**
 * Phone numbers as people write them: the same rule as the service's (Offers/PhoneNumbers.cs), so that what is kept on a phone without
 * signal is not refused hours later. tests/Shared/phone-numbers.json holds both to the same examples.
 */
import dialling from './dialling.js';

const longestWritten = 60;
const home = '44';
const placeholder = /^$|000000$/;
// Signs between digits: blanks and dashes of every kind, brackets, points, and marks that can't be seen.
const between = /[\s\x85\p{Z}\p{Pd}\p{Cf}\p{Mn}./()[\]\u00B7\u2022\u2219\uFF08\uFF09\u2212\u02D7\u2043\u2796\u2500\u2501\u30FC]/gu;
// Where a number keeps its first nought behind the country code.
const keepNought = new Set(['225', '229', '241', '242', '378', '379', '39']);
// Area codes within which numbers of nine digits (without the nought) still stand beside those of ten.
const shortAreas = new RegExp(`^1(${[
  '204|208|254|276|297|298|363|364|384|386|404|420|460|461|480|488|524|527|562|566|606|629|635|647|659|695|697|726',
  '744|750|768|827|837|884|900|905|935|946|949|963|995',
].join('|')})`);
const countries = new Map(
  dialling.trim().split(/\s+/).map(entry => entry.split(':')).map(([code, lengths]) => [code, lengths.split(',').map(Number)]));

/** What is written, read: `{ e164 }`, or `{ fault }`, one of the words under `fields.phone` of the texts. */
export function readNumber(written) {
  if (written.length > longestWritten) return { fault: 'tooLong' };
  const signs = written.replace(/\p{Nd}/gu, digit => valueOf(digit)).replaceAll('\uFF0B', '+').replace(between, '');
  if (/\p{L}/u.test(signs)) return { fault: 'letters' };
  const [, prefix, rest] = /^([+0]*)(.*)$/su.exec(signs);
  if (!/^\d*$/.test(rest) || /^\+*$/.test(signs)) return { fault: 'signs' };
  if (rest === '') return { fault: 'placeholder' };
  if (prefix === '' && isShortCode(rest)) return { fault: 'shortCode' };

  const isInternational = prefix.includes('+') || prefix.startsWith('00');
  if (rest.startsWith(home)) {
    const number = rest.slice(home.length).replace(/^0+/, '');
    const fault = atHome(number);
    if (!fault) return { e164: `+${home}${number}` };
    if (isInternational || prefix === '') return { fault };
  }
  if (isInternational && !prefix.endsWith('+0')) {
    const read = abroad(rest);
    // A nought too many in front of a number of this country. With a plus it might as well be +7 with a digit missing.
    if (read.e164 || prefix.includes('+') || atHome(rest)) return read;
  }
  const fault = prefix === '' && rest[0] !== '7' ? 'beginning' : atHome(rest);
  return fault ? { fault } : { e164: `+${home}${rest}` };
}

/** A number (E.164) in groups, as it is read aloud: 07700 900 123. */
export function inGroups(e164) {
  if (!e164.startsWith(`+${home}`)) {
    const code = countryOf(e164.slice(1)) ?? e164.slice(1, 3);
    return `+${code} ${groupsOf(e164.slice(1 + code.length))}`;
  }
  const number = e164.slice(1 + home.length);
  const area = /^(2|5)/.test(number) ? 2 : /^(1[^1]1|11|3|80)/.test(number) ? 3 : 4;
  return `0${number.slice(0, area)} ${groupsOf(number.slice(area))}`;
}

/** A number (E.164) as people in the United Kingdom type it. */
export const asTyped = e164 => (e164.startsWith(`+${home}`) ? `0${e164.slice(3, 7)} ${e164.slice(7)}` : e164);

// A number of this country, without its first nought: what is wrong with it, or nothing.
function atHome(number) {
  if (placeholder.test(number)) return 'placeholder';
  if (isShortCode(number)) return 'shortCode';
  if (/^(9|84|87)/.test(number)) return 'premium';
  if (/^(70|55|76(?!24))/.test(number)) return 'notAHome';
  if (shortAreas.test(number) || number.startsWith('800')) return ofLength(number, [9, 10]);
  if (/^(1(?!0)|2[03489]|3[0347]|56|7|80$|808)/.test(number)) return ofLength(number, [10]);
  return 'beginning';
}

// A number with its country's code.
function abroad(digits) {
  const code = countryOf(digits);
  if (!code) return { fault: 'beginning' };
  const behind = digits.slice(code.length);
  const number = keepNought.has(code) ? behind : behind.replace(/^0+/, '');
  if (placeholder.test(number)) return { fault: 'placeholder' };
  const lengths = countries.get(code);
  if (lengths.includes(number.length)) return { e164: `+${code}${number}` };
  return { fault: number.length > lengths.at(-1) ? 'tooLong' : 'tooShort' };
}

const countryOf = digits => [1, 2, 3].map(length => digits.slice(0, length)).find(code => countries.has(code));
const isShortCode = digits => /^(999|911|8001111|1\d{2,5})$/.test(digits);
const ofLength = (number, lengths) => number.length < lengths[0] ? 'tooShort' : number.length > lengths.at(-1) ? 'tooLong' : undefined;

// Threes from the front, and what is left (two to five) at the end.
const groupsOf = digits => digits.length <= 5 ? digits : digits.length === 8 ? `${digits.slice(0, 4)} ${digits.slice(4)}`
  : digits.length === 7 ? `${digits.slice(0, 3)} ${digits.slice(3)}` : `${digits.slice(0, 3)} ${groupsOf(digits.slice(3))}`;

// Digits of every script stand in runs of ten, beginning with the nought.
function valueOf(digit) {
  let place = 0;
  while (place < 100 && /^\p{Nd}$/u.test(String.fromCodePoint(digit.codePointAt(0) - place - 1))) place++;
  return String(place % 10);
}
