import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refused, SignInNeeded, Unreachable } from '../../../src/VcasConsole/web/failures.js';
import { isTime, nextTry, verdictOf, Why } from '../../../src/VcasConsole/web/verdicts.js';

const refused = status => new Refused({ title: 'No', status, code: 1000 });

test('who may not today, and who is not signed in, waits: nothing is refused for good by it', () => {
  const why = [refused(401), refused(403), new SignInNeeded()].map(failure => verdictOf(failure).why);
  assert.deepEqual(why, [Why.signIn, Why.mayNot, Why.signIn]);
  assert.deepEqual([401, 403].map(status => verdictOf(refused(status)).waits), [true, true]);
});

test('no answer waits, and one that names a time waits for it', () => {
  assert.equal(verdictOf(new Unreachable('200')).why, Why.noAnswer);
  const later = verdictOf(new Unreachable('429', 40_000));
  assert.deepEqual([later.why, later.after], [Why.later, 40_000]);
});

test('what must be corrected stays with its recorder', () => {
  for (const status of [400, 404, 409, 413, 415, 422]) assert.equal(verdictOf(refused(status)).waits, false, `${status}`);
});

test('a mistake of the pages’ own is not taken for bad signal', () => {
  assert.throws(() => verdictOf(new TypeError('x')), TypeError);
});

test('the waits grow to half an hour, and never undercut what was asked', () => {
  const steady = () => 0.5;
  assert.deepEqual([1, 2, 3, 7, 8, 20].map(tries => nextTry(tries, 0, 0, steady) / 1000), [15, 30, 60, 960, 1800, 1800]);
  assert.equal(nextTry(1, 600_000, 1_000, steady), 601_000);
  assert.ok(nextTry(1, 0, 0, () => 0) >= 12_000 && nextTry(1, 0, 0, () => 1) <= 18_000);
});

test('whoever asks for it hurries what had no answer, and not a server that asked to be left alone', () => {
  assert.equal(isTime({ nextTryAt: 500, why: Why.noAnswer }, 100, true), true);
  assert.equal(isTime({ nextTryAt: 500, why: Why.noAnswer }, 100, false), false);
  assert.equal(isTime({ nextTryAt: 500, why: Why.later }, 100, true), false);
  assert.equal(isTime({ nextTryAt: 500, why: Why.later }, 500, false), true);
  assert.equal(isTime({}, 0, false), true);
});
