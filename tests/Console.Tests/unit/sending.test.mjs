import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.mjs';
import { isSending, onlyOnce } from '../../../src/VcasConsole/web/sending.js';

const form = () => {
  const button = { type: 'submit', attributes: {}, setAttribute(name, value) { this.attributes[name] = value; },
    removeAttribute(name) { delete this.attributes[name]; } };
  return { button, said: null, querySelector() { return this.said; }, querySelectorAll: () => [button], append(one) { this.said = one; } };
};

test('what is pressed twice is begun once, and again when its answer has come', async () => {
  let [begun, answer] = [0, () => {}];
  const work = () => { begun++; return new Promise(resolve => { answer = resolve; }); };
  const [one, other] = [form(), form()];
  const first = onlyOnce(one, 'household', work);
  assert.equal(one.button.attributes['aria-disabled'], 'true');
  await onlyOnce(one, 'household', work);
  await onlyOnce(other, 'household', work);
  assert.deepEqual([begun, isSending(), other.said.textContent], [1, true, 'Still being sent. You do not need to press again.']);
  answer();
  await first;
  assert.deepEqual([isSending(), one.button.attributes, one.said.textContent], [false, {}, '']);
  onlyOnce(one, 'household', work);
  assert.equal(begun, 2);
  answer();
});

test('another household is not held up, and a failure lets go', async () => {
  const work = async () => { throw new Error('no'); };
  await assert.rejects(onlyOnce(form(), 'one', work));
  assert.equal(isSending(), false);
  let done = 0;
  await Promise.all(['one', 'two'].map(household => onlyOnce(form(), household, async () => { done++; })));
  assert.equal(done, 2);
});

test('what has its answer is no longer being sent while its page changes', async () => {
  await onlyOnce(form(), 'one', async done => { done(); assert.equal(isSending(), false); });
});
