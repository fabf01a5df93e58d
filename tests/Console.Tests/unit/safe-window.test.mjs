import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.mjs';
import { isOver, minutesLeft, untilEnd } from '../../../src/VcasConsole/web/safe-window.js';
import { Turn } from '../../../src/VcasConsole/web/turns.js';

const inMinutes = minutes => new Date(Date.now() + minutes * 60_000).toISOString();

test('an instant is over from itself on, and none never is', () => {
  const at = '2024-07-01T10:30:00Z';
  assert.deepEqual([isOver(at, Date.parse(at) - 1), isOver(at, Date.parse(at)), isOver(undefined, Date.parse(at))], [false, true, false]);
});

test('the minutes that are left are never told too short to be true, nor as none', () => {
  const now = Date.parse('2024-07-01T10:00:00Z');
  assert.deepEqual(['10:00:01', '10:01:00', '10:01:01', '12:30:00'].map(time => minutesLeft(`2024-07-01T${time}Z`, now)), [1, 1, 2, 150]);
});

test('a machine that wakes up after the end shows nothing on, before any timer has run', () => {
  const real = Date.now;
  const turn = new Turn({});
  const seen = [];
  untilEnd(turn, inMinutes(20), minutes => seen.push(minutes), () => seen.push('over'));
  try {
    Date.now = () => real() + 3_600_000;
    document.dispatchEvent(new Event('visibilitychange'));
    document.dispatchEvent(new Event('visibilitychange'));
  } finally {
    Date.now = real;
  }
  assert.deepEqual(seen, [20, 'over']);
});

test('a page that was left looks at the clock no more', () => {
  const real = Date.now;
  const turn = new Turn({});
  let ends = 0;
  untilEnd(turn, inMinutes(20), () => {}, () => { ends++; });
  turn.end();
  try {
    Date.now = () => real() + 3_600_000;
    document.dispatchEvent(new Event('visibilitychange'));
  } finally {
    Date.now = real;
  }
  assert.equal(ends, 0);
});
