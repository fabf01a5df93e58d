import assert from 'node:assert/strict';
import { test } from 'node:test';
import './elements.mjs';
import './served.mjs';
import { h } from '../../../src/VcasConsole/web/dom.js';
import { backedUp, isLate, keyTable, lastNight, verified } from '../../../src/VcasConsole/web/maintenance.js';
import { label, t } from '../../../src/VcasConsole/web/texts.js';
import { moment } from '../../../src/VcasConsole/web/times.js';

const now = Date.parse('2025-05-20T10:00:00Z');
const tonight = '2025-05-20T01:40:00Z';
const before = '2025-05-18T01:40:00Z';
const textOf = shown => h('div', {}, shown).textContent;
const night = { startedAt: tonight, endedAt: tonight, failed: [], mayErase: true };
const audit = { at: tonight, verifiedTo: '2025-05-19', isWhole: true, findings: [], days: 2, entries: 40 };

test('a night may begin late, and one that is left out is late', () => {
  assert.deepEqual([isLate(tonight, now), isLate('2025-05-19T01:40:00Z', Date.parse('2025-05-20T07:00:00Z')), isLate(before, now)],
    [false, false, true]);
});

test('of a good night it is said that everything was done, and nothing else', () => {
  const said = textOf(lastNight(night, now));
  assert.ok(said.includes(t('service.night.well')) && said.includes(t('service.night.tonight')));
  assert.ok(!said.includes(t('service.night.failed')) && !said.includes(t('service.night.mayNotErase')));
});

test('what failed, what was left and that the nights have stopped are said first', () => {
  const said = textOf(lastNight({ ...night, endedAt: before, failed: ['backup'], mayErase: false, nextAt: '2025-05-21T01:40:00Z' }, now));
  for (const text of [
    t('service.night.stopped', { when: moment(before, now) }), t('service.night.failed'), label('NightStep', 'backup'),
    t('service.night.mayNotErase'), moment('2025-05-21T01:40:00Z', now),
  ]) assert.ok(said.includes(text), text);
  assert.ok(!said.includes(t('service.night.well')));
  assert.ok(textOf(lastNight(undefined, now)).includes(t('service.night.none')));
});

test('a backup is there, is old, is none, or is switched off', () => {
  const said = backup => textOf(backedUp(backup, now));
  assert.ok(said({ enabled: true, at: tonight, last: 'b1' }).includes('b1'));
  assert.ok(!said({ enabled: true, at: tonight, last: 'b1' }).includes(t('errors.warning')));
  assert.ok(said({ enabled: true, at: before, last: 'b1' }).includes(t('service.backup.old', { when: moment(before, now) })));
  assert.ok(said({ enabled: true }).includes(t('service.backup.none')));
  assert.ok(said({ enabled: false, at: before, last: 'b1' }).includes(t('service.backup.off')));
});

test('an audit that is not whole is said by kind, and one that nobody looks at any more is said to be', () => {
  assert.ok(!textOf(verified(audit, now)).includes(t('errors.warning')));
  const broken = textOf(verified({ ...audit, isWhole: false, findings: ['entryAltered'] }, now));
  assert.ok(broken.includes(t('service.audit.broken')) && broken.includes(label('FindingKind', 'entryAltered')));
  assert.ok(!broken.includes('all as it was written'));
  assert.ok(textOf(verified({ ...audit, at: before }, now)).includes(t('service.audit.stopped', { when: moment(before, now) })));
  assert.ok(textOf(verified(undefined, now)).includes(t('service.audit.none')));
});

test('a key is told by its use and age, and its fingerprint can be read aloud', () => {
  const shown = textOf(keyTable([
    { use: 'seal', id: 'k2', isActive: true, fingerprint: 'ABCDEF01', since: before, ageDays: 2 },
    { use: 'hash', isActive: true, fingerprint: '0123', since: before, ageDays: 1 },
  ], now));
  assert.ok(shown.includes(`${label('KeyUse', 'seal')}: k2`) && shown.includes('abcd ef01'));
  assert.ok(!shown.includes('undefined'));
});
