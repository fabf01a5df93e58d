/**
 * History import: offers from before the system, checked first, so that the figures go back to the start. A file whose headings are not
 * ours is read here as far as its columns; what stands in its rows is the API's to judge.
 */
import { importHistory } from '../api.js';
import { causesOf } from '../causes.js';
import { columnChoice, nameOfColumn } from '../column-choice.js';
import { areOurs, columnNames, faultsIn, headOf, isOurs, proposed, remember, rewritten, wholeOf } from '../columns.js';
import { tryIn } from '../commands.js';
import { button, buttons, form } from '../controls.js';
import { csvOf } from '../csv.js';
import { details, fill, h, link, para } from '../dom.js';
import { download } from '../downloads.js';
import { showErrors } from '../errors.js';
import { Refused } from '../failures.js';
import { importProgress } from '../import-progress.js';
import { begin, current, goOn, partsOf } from '../importing.js';
import { announce } from '../notice.js';
import { show } from '../page.js';
import { isEmpty, isWorkbook, rowsOf, textOf } from '../separated.js';
import { table } from '../tables.js';
import { label, t } from '../texts.js';
import { now } from '../turns.js';
import { words } from '../words.js';

const rowsWrong = 1011;
const mostErrors = 100;
const largest = 8 * 1024 * 1024;
// More than so many go in parts, so that there is something to count.
const mostAtOnce = 1_000;
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
    class: 'govuk-file-upload', id: 'file', name: 'file', type: 'file', 'aria-describedby': 'file-hint',
    accept: '.csv,.txt,.tsv,.xlsx,.xls,text/csv', onchange: () => fill(result),
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
    importProgress(turn, () => carryOn(goOn)),
    para(t('history.text')),
    para(t('history.again')),
    buttons(button(t('history.example'), { kind: 'secondary', onclick: () => download('history-example.csv', csvOf(example)) })),
    details(t('history.columnsTitle'), columnsTable()),
    whole, result);

  async function check() {
    fill(result);
    const chosen = file.files[0];
    if (!chosen) return wrongFile('history.fileMissing');
    if (chosen.size > largest) return wrongFile('history.fileTooLarge');
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    if (isWorkbook(bytes)) return wrongFile('history.workbook');
    showErrors(whole, []);

    const rows = rowsOf(textOf(bytes), isOurs);
    const head = headOf(rows);
    // What can't be told here is the API's to name.
    if (!head) return send(bytes, { content: bytes });
    const { choice, isSure } = proposed(head.columns);
    if (areOurs(head)) {
      const isLong = rows.length > mostAtOnce && isSure && faultsIn(rows, head).length === 0;
      return isLong ? sendRead(rows, head, choice) : send(bytes, { content: bytes });
    }
    return isSure ? sendRead(rows, head, choice) : ask(rows, head, choice);
  }

  function wrongFile(why) {
    showErrors(whole, [{ field: 'file', message: t(why) }]);
  }

  function ask(rows, head, choice) {
    tell([
      h('h2', { class: 'govuk-heading-m', tabindex: '-1' }, t('history.headings')),
      columnChoice(head.columns, choice, said => sendRead(rows, head, said)),
    ]);
  }

  // As it was read here, with the columns that were chosen.
  function sendRead(rows, head, choice) {
    const faults = faultsIn(rows, head);
    if (faults.length > 0) return tell(wrongRows(faults.map(({ number, broken, column }) => ({
      field: column ? `row ${number}, ${column}` : `row ${number}`, message: t(broken ? 'history.strayMark' : 'history.tooManyCells'),
    }))));
    const read = rewritten(rows, head, choice);
    const isOwn = !areOurs(head);
    return send(wholeOf(read), {
      parts: partsOf(read),
      rows: rows.filter(row => row.number > head.row && !isEmpty(row)).length,
      sound: () => isOwn && remember(head.columns, choice),
      about: isOwn && columnsRead(head.columns, choice, () => ask(rows, head, choice)),
      headings: Object.fromEntries(head.columns.map((column, index) => [choice[index], nameOfColumn(column)])),
    });
  }

  // Checks it, and offers to import it: in parts, or as one.
  function send(content, { parts = [{ content, rows: 1 }], rows, sound = () => {}, about, headings }) {
    return carryOn(() => importHistory(content, true), {
      rows,
      about,
      headings,
      said: ({ households, ...numbers }) => {
        sound();
        return [
          h('h2', { class: 'govuk-heading-m', tabindex: '-1' }, t('history.sound', { count: households })),
          para(t('history.numbers', numbers)),
          about,
          para(t('history.notYet')),
          households > 0 && button(t('history.import', { count: households }), {
            onclick: () => (current()
              ? announce(t('history.oneAtATime'))
              : carryOn(() => begin(parts, now().who?.id), { isLong: parts.length > 1 })),
          }),
        ];
      },
    });
  }

  async function carryOn(work, { said, rows, about, headings, isLong = !said } = {}) {
    const sent = now();
    const doing = t(said ? 'history.checking' : 'history.importing');
    // What was pressed is gone while it works: the focus waits here, not at the top of the page.
    const working = h(
      'div', { class: 'govuk-inset-text', tabindex: '-1' },
      rows ? t('history.checkingRows', { count: rows }) : doing,
      h('progress', { class: 'vcas-import__bar', 'aria-label': doing }));
    const isPressedHere = document.activeElement.closest('[aria-live], .vcas-import') !== null;
    await tryIn(whole, async () => {
      fill(result, said || !isLong ? working : null);
      if (isPressedHere) (working.isConnected ? working : turn.place.querySelector('.vcas-import')).focus();
      try {
        const answer = await work();
        if (!sent.isOver) tell(said ? said(answer) : imported(answer));
        else if (!said) announce(t('history.imported', { count: answer.households }));
      } catch (failure) {
        fill(result);
        if (!said || !(failure instanceof Refused) || failure.problem.code !== rowsWrong) throw failure;
        tell([...wrongRows(failure.problem.errors, headings), about]);
      }
    }, { unanswered: 'history.noAnswer', reference: t('history.title') });
  }

  function tell(children) {
    fill(result, children);
    result.querySelector('h2').focus();
  }
}

