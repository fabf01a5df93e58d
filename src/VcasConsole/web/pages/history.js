/** History import: offers from before the system, checked first, so that the figures go back to the start. */
import { importHistory } from '../api.js';
import { tryIn } from '../commands.js';
import { button, buttons, form } from '../controls.js';
import { csvOf, placeOf } from '../csv.js';
import { details, fill, h, link, para } from '../dom.js';
import { download } from '../downloads.js';
import { showErrors } from '../errors.js';
import { Refused } from '../failures.js';
import { announce } from '../notice.js';
import { show } from '../page.js';
import { table } from '../tables.js';
import { label, t } from '../texts.js';
import { now } from '../turns.js';
import { words } from '../words.js';

const rowsWrong = 1011;
const mostErrors = 100;
const largest = 8 * 1024 * 1024;
const columns = ['reference', 'offeredAt', 'answer', 'team', 'callBack', 'calledAt'];
const example = [
  ['reference', 'offeredAt', 'team', 'answer', 'callBack', 'calledAt'],
  ['H-0001', '2022-03-04', 'north', 'accepted', '', ''],
  ['H-0002', '2022-03-09', 'north', 'declined', 'accepted', '2022-03-30'],
  ['H-0003', '2022-04-11', 'south', 'declined', 'noAnswer', '2022-05-03'],
  ['H-0004', '2022-04-20', 'south', 'notAsked', 'declined', '2022-05-12'],
  ['H-0005', '2022-05-02', 'south', 'declined', '', ''],
];

/** Shows the form. What was chosen is sent as it was when it was checked. */
export async function open(turn) {
  const result = h('div', { 'aria-live': 'polite' });
  const file = h('input', {
    class: 'govuk-file-upload', id: 'file', name: 'file', type: 'file', accept: '.csv,.txt,.tsv,text/csv', 'aria-describedby': 'file-hint',
    onchange: () => fill(result),
  });
  const whole = form(
    check,
    h('div', { class: 'govuk-form-group', 'data-field': 'file' },
      h('label', { class: 'govuk-label govuk-label--m', for: 'file' }, t('history.file')),
      h('div', { class: 'govuk-hint', id: 'file-hint' }, t('history.fileHint')),
      file),
    button(t('history.check'), { type: 'submit' }));
  show(
    turn, t('history.title'),
    para(t('history.text')),
    para(t('history.again')),
    buttons(button(t('history.example'), { kind: 'secondary', onclick: () => download('history-example.csv', csvOf(example)) })),
    details(t('history.columnsTitle'), columnsTable()),
    whole, result);

  async function check() {
    fill(result);
    const chosen = file.files[0];
    if (!chosen) return showErrors(whole, [{ field: 'file', message: t('history.fileMissing') }]);
    if (chosen.size > largest) return showErrors(whole, [{ field: 'file', message: t('history.fileTooLarge') }]);
    const content = await chosen.arrayBuffer();
    return send(content, true, ({ households, ...numbers }) => [
      h('h2', { class: 'govuk-heading-m', tabindex: '-1' }, t('history.sound', { count: households })),
      para(t('history.numbers', numbers)),
      para(t('history.notYet')),
      households > 0 && button(t('history.import', { count: households }), {
        onclick: () => send(content, false, imported => [
          h('h2', { class: 'govuk-heading-m', tabindex: '-1' }, t('history.imported', { count: imported.households })),
          para(t('history.numbers', imported)),
          para(link('/console/uptake', t('history.toUptake'))),
        ]),
      }),
    ]);
  }

  async function send(content, preview, said) {
    const sent = now();
    // What was pressed is gone while it works: the focus waits here, not at the top of the page.
    const working = h('div', { class: 'govuk-inset-text', tabindex: '-1' }, t(preview ? 'history.checking' : 'history.importing'));
    const isPressedHere = result.contains(document.activeElement);
    await tryIn(whole, async () => {
      fill(result, working);
      if (isPressedHere) working.focus();
      try {
        const answer = await importHistory(content, preview);
        if (!sent.isOver) tell(said(answer));
        else if (!preview) announce(t('history.imported', { count: answer.households }));
      } catch (failure) {
        fill(result);
        if (!(failure instanceof Refused) || failure.problem.code !== rowsWrong) throw failure;
        tell(wrongRows(failure.problem.errors));
      }
    }, { unanswered: 'history.noAnswer', reference: t('history.title') });
  }

  function tell(children) {
    fill(result, children);
    result.querySelector('h2').focus();
  }
}

function wrongRows(errors) {
  return [
    h('h2', { class: 'govuk-heading-m', tabindex: '-1' }, t('history.wrong', { count: errors.length })),
    para(t(errors.length >= mostErrors ? 'history.wrongMany' : 'history.wrongText')),
    table(t('history.errors'), ['row', 'column', 'error'].map(name => t(`history.${name}`)), errors.map(({ field, message }) => {
      const { row, column } = placeOf(field);
      return [row, column, message];
    }), { text: true }),
  ];
}

function columnsTable() {
  // Of a message that was left nothing is counted.
  const wordsOf = enumName => words[enumName].filter(word => word !== 'messageLeft')
    .map(word => `${word} (${label(enumName, word)})`).join(', ');
  const values = { answers: wordsOf('OfferAnswer'), outcomes: wordsOf('CallOutcome') };
  return table(t('history.columnsTitle'), [t('history.column'), t('history.meaning')],
    columns.map(name => [name, t(`history.columns.${name}`, values)]), { text: true });
}
