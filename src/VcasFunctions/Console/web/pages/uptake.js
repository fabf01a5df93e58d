/** Uptake: the practice note's table with a chart, and what the note could not see; as a file, and as it may be published. */
import { readUptake, readUptakeFile } from '../api.js';
import { chart } from '../chart.js';
import { button, buttons, checkbox, form, input, radios, valueOf } from '../controls.js';
import { h, details, inset, para } from '../dom.js';
import { csvOf, download } from '../downloads.js';
import { showErrors } from '../errors.js';
import { attempt, navigate, show } from '../page.js';
import { few, publish, withheld } from '../publication.js';
import { table } from '../tables.js';
import { language, t } from '../texts.js';

const ways = ['year', 'month', 'team'];
const note = ['offers', 'acceptedAtOffer', 'acceptedAtCallBack', 'acceptedOtherwise', 'accepted', 'uptake'];
const unseen = ['callBacksDue', 'attempted', 'reached', 'notReached', 'held', 'missed', 'open', 'notRecorded', 'daysToCall', 'daysToAnswer'];
const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Shows the figures that the address asks for: by year, of the whole time, unless it says otherwise. */
export async function open(turn) {
  const query = new URLSearchParams(location.search);
  const asked = {
    by: ways.includes(query.get('by')) ? query.get('by') : 'year',
    from: dateIn(query.get('from')), to: dateIn(query.get('to')), isPublished: query.get('publish') === 'yes',
  };
  const title = t('uptake.title');
  await attempt(turn, title, async () => {
    const { from, to, by } = asked;
    const answer = await readUptake(turn, { from, to, by });
    const { lines, total } = asked.isPublished ? publish(answer.lines, answer.total) : answer;
    const period = t('uptake.period', { from: date.format(new Date(answer.from)), to: date.format(new Date(answer.to)) });
    show(
      turn, title,
      narrow(asked),
      h('h2', { class: 'govuk-heading-m' }, period),
      para(t('uptake.households')),
      asked.isPublished ? published() : inset(t('uptake.notForPublication')),
      answer.total.offers === 0 ? para(t('uptake.empty')) : [
        chart(t(`uptake.chart.${by}`), lines, line => nameOf(line, by), saidOf),
        tableOf(t('uptake.note'), note, lines, total, by),
        tableOf(t('uptake.unseen'), unseen, lines, total, by),
        details(t('uptake.words'), h('dl', { class: 'govuk-summary-list' }, [...note, ...unseen].map(name => h(
          'div', { class: 'govuk-summary-list__row' },
          h('dt', { class: 'govuk-summary-list__key' }, t(`uptake.columns.${name}`)), h('dd', { class: 'govuk-summary-list__value' }, t(`uptake.meaning.${name}`)))))),
        buttons(button(t(asked.isPublished ? 'uptake.downloadPublished' : 'uptake.download'), { kind: 'secondary', onclick: () => attempt(turn, title, keep) })),
      ]);

    async function keep() {
      const name = `uptake-by-${by}-${answer.from}-to-${answer.to}`;
      if (asked.isPublished) download(`${name}-for-publication.csv`, csvOf(rowsOf(lines, total)));
      else download(`${name}.csv`, await readUptakeFile(turn, { from, to, by }));
    }
  });
}

function narrow({ by, from, to, isPublished }) {
  const whole = form(
    () => {
      const [first, last] = [valueOf(whole, 'from'), valueOf(whole, 'to')];
      if (first && last && last < first) return showErrors(whole, [{ field: 'to', message: t('uptake.toBeforeFrom') }]);
      const query = new URLSearchParams({ by: valueOf(whole, 'by') });
      if (first) query.set('from', first);
      if (last) query.set('to', last);
      if (valueOf(whole, 'publish')) query.set('publish', 'yes');
      return navigate(`/console/uptake?${query}`);
    },
    h('div', { class: 'vcas-period' },
      input('from', t('uptake.from'), { type: 'date', value: from, hint: t('uptake.fromHint'), width: 10 }),
      input('to', t('uptake.to'), { type: 'date', value: to, hint: t('uptake.toHint'), width: 10 })),
    radios('by', t('uptake.by'), ways.map(value => ({ value, label: t(`uptake.ways.${value}`) })), { value: by, size: 's', inline: true, small: true }),
    checkbox('publish', t('uptake.publish'), { hint: t('uptake.publishHint'), checked: isPublished }),
    button(t('callBacks.show'), { type: 'submit' }));
  return whole;
}

const published = () => inset(h('p', { class: 'govuk-body' }, h('strong', {}, t('uptake.published'))), h('p', { class: 'govuk-body' }, t('uptake.rule')), h('p', { class: 'govuk-body' }, t('uptake.ruleBounds')));

const tableOf = (caption, columns, lines, total, by) => table(
  caption, [t(`uptake.ways.${by}`), ...columns.map(name => t(`uptake.columns.${name}`))],
  [...lines.map(line => [nameOf(line, by), ...columns.map(name => figure(name, line[name]))]), [t('uptake.total'), ...columns.map(name => figure(name, total[name]))]],
  { last: true });

function nameOf({ group }, by) {
  return by === 'month' ? month.format(new Date(`${group}-01`)) : group;
}

function saidOf({ offers, accepted, uptake }) {
  if (typeof offers !== 'number') return t('uptake.offersUntold', { offers: figure('offers', offers) });
  return typeof accepted === 'number' ? t('uptake.said', { offers, accepted, uptake }) : t('uptake.saidUntold', { offers, accepted: figure('accepted', accepted) });
}

function figure(name, value) {
  if (value === few) return t('uptake.few');
  if (value === withheld) return t('uptake.withheld');
  if (value === null || value === undefined) return t('uptake.none');
  return name === 'uptake' ? t('uptake.percent', { value }) : `${value}`;
}

function rowsOf(lines, total) {
  const names = [...note, ...unseen];
  const plain = value => value === few ? t('uptake.few') : value === withheld ? t('uptake.withheld') : value;
  return [['group', ...names], ...[...lines, total].map(line => [line.group, ...names.map(name => plain(line[name]))])];
}

const dateIn = text => (/^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? text : '');
