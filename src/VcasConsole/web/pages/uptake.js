/** Uptake: the practice note's table with a chart, and what the note could not see; as a file, and as it may be published. */
import { readUptake, readUptakeFile } from '../api.js';
import { chart } from '../chart.js';
import { copyButton } from '../copying.js';
import { button, buttons, checkbox, form, input, radios, valueOf } from '../controls.js';
import { h, details, inset, link, para } from '../dom.js';
import { download } from '../downloads.js';
import { showErrors } from '../errors.js';
import { addressOf, choicesOf, dateOf, figureOf, flat, nameOf, proposalSaid, saidOf, wantedIn, waysOf } from '../figures.js';
import { attempt, navigate, show } from '../page.js';
import { table } from '../tables.js';
import { t } from '../texts.js';

const note = ['offers', 'acceptedAtOffer', 'acceptedAtCallBack', 'acceptedOtherwise', 'accepted', 'uptake'];
const asked = ['asked', 'neverAsked', 'uptakeOfAsked'];
const cases = ['offers', 'investigations', 'noCrimeReference'];
const support = [
  'referralsMade', 'supportGiven', 'supportNotGiven', 'referralsAwaited', 'beingSupported', 'referralsRejected', 'referralsWithdrawn',
  'closedCompleted', 'closedNeedsMet', 'closedMoved', 'closedDied', 'closedOther', 'closedNotEngaged',
];
const unseen = [
  'callBacksDue', 'attempted', 'reached', 'notReached', 'held', 'missed',
  'noSafeRoute', 'visited',
  'open', 'notRecorded', 'daysToCall', 'daysToAnswer',
];

/** Shows the figures that the address asks for: by year, of the whole time, unless it says otherwise. */
export async function open(turn) {
  const wanted = wantedIn(new URLSearchParams(location.search));
  const title = t('uptake.title');
  await attempt(turn, title, async () => {
    const { from, to, by, isPublished } = wanted;
    const answer = await readUptake(turn, { from, to, by, publish: isPublished ? 'true' : '' });
    const shown = isPublished ? answer.published : answer;
    const [lines, total] = [by === 'total' ? [] : shown.lines.map(flat), flat(shown.total)];
    const cut = isPublished ? shown.by : by;
    const way = isPublished && shown.andTeam ? t('uptake.ways.andTeam', { by: t(`uptake.ways.${cut}`) }) : t(`uptake.ways.${cut}`);
    const period = t('uptake.period', { from: dateOf(answer.from), to: dateOf(answer.to) });
    const tables = { note, asked, cases, unseen, support };
    show(
      turn, title,
      narrow(wanted),
      h('h2', { class: 'govuk-heading-m' }, period),
      para(t('uptake.households')),
      isPublished ? published(shown, way, wanted) : inset(t('uptake.notForPublication')),
      total.offers === 0 ? para(t('uptake.empty')) : [
        lines.length > 0 && chart(t(`uptake.chart.${cut}`), lines, nameOf, saidOf),
        Object.entries(tables).map(([name, columns]) => tableOf(t(`uptake.${name}`), columns, lines, total, way, isPublished)),
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
  const whole = form(
    () => {
      const [first, last] = [valueOf(whole, 'from'), valueOf(whole, 'to')];
      if (first && last && last < first) return showErrors(whole, [{ field: 'to', message: t('uptake.toBeforeFrom') }]);
      const chosen = { by: valueOf(whole, 'by'), from: first, to: last, isPublished: valueOf(whole, 'publish') };
      return navigate(addressOf(chosen, isPublished));
    },
    h('div', { class: 'vcas-period' },
      input('from', t('uptake.from'), { type: 'date', value: from, hint: t('uptake.fromHint'), width: 10 }),
      input('to', t('uptake.to'), { type: 'date', value: to, hint: t('uptake.toHint'), width: 10 })),
    radios('by', t('uptake.by'), waysOf(isPublished).map(value => ({ value, label: t(`uptake.ways.${value}`) })),
      { value: by, size: 's', inline: true, small: true }),
    checkbox('publish', t('uptake.publish'), { hint: t('uptake.publishHint'), checked: isPublished }),
    button(t('callBacks.show'), { type: 'submit' }));
  whole.dataset.typed = 'no';
  return whole;
}

// What was proposed or chosen, what that hides, and what else there is to choose: all of it came with the one answer.
const published = (shown, way, wanted) => [
  inset(
    h('p', { class: 'govuk-body' }, h('strong', {}, t('uptake.published'))),
    h('p', { class: 'govuk-body' }, wanted.by === 'finest' ? proposalSaid(shown, way) : [
      t('uptake.cut', { cut: way }), ' ', shown.hidden === 0 ? t('uptake.nothingHidden') : t('uptake.hiddenCount', { count: shown.hidden }),
    ]),
    h('p', { class: 'govuk-body' }, t('uptake.rule')), h('p', { class: 'govuk-body' }, t('uptake.ruleBounds'))),
  details(t('uptake.choices'), para(t('uptake.choicesText')), table(
    t('uptake.choicesTitle'), ['by', 'lines', 'tooSmall', 'tells'].map(name => t(`uptake.choice.${name}`)),
    choicesOf(shown.choices, wanted).map(({ name, address, lines, tooSmall, tells }) => [link(address, name), lines, tooSmall, tells]))),
];

function tableOf(caption, columns, lines, total, way, isCopied) {
  const heads = [way, ...columns.map(name => t(`uptake.columns.${name}`))];
  const rows = [
    ...lines.map(line => [nameOf(line), ...columns.map(name => figureOf(name, line[name]))]),
    [t('uptake.total'), ...columns.map(name => figureOf(name, total[name]))],
  ];
  const shown = table(caption, heads, rows, { last: true });
  // What is copied goes into a report: what is not for publication is taken as a file, knowingly.
  if (isCopied) shown.append(copyButton(caption, [heads, ...rows]));
  return shown;
}
