import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import { t } from '../../../src/VcasConsole/web/texts.js';
import * as times from '../../../src/VcasConsole/web/times.js';

// A phone whose clock stands somewhere else: nothing of that may be seen.
process.env.TZ = 'Pacific/Auckland';

test('the clock and the day are London’s, in winter and in summer', () => {
  assert.deepEqual(
    ['2025-01-15T23:59:00Z', '2025-07-15T23:30:00Z', '2025-07-15T22:59:59Z'].map(at => [times.isoDay(at), times.timeOf(at)]),
    [['2025-01-15', '23:59'], ['2025-07-16', '00:30'], ['2025-07-15', '23:59']]);
  assert.equal(times.timeOf('2025-02-01T00:00:00Z'), '00:00');
});

test('a day of the week is that of London', () => {
  assert.equal(times.weekdayOf('2025-06-01T22:59:00Z'), 'sunday');
  assert.equal(times.weekdayOf('2025-06-01T23:00:00Z'), 'monday');
  assert.deepEqual(
    times.days, ['2025-06-02', '2025-06-03', '2025-06-04', '2025-06-05', '2025-06-06', '2025-06-07', '2025-06-08']
      .map(day => times.weekdayOf(`${day}T12:00:00Z`)));
});

test('a day and a time are the instant at which London’s clock shows them', () => {
  for (const [day, time, instant] of [
    ['2025-12-24', '09:30', '2025-12-24T09:30:00.000Z'],
    ['2025-06-24', '09:30', '2025-06-24T08:30:00.000Z'],
    ['2025-06-24', '00:15', '2025-06-23T23:15:00.000Z'],
    ['2025-03-30', '00:59', '2025-03-30T00:59:00.000Z'],
    ['2025-03-30', '02:00', '2025-03-30T01:00:00.000Z'],
    ['2025-10-26', '00:30', '2025-10-25T23:30:00.000Z'],
    ['2025-10-26', '02:00', '2025-10-26T02:00:00.000Z'],
  ]) {
    assert.equal(times.instantOf(day, time), instant);
    assert.deepEqual([times.isoDay(instant), times.timeOf(instant)], [day, time]);
  }
});

test('days are added over months, leap days and changes of the clock', () => {
  assert.deepEqual(
    [['2024-02-28', 1], ['2025-02-28', 1], ['2025-03-29', 2], ['2025-10-25', 2], ['2024-12-31', 1], ['2025-03-01', -1], ['2025-05-05', 0]]
      .map(([day, count]) => times.addDays(day, count)),
    ['2024-02-29', '2025-03-01', '2025-03-31', '2025-10-27', '2025-01-01', '2025-02-28', '2025-05-05']);
});

test('days gone by are counted on the calendar, not in hours', () => {
  const now = Date.parse('2025-03-31T08:00:00Z');
  assert.equal(times.daysSince('2025-03-30T22:30:00Z', now), 1);
  assert.equal(times.daysSince('2025-03-30T23:30:00Z', now), 0);
  assert.equal(times.daysSince('2025-03-29T23:59:00Z', now), 2);
  assert.equal(times.daysSince('2025-04-02T08:00:00Z', now), -2);
});

test('today, yesterday and tomorrow are said so, and other days by their date', () => {
  const now = Date.parse('2025-06-30T23:30:00Z');
  assert.equal(times.day('2025-07-01T20:00:00Z', now), t('times.today'));
  assert.equal(times.day('2025-06-30T20:00:00Z', now), t('times.yesterday'));
  assert.equal(times.day('2025-07-02T06:00:00Z', now), t('times.tomorrow'));
  assert.match(times.day('2025-07-09T06:00:00Z', now), /^Wed,? 9 Jul$/);
  assert.match(times.day('2024-07-09T06:00:00Z', now), /^Tue,? 9 Jul 2024$/);
});

test('the turn of a year is no obstacle to yesterday', () => {
  assert.equal(times.day('2024-12-31T12:00:00Z', Date.parse('2025-01-01T12:00:00Z')), t('times.yesterday'));
});

test('a moment is its day and its time', () => {
  const now = Date.parse('2025-06-30T08:00:00Z');
  assert.equal(times.moment('2025-06-30T12:05:00Z', now), t('times.dayAndTime', { day: t('times.today'), time: '13:05' }));
});

test('safe hours are said in the order of the week', () => {
  assert.equal(times.hours({ days: ['friday', 'monday'], from: '09:30:00', to: '12:00:00' }), 'Mon, Fri, 09:30 to 12:00');
  assert.match(times.hours({ days: [...times.days], from: '18:00', to: '19:30' }), new RegExp(`^${t('times.everyDay')}`));
});

test('hours must be whole, and begin before they end', () => {
  assert.equal(times.faultInHours({ from: '09:00', to: '09:01' }), undefined);
  for (const hours of [{ from: '', to: '10:00' }, { from: '10:00', to: '' }, {}])
    assert.equal(times.faultInHours(hours), t('fields.hoursMissing'));
  for (const hours of [{ from: '10:00', to: '10:00' }, { from: '22:00', to: '07:00' }])
    assert.equal(times.faultInHours(hours), t('fields.contact-safeTimes'));
});

test('the half hours of a day end before its last', () => {
  assert.deepEqual(times.halfHours('09:00:00', '11:00:00'), ['09:00', '09:30', '10:00', '10:30']);
  assert.deepEqual(times.halfHours('08:45', '09:50'), ['08:45', '09:15', '09:45']);
  assert.deepEqual(times.halfHours('17:00', '17:00'), []);
});

test("what a person types is London's clock, wherever the phone thinks it is", () => {
  for (const [day, time, utc] of [
    ['2026-01-15', '14:00', '2026-01-15T14:00:00.000Z'],
    ['2026-07-15', '14:00', '2026-07-15T13:00:00.000Z'],
    ['2026-07-15', '00:20', '2026-07-14T23:20:00.000Z'],
    ['2027-03-28', '00:59', '2027-03-28T00:59:00.000Z'],
    ['2027-03-28', '02:00', '2027-03-28T01:00:00.000Z'],
    ['2027-10-31', '00:59', '2027-10-30T23:59:00.000Z'],
    ['2027-10-31', '02:00', '2027-10-31T02:00:00.000Z'],
  ]) assert.deepEqual([times.instantOf(day, time), times.wallFault(day, time)], [utc, null], `${day} ${time}`);
});

test('an hour that the clocks skipped or showed twice, and a day that is none, name no instant and say why', () => {
  for (const [day, time, fault] of [
    ['2027-03-28', '01:00', 'skipped'], ['2027-03-28', '01:59', 'skipped'], ['2025-03-30', '01:30', 'skipped'],
    ['2027-10-31', '01:00', 'twice'], ['2027-10-31', '01:59', 'twice'], ['2025-10-26', '01:15', 'twice'],
    ['', '09:00', 'missing'], ['2026-05-04', '', 'missing'], ['2026-02-30', '25:00', 'missing'], ['120260-01-01', '10:00', 'missing'],
  ]) assert.deepEqual([times.instantOf(day, time), times.wallFault(day, time)], [null, fault], `${day} ${time}`);
});
