import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counts, spread } from '../../../src/VcasConsole/web/shares.js';

const calls = Array.from({ length: 29 }, (_, index) => index);

test('29 calls over three people are 10, 10 and 9, and each gets of the most urgent', () => {
  const given = spread(calls, ['a', 'b', 'c']);
  assert.deepEqual(given.slice(0, 4).map(({ assignee }) => assignee), ['a', 'b', 'c', 'a']);
  const made = ['a', 'b', 'c'].map(assignee => given.filter(one => one.assignee === assignee).length);
  assert.deepEqual(made, [10, 10, 9]);
  assert.deepEqual(counts(29, ['a', 'b', 'c']).map(({ count }) => count), made);
  assert.deepEqual(given.map(({ call }) => call), calls);
});

test('one gets all, and where there are more people than calls some get none', () => {
  assert.ok(spread(calls, ['a']).every(({ assignee }) => assignee === 'a'));
  assert.deepEqual(counts(2, ['a', 'b', 'c']).map(({ count }) => count), [1, 1, 0]);
});
