import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import { causesOf } from '../../../src/VcasConsole/web/causes.js';

const error = (row, column, message) => ({ field: `row ${row}, ${column}`, message });

test('the same mistake in several rows is one line', () => {
  assert.deepEqual(causesOf([
    error(4, 'offeredAt', 'no day'), error(7, 'answer', 'no word'), error(9, 'offeredAt', 'no day'), error(212, 'offeredAt', 'no day'),
    { field: 'row 1', message: 'no heading' },
  ]), [
    { rows: '4, 9 and 212', column: 'offeredAt', message: 'no day' },
    { rows: '7', column: 'answer', message: 'no word' },
    { rows: '1', column: '', message: 'no heading' },
  ]);
});

test('the same words in another column are another mistake', () => {
  assert.equal(causesOf([error(2, 'offeredAt', 'no day'), error(2, 'calledAt', 'no day')]).length, 2);
});

test('of very many rows the first are named, and how many more there are', () => {
  const many = Array.from({ length: 40 }, (_, index) => error(index + 2, 'answer', 'no word'));
  assert.deepEqual(causesOf(many).map(cause => cause.rows), ['2, 3, 4, 5, 6 and 35 more']);
  assert.deepEqual(causesOf(many.slice(0, 6)).map(cause => cause.rows), ['2, 3, 4, 5, 6 and 7']);
});
