import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import * as lists from '../../../src/VcasConsole/web/list-texts.js';
import { label, t } from '../../../src/VcasConsole/web/texts.js';
import { day, moment } from '../../../src/VcasConsole/web/times.js';

const now = Date.parse('2025-05-20T10:00:00Z');
const at = '2025-05-12T09:00:00Z';
const call = {
  state: 'due', dueAt: at, overdueAt: '2025-05-26T09:00:00Z', callFrom: '2025-06-01T09:00:00Z', attempts: 0, team: 'north',
  callBackTeam: 'hub',
};

test('a very long list is counted as far as anybody needs', () => {
  assert.equal(lists.counted({ total: 37, more: false }), 37);
  assert.equal(lists.counted({ total: 2500, more: true }), t('callBacks.moreThan', { total: '2,500' }));
});

test('a caller reads since when a call is due, what was tried, and whose it is', () => {
  const parts = [t('callBacks.dueSince', { day: day(at, now) }), t('callBacks.noAttempt'), 'hub'];
  assert.equal(lists.callerLine(call, now), parts.join(' · '));
  assert.equal(lists.callerLine({ ...call, state: 'overdue' }, now), parts.join(' · '));
  assert.equal(lists.callerLine({ ...call, state: 'held', attempts: 2, lastOutcome: 'noAnswer' }, now), [
    t('callBacks.attempts', { count: 2, outcome: label('CallOutcome', 'noAnswer') }), 'hub',
  ].join(' · '));
});

test('a supervisor reads to whom a call is assigned, by the name that is known here', () => {
  const person = 'a0000000-1111-4000-8000-0000000000a1';
  const [nobodys, known] = [undefined, person].map(
    one => lists.supervisorLine({ ...call, person: one }, id => `somebody of ${id.slice(0, 3)}`).split(' · '));
  assert.deepEqual(nobodys, [t('callBacks.noAttempt'), t('supervise.teams', { team: 'north', callBackTeam: 'hub' })]);
  assert.equal(known[2], t('supervise.assignedTo', { name: 'somebody of a00' }));
});

test('a call’s times are said as its state needs them', () => {
  assert.equal(lists.whenOf(call, now), t('supervise.overdueFrom', { due: day(at, now), when: moment(call.overdueAt, now) }));
  const since = t('supervise.overdueSince', { due: day(at, now), when: moment(call.overdueAt, now) });
  assert.equal(lists.whenOf({ ...call, state: 'overdue' }, now), since);
  assert.equal(lists.whenOf({ ...call, state: 'waiting' }, now), t('supervise.callFrom', { when: moment(call.callFrom, now) }));
});

test('a hold says why, until when, and whether somebody should have decided', () => {
  const held = { ...call, state: 'held', holdReason: 'bailChanged', reviewAt: '2025-05-19T09:00:00Z' };
  const first = t('callBacks.held', { reason: label('HoldReason', 'bailChanged'), when: moment(held.reviewAt, now) });
  assert.equal(lists.whenOf(held, now), first);
  assert.equal(
    lists.whenOf({ ...held, reviewOverdueSince: held.reviewAt }, now),
    `${first} ${t('callBacks.reviewOverdue', { when: moment(held.reviewAt, now) })}`);
});

test('that no call can ever be made stands first', () => {
  assert.ok(lists.whenOf({ ...call, hoursNeverMeet: true }, now).startsWith(`${t('callBacks.hoursNeverMeet')} `));
});

test('a referral says what it waits for, or why it came back', () => {
  const referral = { madeAt: at, sentAt: '2025-05-18T09:00:00Z', answerDueAt: '2025-06-01T09:00:00Z', answeredAt: '2025-05-19T09:00:00Z' };
  const waits = t('supervise.noAnswer', { count: 2, sent: moment(referral.sentAt, now), when: moment(referral.answerDueAt, now) });
  for (const state of ['sent', 'received']) assert.equal(lists.waitOf({ ...referral, state }, now), waits);
  assert.equal(lists.waitOf({ ...referral, state: 'toSend' }, now), t('supervise.notSent', { when: moment(at, now) }));
  assert.equal(lists.waitOf({ ...referral, state: 'rejected', reason: 'outOfArea' }, now), t('supervise.refused', {
    when: moment(referral.answeredAt, now), reason: label('RejectionReason', 'outOfArea'),
  }));
});

test('a referral’s last line tells what there is to tell', () => {
  assert.equal(lists.referralLine({ team: 'north', version: 1 }), t('supervise.team', { team: 'north' }));
  assert.equal(lists.referralLine({ team: 'north', version: 3, caseReference: 'V-9' }), [
    t('supervise.team', { team: 'north' }), t('supervise.version', { count: 2 }), t('supervise.case', { reference: 'V-9' }),
  ].join(' · '));
});
