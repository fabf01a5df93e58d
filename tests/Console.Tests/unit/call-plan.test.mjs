import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.mjs';
import { changesAt, leftIn, nextIn, planOf, progressOf } from '../../../src/VcasConsole/web/call-plan.js';

const now = Date.parse('2024-03-11T10:00:00Z');
const at = time => `2024-03-11T${time}:00Z`;
const rules = { callsTo: '17:00:00' };
const due = (offerId, more = {}) => ({ offerId, state: 'due', safeNow: true, risks: [], attempts: 0, ...more });
const until = (id, time, more) => due(id, { windowEndsAt: at(time), ...more });
const from = (id, safeFrom, more) => due(id, { safeNow: false, safeFrom, ...more });
const planned = calls => planOf(calls, rules, now);
const ids = calls => calls.map(({ offerId }) => offerId);

test('the window that closes first is on top, and among equals the list’s own order stays: highest risk, then oldest', () => {
  const plan = planned([due('riskiest'), until('noon, riskier', '12:00'), due('older'), until('noon', '12:00'), until('first', '10:15')]);
  assert.deepEqual(ids(plan.now), ['first', 'noon, riskier', 'noon', 'riskiest', 'older']);
});

test('each call is in one section, with its time', () => {
  const plan = planned([
    from('four', at('16:00')), from('one', at('13:00')), from('evening', at('17:30')), from('tomorrow', '2024-03-12T09:00:00Z'),
    due('no number', { needsSafeRoute: true }), due('visit', { road: 'visit' }), due('never', { hoursNeverMeet: true }), due('any time'),
  ]);
  assert.deepEqual(ids(plan.now), ['any time']);
  assert.deepEqual(ids(plan.later), ['one', 'four']);
  assert.deepEqual(ids(plan.notToday), ['evening', 'tomorrow', 'no number', 'visit', 'never']);
  assert.equal(plan.later[0].place.from, at('13:00'));
});

test('a window that has closed since the list was read is not one to call in', () => {
  assert.deepEqual(ids(planned([until('closed', '10:00')]).now), []);
  assert.deepEqual(ids(planned([until('closed', '10:00')]).notToday), ['closed']);
});

test('what waits is planned for the time of today that they asked for, and otherwise not at all', () => {
  const waiting = (offerId, callFrom) => ({ offerId, state: 'waiting', callFrom, safeNow: true, risks: [] });
  const plan = planned([waiting('today', at('14:00')), waiting('tomorrow', '2024-03-12T14:00:00Z'), waiting('passed', at('09:00'))]);
  assert.deepEqual([ids(plan.now), ids(plan.later), ids(plan.notToday)], [[], ['today'], []]);
});

test('once the time has come that they asked for, it comes before everything else, whatever the hours of weeks ago say', () => {
  const asked = from('asked', '2024-03-12T09:00:00Z', { lastOutcome: 'callLater', callFrom: at('10:00') });
  assert.deepEqual(ids(planned([until('first', '10:15'), asked]).now), ['asked', 'first']);
  const early = { ...asked, callFrom: at('10:01') };
  assert.deepEqual(ids(planned([early]).now), []);
});

test('a line that can’t be read is looked at now, last, and opened by nobody’s “next”', () => {
  const plan = planned([due('damaged', { damaged: true, safeNow: false }), due('whole')]);
  assert.deepEqual(ids(plan.now), ['damaged', 'whole']);
  assert.equal(nextIn(plan).offerId, 'whole');
});

test('the next call is nobody else’s: not being called by a colleague, and not assigned to one', () => {
  const plan = planned([
    until('being called', '10:15', { claim: { mine: false } }), until('anothers', '10:20', { person: 'p', mine: false }),
    until('mine', '10:30', { person: 'me', mine: true }), due('last', { claim: { mine: true } }),
  ]);
  assert.equal(nextIn(plan).offerId, 'mine');
  assert.equal(nextIn(plan, 'mine').offerId, 'last');
  assert.equal(nextIn(planned([until('being called', '10:15', { claim: { mine: false } })])), null);
});

test('what was opened and left comes last, so that nobody goes round in a circle', () => {
  const plan = planned([until('left', '10:15'), until('next', '10:30'), due('third')]);
  assert.equal(nextIn(plan, 'next', ['left', 'next']).offerId, 'third');
  assert.equal(nextIn(plan, 'third', ['left', 'next', 'third']).offerId, 'left');
});

test('progress counts whom one called and what is left; whom one calls again later today is not done', () => {
  const plan = planned([due('one'), due('two', { person: 'p', mine: false }), from('later', at('13:00')), from('not today', null)]);
  assert.deepEqual(leftIn(plan), ['one', 'later']);
  assert.deepEqual(progressOf(['a', 'b', 'later'], leftIn(plan)), { done: 2, total: 4 });
  assert.deepEqual(progressOf(['a', 'b'], []), { done: 2, total: 2 });
});

test('the plan changes when the next window closes or opens', () => {
  const plan = planned([until('one', '12:00'), until('two', '10:30'), from('three', at('11:00')), due('any time')]);
  assert.equal(changesAt(plan, now), at('10:30'));
  assert.equal(changesAt(plan, Date.parse(at('10:30'))), at('11:00'));
  assert.equal(changesAt(planned([due('any time')]), now), null);
});
