import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.mjs';
import { heard, serviceNow } from '../../../src/VcasConsole/web/service-time.js';
import { isOver } from '../../../src/VcasConsole/web/safe-window.js';
import { day, moment } from '../../../src/VcasConsole/web/times.js';

const aDay = 86_400_000;
const real = Date.now;
const device = Date.parse('2024-03-11T10:00:00Z');

function at(instant, work) {
  Date.now = () => instant;
  try {
    work();
  } finally {
    Date.now = real;
  }
}

test('before any answer it is what the device says', () => at(device, () => assert.equal(serviceNow(), device)));

test('an app whose clock was moved on says which day is today, what is over and what is due', () => at(device, () => {
  heard('2024-04-02T08:00:00.000Z', device, device);
  assert.equal(new Date(serviceNow()).toISOString(), '2024-04-02T08:00:00.000Z');
  assert.equal(day('2024-04-02T15:00:00Z'), 'today');
  assert.equal(moment('2024-04-03T08:01:00Z'), 'tomorrow at 09:01');
  assert.deepEqual([isOver('2024-04-02T07:59:00Z'), isOver('2024-04-02T08:01:00Z')], [true, false]);
}));

test('time goes on by the device between two answers, and each answer puts it right', () => {
  at(device, () => heard('2024-03-12T10:00:00Z', device, device));
  at(device + 5 * 60_000, () => assert.equal(serviceNow(), device + aDay + 5 * 60_000));
  at(device, () => heard('2024-03-11T09:30:00Z', device, device));
  at(device, () => assert.equal(serviceNow(), device - 30 * 60_000));
});

test('the time on the way counts half, and an answer that took long says nothing', () => at(device, () => {
  heard('2024-03-11T10:00:00Z', device - 4_000, device);
  assert.equal(serviceNow(), device + 2_000);
  heard('2024-03-11T12:00:00Z', device - 30_000, device);
  assert.equal(serviceNow(), device + 2_000);
}));

test('what is no instant is no clock', () => at(device, () => {
  heard('2024-03-11T10:00:00Z', device, device);
  for (const said of [null, '', 'soon']) heard(said, device, device);
  assert.equal(serviceNow(), device);
}));

test('a tab that is loaded anew knows it at once', async () => {
  at(device, () => heard('2024-03-15T10:00:00Z', device, device));
  const again = await import('../../../src/VcasConsole/web/service-time.js?again');
  at(device, () => assert.equal(again.serviceNow(), device + 4 * aDay));
});
