import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import { bodyOf, errorsIn, isLate } from '../../../src/VcasConsole/web/offer-draft.js';

const now = Date.parse('2025-05-20T10:00:00Z');
const contact = {
  phone: '07700 900316', confirmed: 'any', when: 'any', hours: [], name: '', codeWord: '', whoElseMayAnswer: '', interpreterLanguage: '',
  relationship: '', accessibilityNeeds: '',
};
const draft = {
  answer: 'accepted', answeredAt: '2025-05-20T09:40:00.000Z', contact, never: { phone: '', sure: false }, risks: [], people: [],
  isGuardian: false, crimeReference: '', officerInCase: '', team: '', madeAt: '', isMadeAtConfirmed: false,
};
const empty = { ...contact, phone: '', confirmed: undefined };
const wrong = changes => errorsIn({ ...draft, ...changes }, 30, now).map(({ field }) => field);

test('an answer and a safe number are enough', () => {
  assert.deepEqual(wrong({}), []);
  assert.deepEqual(wrong({ answer: undefined, contact: empty }), ['answer', 'contact.phone']);
  assert.deepEqual(wrong({ contact: empty }), ['contact.phone']);
});

test('who declined or could not be asked is recorded without a number; one that was begun is finished', () => {
  for (const answer of ['declined', 'notAsked']) {
    assert.deepEqual(wrong({ answer, contact: empty }), []);
    assert.deepEqual(wrong({ answer, contact: { ...empty, name: 'Jo' } }), ['contact.phone']);
    assert.deepEqual(wrong({ answer, contact: { ...contact, phone: '07700 9003' } }), ['contact.phone']);
  }
});

test('that nobody ever calls is confirmed, and needs no number', () => {
  assert.deepEqual(wrong({ answer: 'doNotContact', contact: empty }), ['never.sure']);
  assert.deepEqual(wrong({ answer: 'doNotContact', contact: empty, never: { phone: '', sure: true } }), []);
  assert.deepEqual(wrong({ answer: 'doNotContact', never: { phone: '112', sure: true } }), ['never.phone']);
});

test('each person has a relationship and an age', () => {
  const people = [['child', 'adult'], ['', 'adult'], ['child', '']].map(([relationship, ageBand]) => ({ relationship, ageBand }));
  assert.deepEqual(wrong({ people }), ['household.people[1]', 'household.people[2]']);
});

test('where everybody is a child, the number is a guardian’s', () => {
  const children = [{ relationship: 'child', ageBand: 'under5' }, { relationship: 'child', ageBand: 'from16To17' }];
  assert.deepEqual(wrong({ people: children }), ['contact.isGuardian']);
  assert.deepEqual(wrong({ people: children, isGuardian: true }), []);
  assert.deepEqual(wrong({ people: [...children, { relationship: 'parent', ageBand: 'adult' }] }), []);
  assert.deepEqual(wrong({ people: children, answer: 'declined', contact: empty }), []);
  assert.deepEqual(wrong({ people: children, answer: 'doNotContact', never: { sure: true } }), []);
});

test('a date of long ago is confirmed', () => {
  assert.deepEqual(wrong({ madeAt: '2025-04-20T23:59' }), ['offeredAtConfirmed']);
  assert.deepEqual(wrong({ madeAt: '2025-04-21T00:00' }), []);
  assert.deepEqual(wrong({ madeAt: '2024-05-20T10:00', isMadeAtConfirmed: true }), []);
  assert.equal(isLate(draft, 30, now), false);
  assert.equal(isLate({ ...draft, answeredAt: '2025-01-01T09:00:00Z' }, 30, now), true);
});

test('what was left empty is not sent', () => {
  assert.deepEqual(bodyOf(draft), {
    answer: 'accepted', offeredAt: '2025-05-20T09:40:00.000Z', contact: { phone: '07700 900316', voicemailAllowed: false },
  });
  assert.deepEqual(bodyOf({ ...draft, answer: 'declined', contact: empty }), { answer: 'declined', offeredAt: draft.answeredAt });
});

test('all that was said is sent', () => {
  const people = [{ relationship: 'child', ageBand: 'under5' }];
  const body = bodyOf({
    ...draft, people, isGuardian: true, risks: ['suspectAtAddress'], team: 'north', crimeReference: 'X/1', madeAt: '2025-05-19T18:30',
    isMadeAtConfirmed: true, officerInCase: 'DC Invented, extension 4471',
  });
  assert.equal(body.officerInCase, 'DC Invented, extension 4471');
  assert.deepEqual(
    [body.household, body.risks, body.team, body.crimeReference, body.offeredAt, body.offeredAtConfirmed, body.contact.isGuardian],
    [{ people }, ['suspectAtAddress'], 'north', 'X/1', '2025-05-19T17:30:00.000Z', true, true]);
});

test('of somebody whom nobody ever calls the number alone is sent, where they gave it', () => {
  assert.equal('contact' in bodyOf({ ...draft, answer: 'doNotContact', never: { phone: ' ', sure: true } }), false);
  const never = { phone: '07700 900317', sure: true };
  assert.deepEqual(bodyOf({ ...draft, answer: 'doNotContact', never }).contact, { phone: '07700 900317' });
});

test('the same draft makes the same body, whenever it is sent', () => {
  const stored = JSON.parse(JSON.stringify({ ...draft, madeAt: '2025-05-19T18:30:12' }));
  assert.equal(JSON.stringify(bodyOf(stored)), JSON.stringify(bodyOf(JSON.parse(JSON.stringify(stored)))));
  assert.equal(bodyOf(stored).offeredAt, '2025-05-19T17:30:00.000Z');
});
