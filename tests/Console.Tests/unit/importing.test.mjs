import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.mjs';

const { partsOf } = await import('../../../src/VcasConsole/web/importing.js');

const file = count => ({ heading: 'reference', lines: Array.from({ length: count }, (_, row) => `R${row}`) });
const sizes = count => partsOf(file(count)).map(({ rows }) => rows);

test('a long file goes in parts, in fewer than one person may send in a minute', () => {
  assert.deepEqual(sizes(1), [1]);
  assert.deepEqual(sizes(2_500), [1_000, 1_000, 500]);
  assert.deepEqual(sizes(0), []);
  assert.equal(sizes(150_001).length, 15);
});

test('each part has the heading, every row is in one part, and empty ones in none', () => {
  const lines = Array.from({ length: 2_002 }, (_, row) => (row % 1_001 === 0 ? '' : `R${row}`));
  const parts = partsOf({ heading: 'reference,answer', lines }).map(({ content }) => content.split('\n'));
  assert.ok(parts.every(([heading]) => heading === 'reference,answer'));
  assert.deepEqual(parts.flatMap(([, ...rows]) => rows), lines.filter(line => line !== ''));
});
