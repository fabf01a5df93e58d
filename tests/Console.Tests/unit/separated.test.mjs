import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isEmpty, isWorkbook, rowsOf, textOf } from '../../../src/VcasConsole/web/separated.js';

const examples = JSON.parse(readFileSync(new URL('../../Shared/separated-values.json', import.meta.url), 'utf8'));
const isHeading = text => ['reference', 'offeredAt', 'answer', 'team'].includes(text);

for (const { name, text, rows } of examples) {
  test(`the API and the page read alike: ${name}`, () => {
    const read = rowsOf(text, isHeading);
    assert.deepEqual(read.map(row => (row.isBroken ? null : row.cells)), rows);
    assert.deepEqual(read.map(row => row.number), rows.map((_, index) => index + 1));
  });
}

test('where no heading is known, the separator is what divides the first row most', () => {
  assert.deepEqual(rowsOf('Case no;Visited, on;Said\n1;2;3\n', isHeading)[1].cells, ['1', '2', '3']);
  assert.deepEqual(rowsOf('\nCase no\tVisited\n1\t2\n', isHeading)[2].cells, ['1', '2']);
});

test('an empty row is one in which nothing stands', () => {
  assert.deepEqual(rowsOf('a,b\n,\n ,\t\nx,\n"', isHeading).map(isEmpty), [false, true, true, false, false]);
});

test('letters are read as they were saved', () => {
  const bytes = text => new TextEncoder().encode(text);
  const utf16 = text => new Uint8Array(Uint16Array.from(text, letter => letter.charCodeAt(0)).buffer);
  assert.equal(textOf(bytes('équipe')), 'équipe');
  assert.equal(textOf(new Uint8Array([0xef, 0xbb, 0xbf, 0x61])), 'a');
  assert.equal(textOf(new Uint8Array([0xe9, 0x71])), 'éq');
  assert.equal(textOf(utf16('\uFEFFéa')), 'éa');
  assert.equal(textOf(utf16('reference')), 'reference');
});

test('a workbook is told from a text', () => {
  assert.ok(isWorkbook(new Uint8Array([0x50, 0x4b, 3, 4, 20])));
  assert.ok(isWorkbook(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1])));
  assert.ok(!isWorkbook(new TextEncoder().encode('PK,reference')));
  assert.ok(!isWorkbook(new Uint8Array([])));
});
