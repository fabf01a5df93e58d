import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { signIn } from './browser.mjs';
import * as shift from '../../../src/VcasConsole/web/shift.js';

const [one, other] = ['a0000000-0000-4000-8000-0000000000a1', 'a0000000-0000-4000-8000-0000000000a2'];

beforeEach(() => signIn(one));

test('nothing is said of how far one is before the list was read', () => {
  assert.equal(shift.progress(), null);
  shift.planned(['a', 'b', 'c']);
  assert.deepEqual(shift.progress(), { done: 0, total: 3 });
});

test('a call is done once, however often something is recorded of it', () => {
  shift.planned(['a', 'b', 'c']);
  shift.finished('a', true);
  shift.finished('a', true);
  assert.deepEqual(shift.progress(), { done: 1, total: 3 });
  assert.equal(shift.isFinished('a'), true);
});

test('a call whose outcome was undone is to be made as before', () => {
  shift.planned(['a', 'b', 'c']);
  shift.finished('a', true);
  shift.reopened('a');
  shift.reopened('z');
  assert.deepEqual(shift.progress(), { done: 0, total: 3 });
  assert.equal(shift.isFinished('a'), false);
});

test('what is recorded of a household that was not to be called is no call', () => {
  shift.planned(['a']);
  shift.finished('z', false);
  assert.deepEqual(shift.progress(), { done: 0, total: 1 });
  shift.finished('z', true);
  assert.deepEqual(shift.progress(), { done: 1, total: 2 });
});

test('the list is found again as it was left, at the call from which one comes, once', () => {
  shift.planned(['a'], '/console/call-backs?team=north&mine=1');
  shift.opened('a');
  assert.equal(shift.listAddress(), '/console/call-backs?team=north&mine=1');
  assert.deepEqual([shift.takePlace(), shift.takePlace()], ['a', null]);
});

test('a call that was left without an outcome is skipped until it has one', () => {
  shift.opened('a');
  shift.opened('b');
  shift.opened('a');
  assert.deepEqual(shift.skipped(), ['b', 'a']);
  shift.finished('b', true);
  assert.deepEqual(shift.skipped(), ['a']);
});

test('it is one person’s and one day’s', () => {
  const real = Date.now;
  shift.planned(['a', 'b']);
  shift.finished('a', true);
  Date.now = () => real() + 24 * 3_600_000;
  try {
    assert.equal(shift.progress(), null);
  } finally {
    Date.now = real;
  }
  assert.deepEqual(shift.progress(), { done: 1, total: 2 });
  sessionStorage.setItem('vcas.tokens', sessionStorage.getItem('vcas.tokens').replaceAll(one, other));
  assert.equal(shift.progress(), null);
});
