/** Uptake: the practice note's table with a chart, and what the note could not see; as a file, and as it may be published. */
import { readUptake, readUptakeFile } from '../api.js';
import { chart } from '../chart.js';
import { button, buttons, checkbox, form, input, radios, valueOf } from '../controls.js';
import { h, details, inset, para } from '../dom.js';
import { download } from '../downloads.js';
import { showErrors } from '../errors.js';
import { attempt, navigate, show } from '../page.js';
import { table } from '../tables.js';
import { language, t } from '../texts.js';

const ways = ['year', 'halfYear', 'quarter', 'month', 'team'];
const note = ['offers', 'acceptedAtOffer', 'acceptedAtCallBack', 'acceptedOtherwise', 'accepted', 'uptake'];
const asked = ['asked', 'neverAsked', 'uptakeOfAsked'];
const support = [
  'referralsMade', 'supportGiven', 'supportNotGiven', 'referralsAwaited', 'beingSupported', 'referralsRejected', 'referralsWithdrawn',
  'closedCompleted', 'closedNeedsMet', 'closedMoved', 'closedDied', 'closedOther', 'closedNotEngaged',
];
const unseen = [
  'callBacksDue', 'attempted', 'reached', 'notReached', 'held', 'missed', 'open', 'notRecorded', 'daysToCall', 'daysToAnswer',
];
const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Shows the figures that the address asks for: by year, of the whole time, unless it says otherwise. */
export async function open(turn) {
  const query = new URLSearchParams(location.search);
  const isPublished = query.get('publish') === 'yes';
  const choices = isPublished ? ['finest', ...ways] : ways;
  const wanted = {
    by: choices.includes(query.get('by')) ? query.get('by') : isPublished ? 'finest' : 'year',
    from: dateIn(query.get('from')), to: dateIn(query.get('to')), isPublished,
  };
  const title = t('uptake.title');
  await attempt(turn, title, async () => {
    const { from, to, by } = wanted;
    const answer = await readUptake(turn, { from, to, by, publish: isPublished ? 'true' : '' });
    const shown = isPublished ? answer.published : answer;
    // What is not told stands in place of the figure, as a word.
    const flat = line => ({ group: line.group, ...(line.figures ?? line), ...line.hidden });
    const [lines, total] = [shown.lines.map(flat), flat(shown.total)];
    const cut = isPublished ? shown.by : by;
    const way = isPublished && shown.andTeam ? t('uptake.ways.andTeam', { by: t(`uptake.ways.${cut}`) }) : t(`uptake.ways.${cut}`);
    const period = t('uptake.period', { from: date.format(new Date(answer.from)), to: date.format(new Date(answer.to)) });
    const tables = { note, asked, unseen, support };
    show(
      turn, title,
      narrow(wanted),
      h('h2', { class: 'govuk-heading-m' }, period),
      para(t('uptake.households')),
      isPublished ? published(t('uptake.cut', { cut: way })) : inset(t('uptake.notForPublication')),
      total.offers === 0 ? para(t('uptake.empty')) : [
        lines.length > 0 && chart(t(`uptake.chart.${cut}`), lines, nameOf, saidOf),
        Object.entries(tables).map(([name, columns]) => tableOf(t(`uptake.${name}`), columns, lines, total, way)),
        details(t('uptake.words'), h('dl', { class: 'govuk-summary-list' }, Object.values(tables).flat().map(name => h(
          'div',
          { class: 'govuk-summary-list__row' },
          h('dt', { class: 'govuk-summary-list__key' }, t(`uptake.columns.${name}`)),
          h('dd', { class: 'govuk-summary-list__value' }, t(`uptake.meaning.${name}`)))))),
        buttons(button(
          t(isPublished ? 'uptake.downloadPublished' : 'uptake.download'),
          { kind: 'secondary', onclick: () => attempt(turn, title, keep) })),
      ]);

    async function keep() {
      const name = `uptake-by-${by}-${answer.from}-to-${answer.to}${isPublished ? '-for-publication' : ''}.csv`;
      download(name, await readUptakeFile(turn, { from, to, by, publish: isPublished ? 'true' : 'false' }));
    }
  });
}

function narrow({ by, from, to, isPublished }) {
  const choices = isPublished ? ['finest', ...ways] : ways;
  const whole = form(
    () => {
      const [first, last] = [valueOf(whole, 'from'), valueOf(whole, 'to')];
      if (first && last && last < first) return showErrors(whole, [{ field: 'to', message: t('uptake.toBeforeFrom') }]);
      const query = new URLSearchParams();
      // Whoever turns to publication is proposed the finest cut first.
      if (isPublished === valueOf(whole, 'publish')) query.set('by', valueOf(whole, 'by'));
      if (first) query.set('from', first);
      if (last) query.set('to', last);
      if (valueOf(whole, 'publish')) query.set('publish', 'yes');
      return navigate(`/console/uptake?${query}`);
    },
    h('div', { class: 'vcas-period' },
      input('from', t('uptake.from'), { type: 'date', value: from, hint: t('uptake.fromHint'), width: 10 }),
      input('to', t('uptake.to'), { type: 'date', value: to, hint: t('uptake.toHint'), width: 10 })),
    radios('by', t('uptake.by'), choices.map(value => ({ value, label: t(`uptake.ways.${value}`) })),
      { value: by, size: 's', inline: true, small: true }),
    checkbox('publish', t('uptake.publish'), { hint: t('uptake.publishHint'), checked: isPublished }),
    button(t('callBacks.show'), { type: 'submit' }));
  return whole;
}

const published = cut => inset(
  h('p', { class: 'govuk-body' }, h('strong', {}, t('uptake.published'))), h('p', { class: 'govuk-body' }, cut),
  h('p', { class: 'govuk-body' }, t('uptake.rule')), h('p', { class: 'govuk-body' }, t('uptake.ruleBounds')));

const tableOf = (caption, columns, lines, total, way) => table(
  caption, [way, ...columns.map(name => t(`uptake.columns.${name}`))],
  [
    ...lines.map(line => [nameOf(line), ...columns.map(name => figure(name, line[name]))]),
    [t('uptake.total'), ...columns.map(name => figure(name, total[name]))],
  ],
  { last: true });

// A group may be of several spans, or of a span and a team: each month in it reads as people say it.
const nameOf = ({ group }) => group.replace(/\b\d{4}-\d{2}\b/g, found => month.format(new Date(`${found}-01`)));

function saidOf({ offers, accepted, uptake }) {
  if (typeof offers !== 'number') return t('uptake.offersUntold', { offers: figure('offers', offers) });
  return typeof accepted === 'number'
    ? t('uptake.said', { offers, accepted, uptake })
    : t('uptake.saidUntold', { offers, accepted: figure('accepted', accepted) });
}

function figure(name, value) {
  if (value === 'few') return t('uptake.few');
  if (value === 'withheld') return t('uptake.withheld');
  if (value === null || value === undefined) return t('uptake.none');
  return name.startsWith('uptake') ? t('uptake.percent', { value }) : `${value}`;
}

const dateIn = text => (/^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? text : '');
