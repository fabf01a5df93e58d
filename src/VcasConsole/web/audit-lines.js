/** The audit as people read it: what each entry means, what can be asked for, and the file of what is shown. */
import { csvOf } from './csv.js';
import { maybe, t } from './texts.js';

const aDay = 86_400_000;
const everything = '2001-01-01';

/** So many days are asked for at once, unless it is one household's. */
export const mostDays = 31;
const usualDays = 7;

/** A household's short reference, by its id. */
export const referenceOf = id => `CB-${id.slice(0, 6).toUpperCase()}`;

/** A reference as it was meant, in any spelling: an O can only be a nought, an I or an L only a one. Null where it is none. */
export function referenceIn(text) {
  const digits = /^(?:CB[\s\-–_.:/]*)?([0-9A-FOIL]{6})$/i.exec(text.trim())?.[1];
  return digits ? `CB-${digits.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1')}` : null;
}

/** The entries of a stored text of one JSON object a line; undefined where a line is none: an answer that was cut short. */
export function linesOf(text) {
  try {
    return text.split('\n').filter(Boolean).map(line => JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** What is asked for of the API: the last days, or all that was ever done with one household, where no day is given. */
export function queryFor({ reference, actor, kind, from, to }, today) {
  const last = to || today;
  return { reference, actor, kind, to: last, from: from || (reference ? everything : addDays(last, 1 - usualDays)) };
}

/** How many days a query asks for. */
export const daysIn = ({ from, to }) => Math.round((Date.parse(to) - Date.parse(from)) / aDay) + 1;

/** What was done, in words: an event of a household's, something that was read, or a refusal. Unknown ones keep their name. */
export const whatOf = ({ what }) => maybe(`audit.what.${what}`) ?? maybe(`trail.${what}`) ?? what;

/** In which role it was done. */
export const roleOf = ({ by }) => maybe(`trailBy.${by}`) ?? maybe(`audit.by.${by}`) ?? by;

/** Why: the reason that was given, or of what was given to others its lawful basis. */
export const whyOf = ({ why }) =>
  why && (maybe(`words.ReadReason.${why}`) ?? maybe(`audit.why.${why}`) ?? maybe(`words.LawfulBasis.${why}`) ?? why);

/** Who received it. */
export const toOf = ({ to }) => to && (maybe(`audit.to.${to}`) ?? to);

/** What else the entry tells: how many were shown, or what was refused and why. */
export function moreOf({ data }) {
  const stored = parsed(data);
  const refused = stored.code ? stored : stored.asked?.code ? stored.asked : null;
  if (refused) {
    return t('audit.refused', {
      command: refused.command, code: refused.code, why: maybe(`problems.${refused.code}.message`) ?? t('audit.noWords'),
    });
  }
  return Number.isInteger(stored.count) && stored.count > 0 ? t('audit.count', { count: stored.count }) : '';
}

/** A CSV file of these entries: as they are stored, with what each means. */
export const fileOf = lines => csvOf([
  ['at', 'meaning', 'kind', 'what', 'by', 'byId', 'why', 'to', 'reference', 'offerId', 'entry', 'data'],
  ...lines.map(line => [
    line.at, [whatOf(line), moreOf(line)].filter(Boolean).join('. '), line.kind, line.what, line.by, line.byId, line.why, line.to,
    line.offerId && referenceOf(line.offerId), line.offerId, line.entry, line.data,
  ]),
]);

function addDays(iso, count) {
  return new Date(Date.parse(iso) + count * aDay).toISOString().slice(0, 10);
}

function parsed(data) {
  try {
    return JSON.parse(data) ?? {};
  } catch {
    return {};
  }
}
