import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.mjs';
import { contactOf, windowOf } from '../../../src/VcasConsole/web/plan-rows.js';
import { label, t } from '../../../src/VcasConsole/web/texts.js';
import { words } from '../../../src/VcasConsole/web/words.js';

const at = '2024-03-11T13:00:00Z';

test('when they can be called is said as shortly as can be', () => {
  const [later, notToday] = [{ section: 'later', from: at }, { section: 'notToday' }];
  const said = [
    { place: { section: 'now', until: at } }, { place: { section: 'now' } }, { place: { section: 'now', asked: at } },
    { place: later, state: 'due' }, { place: later, state: 'waiting' },
    { place: notToday, needsSafeRoute: true }, { place: notToday, road: 'visit' }, { place: notToday, hoursNeverMeet: true },
    { place: notToday },
  ].map(windowOf);
  const time = '13:00';
  assert.deepEqual(said, [
    t('callBacks.until', { time }), t('callBacks.anyTime'), t('callBacks.asked', { time }), t('callBacks.from', { time }),
    t('callBacks.askedFrom', { time }), t('callBacks.noNumber'), t('callBacks.visit'), t('callBacks.outside'), t('callBacks.notNow'),
  ]);
});

test('that they rang us is not told as a call of ours', () => {
  const outcome = 'callLater';
  assert.equal(contactOf({ attempts: 0, lastOutcome: outcome, lastDirection: 'incoming' }),
    t('callBacks.theyRang', { outcome: label('CallOutcome', outcome) }));
  assert.equal(contactOf({ attempts: 0 }), t('callBacks.noAttempt'));
  assert.equal(contactOf({ attempts: 2, lastOutcome: 'noAnswer', lastDirection: 'outgoing' }),
    t('callBacks.attempts', { count: 2, outcome: label('CallOutcome', 'noAnswer') }));
});

test('when they were last called or rang us stands behind what came of it', () => {
  const now = Date.parse('2024-03-12T10:00:00Z');
  const last = { attempts: 1, lastOutcome: 'noAnswer', lastAttemptAt: '2024-03-11T09:10:00Z' };
  const outcome = label('CallOutcome', 'noAnswer');
  assert.equal(contactOf({ ...last, lastDirection: 'outgoing' }, now),
    `${t('callBacks.attempts', { count: 1, outcome })}, ${t('times.yesterday')} at 09:10`);
  assert.equal(contactOf({ ...last, lastDirection: 'incoming' }, now),
    `${t('callBacks.theyRang', { outcome })}, ${t('times.yesterday')} at 09:10`);
});

test('each risk has a short name', () => {
  for (const risk of words.Risk) assert.equal(typeof t(`callBacks.risk.${risk}`), 'string', risk);
});
