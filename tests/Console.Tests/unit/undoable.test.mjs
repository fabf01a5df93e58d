import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recorded, secondsLeft, takesUpAgain, undoable, undone } from '../../../src/VcasConsole/web/undoable.js';

const attempt = { attemptId: 'one', outcome: 'noAnswer', safetyChecked: true };
const start = 1_000_000;

test('what was recorded can be undone for its seconds, of its own household alone', () => {
  recorded('a', attempt, 10, start);
  assert.equal(undoable('a', start).attemptId, 'one');
  assert.deepEqual([start, start + 1, start + 9_999].map(now => secondsLeft(undoable('a', now), now)), [10, 10, 1]);
  assert.equal(undoable('b', start), null);
  assert.equal(undoable('a', start + 10_000), null);
});

test('what cannot be undone takes the place of what could', () => {
  recorded('a', attempt, 10, start);
  recorded('b', { ...attempt, outcome: 'doNotContact' }, undefined, start);
  assert.equal(undoable('a', start), null);
  assert.equal(undoable('b', start), null);
});

test('who undoes a call that was checked takes it up again, once; who answered one does not', () => {
  recorded('a', attempt, 10, start);
  undone(undoable('a', start));
  assert.equal(undoable('a', start), null);
  assert.deepEqual([takesUpAgain('b'), takesUpAgain('a')], [false, false]);
  recorded('a', attempt, 10, start);
  undone(undoable('a', start));
  assert.deepEqual([takesUpAgain('a'), takesUpAgain('a')], [true, false]);
  recorded('a', { ...attempt, safetyChecked: false }, 10, start);
  undone(undoable('a', start));
  assert.equal(takesUpAgain('a'), false);
});
