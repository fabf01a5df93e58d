import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvOf, placeOf, tabbedOf } from '../../../src/VcasConsole/web/csv.js';

test('each row ends with a line break, and what needs quotation marks has them', () => {
  assert.equal(csvOf([['a', 'b'], [1, null]]), 'a,b\r\n1,\r\n');
  assert.equal(csvOf([['one, two', 'say "no"', 'up\nand down', 'plain text']]), '"one, two","say ""no""","up\nand down",plain text\r\n');
  assert.equal(csvOf([[undefined, 0, false]]), ',0,false\r\n');
});

test('nothing that a spreadsheet would carry out is written as it is', () => {
  for (const formula of ['=1+1', '+44', '-7', '@SUM(A1)', '\tx']) assert.equal(csvOf([[formula]]), `'${formula}\r\n`);
  assert.equal(csvOf([['=HYPERLINK("x")']]), `"'=HYPERLINK(""x"")"\r\n`);
  assert.equal(csvOf([[-7]]), '-7\r\n');
});

test('an error is at its row and its column, or in the file as a whole', () => {
  assert.deepEqual(placeOf('row 12, answer'), { row: '12', column: 'answer' });
  assert.deepEqual(placeOf('row 3'), { row: '3', column: '' });
  assert.deepEqual(placeOf('file'), { row: 'file', column: '' });
});

test('what is copied is cells between tabs, and no formula', () => {
  assert.equal(tabbedOf([['Team', 'Offers'], ['=1+1', 7], ['no\trth\n', '']]), "Team\tOffers\r\n'=1+1\t7\r\nno rth \t");
});
