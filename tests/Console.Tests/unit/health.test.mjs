import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import { wrongWith } from '../../../src/VcasConsole/web/health.js';
import { maybe, t } from '../../../src/VcasConsole/web/texts.js';
import { moment } from '../../../src/VcasConsole/web/times.js';

const now = Date.parse('2025-05-20T10:00:00Z');
const well = { dependencies: [{ name: 'tables', status: 'up' }], sweep: { at: '2025-05-20T09:10:00Z', failed: [], households: 4 } };

test('of a service that is well nothing is said', () => {
  assert.deepEqual(wrongWith(well, now), []);
  assert.deepEqual(wrongWith({ dependencies: [] }, now), []);
});

test('what is down is named in the pages’ words, or as the API names it', () => {
  const dependencies = [
    { name: 'graph', status: 'down', reason: '403' }, { name: 'tables', status: 'up' }, { name: 'moon', status: 'down', reason: 'dark' },
  ];
  assert.deepEqual(wrongWith({ ...well, dependencies }, now), [`${maybe('service.parts.graph')} (403)`, 'moon (dark)']);
});

test('a sweep may be missed twice, and not a third time', () => {
  const after = minutes => wrongWith({ ...well, sweep: { ...well.sweep, at: new Date(now - minutes * 60_000).toISOString() } }, now);
  assert.deepEqual([after(60), after(180)], [[], []]);
  assert.equal(after(181).length, 1);
});

test('households that it can’t put right are named', () => {
  const sweep = { ...well.sweep, failed: ['CB-111111', 'CB-222222'] };
  assert.deepEqual(wrongWith({ ...well, sweep }, now), [t('service.unmended', { count: 2, references: 'CB-111111, CB-222222' })]);
});

test('a clock that ran ahead is told, with the households of that time, if any', () => {
  const clock = { ranAheadTo: '2026-01-01T00:00:00Z', putRightAt: '2025-05-19T10:00:00Z', households: [] };
  const said = households => t('service.clock', {
    to: moment(clock.ranAheadTo, now), at: moment(clock.putRightAt, now), references: households,
  });
  assert.deepEqual(wrongWith({ ...well, clock }, now), [said('-')]);
  assert.deepEqual(wrongWith({ ...well, clock: { ...clock, households: ['CB-333333'] } }, now), [said('CB-333333')]);
});
