/** The figures of the uptake as people read them. What is not told for publication is told nowhere: not in a word, not by a length. */
import { queryOf } from './addresses.js';
import { language, t } from './texts.js';

const ways = ['year', 'halfYear', 'quarter', 'month', 'financialYear', 'team', 'total'];
const parts = ['acceptedAtOffer', 'acceptedAtCallBack', 'acceptedOtherwise'];
const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** The lengths of which a bar can be made, in their order. */
export const lengthNames = [...parts, 'rest'];

/** The ways in which the figures can be cut; for publication the finest that may be published is one more. */
export const waysOf = isPublished => (isPublished ? ['finest', ...ways] : ways);

/** What an address asks for: by year, of the whole time, unless it says otherwise. */
export function wantedIn(query) {
  const isPublished = query.get('publish') === 'yes';
  const by = waysOf(isPublished).includes(query.get('by')) ? query.get('by') : isPublished ? 'finest' : 'year';
  return { by, from: dateIn(query.get('from')), to: dateIn(query.get('to')), isPublished };
}

/** The address of what was chosen, from a page that showed the figures for publication or did not. */
export function addressOf({ by, from, to, isPublished }, wasPublished) {
  // Whoever turns to publication is proposed the finest cut first.
  const query = queryOf({ by: isPublished === wasPublished ? by : '', from, to, publish: isPublished ? 'yes' : '' });
  return `/console/uptake?${query}`;
}

/** A line with its group, its figures, and a word in place of each figure that is not told. */
export const flat = line => ({ group: line.group, ...(line.figures ?? line), ...line.hidden });

/** What a line is called. A group may be of several spans, or of a span and a team: each month in it reads as people say it. */
export const nameOf = ({ group }) => group.replace(/\b\d{4}-\d{2}\b/g, found => month.format(new Date(`${found}-01`)));

/** What other ways to break the figures down would show, the longest table first: name, address and what is said of each. */
export const choicesOf = (choices, { from, to }) => [...choices].sort((one, other) => other.lines - one.lines).map(
  ({ by, lines, tooSmall, tellsUptake }) => ({
    by,
    name: t(`uptake.ways.${by}`),
    address: addressOf({ by, from, to, isPublished: true }, true),
    lines: `${lines}`,
    tooSmall: `${tooSmall}`,
    tells: t(tellsUptake ? 'uptake.yes' : 'uptake.no'),
  }));

/** What the proposal is and why, in a sentence or two. */
export const proposalSaid = ({ lines, hidden }, way) => [
  lines.length === 0 ? t('uptake.proposedTotal') : t('uptake.proposed', { cut: way, count: lines.length }),
  hidden === 0 ? t('uptake.nothingHidden') : t('uptake.hiddenCount', { count: hidden }),
].join(' ');

/** A day, as it stands above the figures. */
export const dateOf = iso => date.format(new Date(iso));

/** A figure as it stands in a table. */
export function figureOf(name, value) {
  if (value === 'few') return t('uptake.few');
  if (value === 'withheld') return t('uptake.withheld');
  if (value === null || value === undefined) return t('uptake.none');
  return name.startsWith('uptake') ? t('uptake.percent', { value }) : `${value}`;
}

/** What is written over a line's bar. */
export function saidOf({ offers, accepted, uptake }) {
  if (!isFigure(offers)) return t('uptake.offersUntold', { offers: figureOf('offers', offers) });
  return isFigure(accepted)
    ? t('uptake.said', { offers, accepted, uptake })
    : t('uptake.saidUntold', { offers, accepted: figureOf('accepted', accepted) });
}

/** The lengths of which a line's bar is made. What is not told is not drawn: a bar's length would tell it. */
export function lengthsOf(line) {
  if (!isFigure(line.offers)) return [];
  if (!parts.every(part => isFigure(line[part]))) return [['untold', line.offers]];
  const lengths = { ...line, rest: line.offers - line.acceptedAtOffer - line.acceptedAtCallBack - line.acceptedOtherwise };
  return lengthNames.map(part => [part, lengths[part]]).filter(([, length]) => length > 0);
}

/** The length to which the longest bar is drawn. */
export const longestOf = lines => Math.max(1, ...lines.map(({ offers }) => (isFigure(offers) ? offers : 0)));

const isFigure = value => typeof value === 'number';
const dateIn = text => (/^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? text : '');
