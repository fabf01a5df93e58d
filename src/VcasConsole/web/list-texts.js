/** What the lists say of a call or of a referral, in sentences. */
import { serviceNow } from './service-time.js';
import { label, t } from './texts.js';
import { day, daysSince, moment } from './times.js';

/** How many calls stand in a part, for people: of a very long list nobody needs the exact figure. */
export const counted = ({ total, more }) => more ? t('callBacks.moreThan', { total: total.toLocaleString('en-GB') }) : total;

/** What is said of the last contact, with when it was. */
export const withLast = (said, { lastAttemptAt }, now = serviceNow()) => lastAttemptAt ? `${said}, ${moment(lastAttemptAt, now)}` : said;

/** How often somebody tried, what came of it last, and when that was. */
export const attemptsOf = (call, now = serviceNow()) => call.attempts > 0
  ? withLast(t('callBacks.attempts', { count: call.attempts, outcome: label('CallOutcome', call.lastOutcome) }), call, now)
  : t('callBacks.noAttempt');

/** The last line of a caller's row. */
export function callerLine(call, now = serviceNow()) {
  const isDue = call.state === 'due' || call.state === 'overdue';
  return joined([isDue && t('callBacks.dueSince', { day: day(call.dueAt, now) }), attemptsOf(call, now), call.callBackTeam]);
}

/** The last line of a supervisor's row. `nameOf`: what a person is called here. */
export const supervisorLine = (call, nameOf) => joined([
  attemptsOf(call),
  t('supervise.teams', { team: call.team, callBackTeam: call.callBackTeam }),
  call.person && t('supervise.assignedTo', { name: nameOf(call.person) }),
]);

/** A call's times, for a supervisor. That no call can ever be made, if so, stands first. */
export const whenOf = (call, now = serviceNow()) =>
  [call.hoursNeverMeet && t('callBacks.hoursNeverMeet'), timesOf(call, now)].filter(Boolean).join(' ');

/** What a referral waits for, or why it was refused. */
export function waitOf({ state, reason, madeAt, sentAt, answerDueAt, answeredAt }, now = serviceNow()) {
  if (state === 'rejected')
    return t('supervise.refused', { when: moment(answeredAt, now), reason: label('RejectionReason', reason) });
  if (state === 'awaitingRoute') return t('supervise.awaitsRoute', { when: moment(madeAt, now) });
  if (state === 'toSend') return t('supervise.notSent', { when: moment(madeAt, now) });
  return t('supervise.noAnswer', { count: daysSince(sentAt, now), sent: moment(sentAt, now), when: moment(answerDueAt, now) });
}

/** The last line of a referral's row. */
export const referralLine = ({ team, version, caseReference }) => joined([
  t('supervise.team', { team }), version > 1 && t('supervise.version', { count: version - 1 }),
  caseReference && t('supervise.case', { reference: caseReference }),
]);

function timesOf({ state, dueAt, overdueAt, callFrom, holdReason, reviewAt, reviewOverdueSince }, now) {
  switch (state) {
    case 'overdue': return t('supervise.overdueSince', { due: day(dueAt, now), when: moment(overdueAt, now) });
    case 'held': return [
      t('callBacks.held', { reason: label('HoldReason', holdReason), when: moment(reviewAt, now) }),
      reviewOverdueSince && t('callBacks.reviewOverdue', { when: moment(reviewOverdueSince, now) }),
    ].filter(Boolean).join(' ');
    case 'waiting': return t('supervise.callFrom', { when: moment(callFrom, now) });
    default: return t('supervise.overdueFrom', { due: day(dueAt, now), when: moment(overdueAt, now) });
  }
}

const joined = sentences => sentences.filter(Boolean).join(' · ');
