import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.mjs';
import { instantOf, wallFault } from '../../../src/VcasFunctions/Console/web/times.js';

test("what a person types is London's clock, wherever the phone thinks it is", () => {
  for (const [day, time, utc] of [
    ['2026-01-15', '14:00', '2026-01-15T14:00:00.000Z'],
    ['2026-07-15', '14:00', '2026-07-15T13:00:00.000Z'],
    ['2026-07-15', '00:20', '2026-07-14T23:20:00.000Z'],
    ['2027-03-28', '00:59', '2027-03-28T00:59:00.000Z'],
    ['2027-03-28', '02:00', '2027-03-28T01:00:00.000Z'],
    ['2027-10-31', '00:59', '2027-10-30T23:59:00.000Z'],
    ['2027-10-31', '02:00', '2027-10-31T02:00:00.000Z'],
  ]) assert.deepEqual([instantOf(day, time), wallFault(day, time)], [utc, null], `${day} ${time}`);
});

test('an hour that the clocks skipped or showed twice, and a day that is none, name no instant and say why', () => {
  for (const [day, time, fault] of [
    ['2027-03-28', '01:00', 'skipped'], ['2027-03-28', '01:59', 'skipped'], ['2025-03-30', '01:30', 'skipped'],
    ['2027-10-31', '01:00', 'twice'], ['2027-10-31', '01:59', 'twice'], ['2025-10-26', '01:15', 'twice'],
    ['', '09:00', 'missing'], ['2026-05-04', '', 'missing'], ['2026-02-30', '25:00', 'missing'], ['120260-01-01', '10:00', 'missing'],
  ]) assert.deepEqual([instantOf(day, time), wallFault(day, time)], [null, fault], `${day} ${time}`);
});
