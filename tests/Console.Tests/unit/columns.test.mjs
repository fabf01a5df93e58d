import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import './served.mjs';

const { areOurs, faultsIn, headOf, isOurs, letterOf, mistakesIn, proposed, remember, rewritten, wholeOf } =
  await import('../../../src/VcasConsole/web/columns.js');
const { phone } = await import('../../../src/VcasConsole/web/remembered.js');
const { rowsOf } = await import('../../../src/VcasConsole/web/separated.js');

const read = text => {
  const rows = rowsOf(text, isOurs);
  return { rows, head: headOf(rows) };
};
const proposedFor = headings => proposed(headings.map((heading, at) => ({ at, heading, example: '' })));

beforeEach(() => phone.remove('vcas.columns'));

test('what people call their columns is recognised by likeness', () => {
  for (const [headings, choice] of [
    [['Case No.', 'Date of offer', 'Answer', 'Team name'], ['reference', 'offeredAt', 'answer', 'team']],
    [['URN', 'Visit date', 'Response', 'Call-back outcome', 'Date called'], ['reference', 'offeredAt', 'answer', 'callBack', 'calledAt']],
    [['Refrence', 'offered at', 'ANSWER'], ['reference', 'offeredAt', 'answer']],
    [['Reference number', 'Surname', 'Notes', 'Address'], ['reference', '', '', '']],
  ]) assert.deepEqual(proposedFor(headings), { choice, isSure: false });
});

test('each of our columns is proposed once, for the heading that is most like it', () => {
  assert.deepEqual(proposedFor(['Date', 'Date of offer', 'Answer', 'ref']).choice, ['', 'offeredAt', 'answer', 'reference']);
});

test('what was chosen is remembered by the heading, however it is written', () => {
  const columns = ['Wo?', 'When', 'What', 'Notes'].map((heading, at) => ({ at, heading, example: '' }));
  remember(columns, ['reference', 'offeredAt', 'answer', '']);
  assert.deepEqual(proposedFor(['WHAT', 'wo', ' when ', 'notes']), { choice: ['answer', 'reference', 'offeredAt', ''], isSure: true });
  assert.equal(proposedFor(['WHAT', 'wo', 'when', 'Another']).isSure, false);
  assert.equal(proposedFor(['WHAT', 'wo', 'notes']).isSure, false, 'one that must be there is missing');
  assert.doesNotMatch(phone.get('vcas.columns'), /example/);
  phone.set('vcas.columns', '{"what":"anything","wo');
  assert.equal(proposedFor(['WHAT', 'wo', ' when ']).isSure, false);
});

test('our own headings need nobody’s choice', () => {
  assert.deepEqual(proposedFor(['reference', ' OfferedAt', 'ANSWER']), { choice: ['reference', 'offeredAt', 'answer'], isSure: true });
  assert.ok(areOurs(read('reference,offeredAt,answer,,\nA,2022-03-04,declined,,\n').head));
  assert.ok(!areOurs(read('reference,offeredAt,answer,\nA,2022-03-04,declined,x\n').head));
});

test('a title above the headings is passed over, and data is taken for no heading', () => {
  const { head } = read('Offers of 2022;;\n\nCase no;When;Said;Notes\n1;04/03/2022;declined;\n');
  assert.equal(head.row, 3);
  assert.deepEqual(head.columns.map(({ heading, example }) => [heading, example]), [
    ['Case no', '1'], ['When', '04/03/2022'], ['Said', 'declined'], ['Notes', ''],
  ]);
  for (const text of ['A1,2022-03-04,declined\n', 'A1,04/03/2022,Alex Example\n', 'only one\nx\n', '', '\n\n', '"open,x,y\n'])
    assert.equal(read(text).head, null, text);
});

test('what must be there is asked for, and one column is one thing', () => {
  assert.deepEqual(mistakesIn(['reference', '', 'answer']), [{ missing: 'offeredAt' }]);
  assert.deepEqual(mistakesIn(['reference', 'offeredAt', 'answer', 'answer']), [{ twice: 'answer', index: 3 }]);
  assert.deepEqual(mistakesIn(['reference', 'offeredAt', 'answer', '', '']), []);
});

test('the file goes with the chosen columns alone, each row at its number', () => {
  const { rows, head } = read(
    'Offers\r\nCase no,Name,When,Notes,Said\r\n1,Alex Example,04/03/2022,"first\r\nsecond",declined\r\n\r\n'
    + '"2,b",Sam,05/03/2022,,"a\r\nb"\r\n');
  const whole = wholeOf(rewritten(rows, head, ['reference', '', 'offeredAt', '', 'answer']));
  assert.equal(whole, '\nreference,offeredAt,answer\n1,04/03/2022,declined\n\n"2,b",05/03/2022,a b\n');
  assert.doesNotMatch(whole, /Alex|Sam|first/);
  assert.deepEqual(rowsOf(whole, isOurs)[4].cells, ['2,b', '05/03/2022', 'a b']);
});

test('rows that can’t be told by their columns are named', () => {
  const { rows, head } = read('Case no,When,Said\n1,04/03/2022,declined,\n2,04/03/2022,declined,x\n3,"04/03/2022,declined\n4,5,6\n');
  assert.deepEqual(faultsIn(rows, head), [{ number: 3, column: 'D' }, { number: 4, broken: true }]);
  assert.deepEqual([0, 25, 26, 701, 702].map(letterOf), ['A', 'Z', 'AA', 'ZZ', 'AAA']);
});
