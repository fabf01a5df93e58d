/** How the service is kept, in words: what the nights did, what they erase, and how old the backup and the keys are. */
import { bullets, h, para, summaryList, warning } from './dom.js';
import { serviceNow } from './service-time.js';
import { table } from './tables.js';
import { label, t } from './texts.js';
import { day, moment } from './times.js';

// A night may take some hours; after this one is missing.
const lateAfter = 30 * 3_600_000;

/** Whether what should be done each night has not been done for longer than a day. */
export const isLate = (at, now = serviceNow()) => now - Date.parse(at) > lateAfter;

const alert = text => warning(t('errors.warning'), text);

/** What the last night's verification of the audit came to. */
export function verified(audit, now = serviceNow()) {
  if (!audit) return alert(t('service.audit.none'));
  const { at, verifiedTo, isWhole, findings, days, entries } = audit;
  return [
    isLate(at, now) && alert(t('service.audit.stopped', { when: moment(at, now) })),
    !isWhole && [alert(t('service.audit.broken')), bullets(findings.map(kind => label('FindingKind', kind)))],
    para(t(isWhole ? 'service.audit.whole' : 'service.audit.looked', { when: moment(at, now), to: day(verifiedTo, now) }), ' ',
      t('service.audit.days', { count: days }), ' ', t('service.audit.entries', { count: entries })),
  ];
}

/** How the last night went. */
export function lastNight(night, now = serviceNow()) {
  if (!night) return alert(t('service.night.none'));
  const { startedAt, endedAt, nextAt, failed, mayErase } = night;
  return [
    isLate(endedAt, now) && alert(t('service.night.stopped', { when: moment(endedAt, now) })),
    failed.length > 0 && [alert(t('service.night.failed')), bullets(failed.map(step => label('NightStep', step)))],
    !mayErase && alert(t('service.night.mayNotErase')),
    summaryList([
      [t('service.night.last'), t('service.night.lasted', { from: moment(startedAt, now), to: moment(endedAt, now) })],
      [t('service.night.result'), failed.length === 0 && t('service.night.well')],
      [t('service.night.next'), nextAt && Date.parse(nextAt) > now ? moment(nextAt, now) : t('service.night.tonight')],
    ].filter(([, value]) => value)),
  ];
}

/** Whether there is a backup, and how old it is. */
export function backedUp({ enabled, last, at }, now = serviceNow()) {
  return [
    !enabled && alert(t('service.backup.off')),
    enabled && !at && alert(t('service.backup.none')),
    enabled && at && isLate(at, now) && alert(t('service.backup.old', { when: moment(at, now) })),
    at && summaryList([[t('service.backup.last'), moment(at, now)], [t('service.backup.name'), last]]),
  ];
}

/** For how long each kind of household is kept, and what the next night erases. */
export const kept = ({ kinds, auditDays, disclosureHolds, reviewsOverdue }, now = serviceNow()) => [
  table(t('service.kept.title'), ['kind', 'days', 'next'].map(name => t(`service.kept.${name}`)), kinds.map(
    ({ kind, days, erasedNext }) => [
      label('RetentionClass', kind), t('service.kept.forDays', { count: days }), t('service.kept.since', { day: day(erasedNext, now) }),
    ]), { text: true }),
  para(t('service.kept.text')),
  para(t('service.kept.audit', { count: auditDays }), ' ',
    disclosureHolds > 0 ? t('service.kept.held', { count: disclosureHolds }) : t('service.kept.noneHeld'), ' ',
    reviewsOverdue > 0 && h('strong', {}, t('service.kept.overdue', { count: reviewsOverdue }))),
];

/** Every key: what it is for, whether it writes, how old it is. Of the key itself there is nothing. */
export const keyTable = (keys, now = serviceNow()) => table(
  t('service.keys.title'), ['use', 'state', 'age', 'fingerprint'].map(name => t(`service.keys.${name}`)),
  keys.map(({ use, id, isActive, fingerprint, since, ageDays }) => [
    [label('KeyUse', use), id && `: ${id}`],
    t(isActive ? 'service.keys.active' : 'service.keys.earlier'),
    t('service.keys.aged', { count: ageDays, since: day(since, now) }),
    h('code', {}, fingerprint.toLowerCase().replace(/(.{4})(?=.)/g, '$1 ')),
  ]), { text: true });
