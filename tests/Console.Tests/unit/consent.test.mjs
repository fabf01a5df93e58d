import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import { bodyOf, errorsIn } from '../../../src/VcasConsole/web/consent.js';

const at = '2025-05-20T09:40:00.000Z';

test('where nobody said anything nothing is sent, whatever else stands in the form', () => {
  assert.equal(bodyOf(undefined, at), undefined);
  assert.equal(bodyOf({ said: {}, by: 'themselves', how: 'inPerson', wordsVersion: 'standard-1' }, at), undefined);
});

test('what was said is sent as it was said, with the words in which it was asked', () => {
  assert.deepEqual(
    JSON.parse(JSON.stringify(bodyOf(
      { said: { beingAskedAgain: 'yes', beingCalled: 'yes', beingReferred: 'no' }, by: '', how: 'inPerson', wordsVersion: 'v-2' }, at))),
    { wordsVersion: 'v-2', yesTo: ['beingCalled', 'beingAskedAgain'], noTo: ['beingReferred'], at, how: 'inPerson' });
});

test('an answer that goes against it is said at the door, and a plain one never is', () => {
  const isWrong = (answer, said, hasNumber) => errorsIn(answer, { said }, hasNumber).length > 0;
  assert.equal(isWrong('accepted', { beingReferred: 'no' }), true);
  assert.equal(isWrong('accepted', { beingCalled: 'no' }), false);
  assert.equal(isWrong('declined', { beingReferred: 'no' }, true), false);
  assert.equal(isWrong('declined', { beingCalled: 'no' }, true), true);
  assert.equal(isWrong('declined', { beingCalled: 'no' }, false), false);
  assert.equal(isWrong('notAsked', { beingAskedAgain: 'no' }, false), true);
  assert.equal(isWrong('doNotContact', { beingCalled: 'yes' }), true);
  for (const answer of ['accepted', 'declined', 'notAsked', 'doNotContact', undefined]) assert.deepEqual(errorsIn(answer), []);
});
