import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import { stepsOf } from '../../../src/VcasConsole/web/call-words.js';
import { askedFor, attemptOf, openingOf, saidOf } from '../../../src/VcasConsole/web/calls.js';
import { list, t } from '../../../src/VcasConsole/web/texts.js';
import { words } from '../../../src/VcasConsole/web/words.js';

const later = (callAgainAt, ...after) => ({ attempts: [{ outcome: 'noAnswer' }, { outcome: 'callLater', callAgainAt }, ...after] });

test('a time that they named is good from then on, and on its own day alone', () => {
  const at = '2025-06-10T13:00:00Z';
  assert.equal(askedFor(later(at), Date.parse(at)), at);
  assert.equal(askedFor(later(at), Date.parse('2025-06-10T22:59:00Z')), at);
  assert.equal(askedFor(later(at), Date.parse(at) - 1), null);
  assert.equal(askedFor(later(at), Date.parse('2025-06-10T23:00:00Z')), null);
  assert.equal(askedFor(later(at), Date.parse('2025-06-11T13:00:00Z')), null);
});

test('it is over with the next attempt, and nobody named one without any', () => {
  const at = '2025-06-10T13:00:00Z';
  assert.equal(askedFor(later(at, { outcome: 'noAnswer' }), Date.parse(at)), null);
  assert.equal(askedFor({ attempts: [] }, Date.parse(at)), null);
});

test('the call begins as this household needs it, and after a death otherwise', () => {
  const found = [{}, { nextOffer: 'first' }, { nextOffer: 'again' }, { nextOffer: 'first', death: { of: 'suspect' } }].map(openingOf);
  assert.deepEqual(found, ['call.opening', 'call.openingFirst', 'call.opening', 'call.openingAfterDeath']);
  for (const path of found) assert.ok(list(path).length > 0);
});

test('a call that was made safely says so; where it proved unsafe, or somebody died, it does not', () => {
  const checked = outcome => attemptOf('id', {}, outcome).safetyChecked;
  assert.deepEqual(['noAnswer', 'accepted', 'declined', 'wrongNumber'].map(checked), [true, true, true, true]);
  assert.deepEqual(['unsafeToCall', 'died'].map(checked), [false, false]);
  assert.equal(attemptOf('id', { direction: 'incoming' }, 'accepted').safetyChecked, false);
});

test('an attempt has its id, its direction, and what belongs to its outcome', () => {
  assert.deepEqual(attemptOf('id', { direction: null }, 'callLater', { callAgainAt: '2025-06-10T13:00:00Z' }), {
    attemptId: 'id', outcome: 'callLater', direction: 'outgoing', safetyChecked: true, callAgainAt: '2025-06-10T13:00:00Z',
  });
});

test('a first no is told otherwise than a later one, and every outcome has its words', () => {
  assert.equal(saidOf({ nextOffer: 'first' }, 'declined'), 'declinedFirst');
  assert.equal(saidOf({ nextOffer: 'first' }, 'accepted'), 'accepted');
  for (const offer of [{}, { nextOffer: 'first' }])
    for (const outcome of words.CallOutcome) assert.equal(typeof t(`call.recorded.${saidOf(offer, outcome)}`), 'string', outcome);
});

test('the code word is said before anything else, and the offer itself after the opening; after a death nobody is asked by rote', () => {
  const offer = { contact: { name: 'Sam Example', codeWord: 'lighthouse' } };
  const steps = stepsOf(offer);
  assert.equal(steps[0], t('call.sayCodeWord', { word: 'lighthouse' }));
  assert.ok(steps[1].includes('Sam Example'));
  assert.deepEqual(steps.slice(-2), list('call.offer'));
  assert.ok(!stepsOf({ ...offer, death: { of: 'suspect' } }).includes(list('call.offer')[0]));
});
