import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Left } from '../../../src/VcasConsole/web/failures.js';
import { begin, now } from '../../../src/VcasConsole/web/turns.js';

test('a slow answer of a page that was left is shown to nobody, and neither is its failure', async () => {
  for (const end of [resolve => resolve('07700 900777'), (_, reject) => reject(new TypeError('cut'))]) {
    const first = begin({}, { id: 'one' });
    let answer;
    const asked = first.step(() => new Promise((resolve, reject) => { answer = () => end(resolve, reject); }));
    const second = begin({}, { id: 'two' });
    answer();
    await assert.rejects(asked, Left);
    assert.equal(now(), second);
    assert.equal(second.isOver, false);
  }
});

test('what a page still asks for is given up when it is left', () => {
  const turn = begin({});
  let given = 0;
  turn.signal.addEventListener('abort', () => { given++; });
  begin({});
  assert.equal(given, 1);
  assert.equal(turn.isOver, true);
});

test('a page that was left asks for nothing more', async () => {
  const turn = begin({});
  turn.end();
  let isAsked = false;
  await assert.rejects(turn.step(async () => { isAsked = true; }), Left);
  assert.equal(isAsked, false);
});

test('what is to be done at the end is done once, also where the end was before', () => {
  const turn = begin({});
  let done = 0;
  turn.onEnd(() => { done++; });
  turn.end();
  turn.end();
  turn.onEnd(() => { done++; });
  assert.equal(done, 2);
});