const imported = ({ households, added, corrected, unchanged }) => [
  h('h2', { class: 'govuk-heading-m', tabindex: '-1' }, t('history.imported', { count: households })),
  para(t('history.numbers', { added, corrected, unchanged })),
  para(link('/console/uptake', t('history.toUptake'))),
];

function wrongRows(errors, headings = {}) {
  const causes = causesOf(errors);
  return [
    h('h2', { class: 'govuk-heading-m', tabindex: '-1' }, t('history.wrong', { count: causes.length })),
    para(t(errors.length >= mostErrors ? 'history.wrongMany' : 'history.wrongText')),
    table(
      t('history.errors'), ['row', 'column', 'error'].map(name => t(`history.${name}`)),
      causes.map(({ rows, column, message }) => [rows, columnSaid(column, headings[column]), message]), { text: true }),
  ];
}

const columnSaid = (column, heading) => (heading && heading !== column ? t('history.columnAs', { column, heading }) : column);

// What stands for what, for whoever was not asked this time.
const columnsRead = (columns, choice, change) => details(
  t('history.read'),
  h('ul', { class: 'govuk-list govuk-list--bullet' }, columns.map((column, index) => h('li', {}, choice[index]
    ? columnSaid(choice[index], nameOfColumn(column))
    : t('history.columnLeftOut', { heading: nameOfColumn(column) })))),
  button(t('history.change'), { kind: 'secondary', onclick: change }));

function columnsTable() {
  // Of a message that was left nothing is counted.
  const wordsOf = enumName => words[enumName].filter(word => word !== 'messageLeft')
    .map(word => `${word} (${label(enumName, word)})`).join(', ');
  const values = { answers: wordsOf('OfferAnswer'), outcomes: wordsOf('CallOutcome') };
  return table(t('history.columnsTitle'), [t('history.column'), t('history.meaning')],
    columnNames.map(name => [name, t(`history.columns.${name}`, values)]), { text: true });
}
