import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import './browser.mjs';
import { idleFor, isLocked, lockTab, touched, unlockTab, wasLocked } from '../../../src/VcasConsole/web/idle.js';

const aMinute = 60_000;

beforeEach(unlockTab);

test('from the last touch on, however long a laptop slept', () => {
  touched();
  assert.ok(idleFor() < 1_000);
  assert.ok(idleFor(Date.now() + 11 * aMinute) >= 11 * aMinute);
});

test('a clock that was put back makes nobody idle', () => {
  touched();
  assert.equal(idleFor(Date.now() - 3_600_000), 0);
});

test('a tab that is locked leaves no other one open', () => {
  lockTab();
  assert.deepEqual([isLocked(), wasLocked()], [true, true]);
  assert.ok(idleFor() > 365 * 24 * 60 * aMinute);
  unlockTab();
  assert.deepEqual([isLocked(), wasLocked()], [false, false]);
  assert.ok(idleFor() < 1_000);
});
