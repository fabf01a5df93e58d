import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.mjs';
import { State } from '../../../src/VcasConsole/web/drafts.js';
import { isOfferRow, statusOf, whatNext } from '../../../src/VcasConsole/web/phone-texts.js';
import { t } from '../../../src/VcasConsole/web/texts.js';

test('an offer that is not kept anywhere is told apart from one that waits', () => {
  assert.deepEqual(statusOf({ state: State.waiting }), { text: t('phone.waiting'), colour: 'orange' });
  assert.deepEqual(statusOf({ state: State.waiting, isInMemory: true }), { text: t('phone.inMemory'), colour: 'red' });
});

test('an offer that arrived is known by its reference', () => {
  const reference = 'CB-5A5A5A';
  assert.deepEqual(statusOf({ state: State.arrived, reference }), { text: t('phone.arrived', { reference }), colour: 'green' });
});

test('what was refused or only begun is not taken for recorded', () => {
  for (const state of [State.refused, State.unfinished, undefined]) assert.notEqual(statusOf({ state }).colour, 'green');
});

test('what was pressed for a household is told by the household’s reference, and by none where it can’t be read', () => {
  const row = { kind: 'placeHold', state: State.waiting, content: { reference: 'CB-6B6B6B' } };
  assert.deepEqual(statusOf(row), { text: t('phone.command', { reference: 'CB-6B6B6B' }), colour: 'orange' });
  const refused = { text: t('phone.commandRefused', { reference: 'CB-6B6B6B' }), colour: 'red' };
  assert.deepEqual(statusOf({ ...row, state: State.refused }), refused);
  assert.equal(statusOf({ ...row, content: undefined }).text, t('phone.command', { reference: '' }));
  assert.deepEqual([{}, { kind: 'recordOffer' }, row].map(isOfferRow), [true, true, false]);
});

test('whoever recorded an offer learns what happens now', () => {
  const now = Date.parse('2025-05-20T10:00:00Z');
  assert.equal(whatNext({ becomes: 'referred', dueAt: '2025-06-10T09:00:00Z' }, now), t('phone.willBeReferred'));
  assert.equal(whatNext({ becomes: 'closed' }, now), t('phone.nobodyWillCall'));
  assert.match(whatNext({ becomes: 'waiting', dueAt: '2025-06-10T09:00:00Z' }, now), /Tue,? 10 Jun/);
  assert.equal(whatNext({}, now), t('phone.isRecorded'));
});
