/** What is said of one household, in sentences: what became of it, what comes next, and what happened. */
import { serviceNow } from './service-time.js';
import { label, maybe, t } from './texts.js';
import { day, moment } from './times.js';

// In which of the API's lists a code of an event stands.
const codes = {
  offerWithdrawn: ['reason', 'WithdrawalReason'],
  offerClosed: ['reason', 'ClosingReason'],
  disclosureHoldPlaced: ['reason', 'DisclosureReason'],
  safeRouteFound: ['route', 'RouteKind'],
  offerReopened: ['reason', 'ReopeningReason'],
  dangerActionRecorded: ['action', 'DangerAction'],
  welfareContactRecorded: ['outcome', 'WelfareOutcome'],
  attemptRecorded: ['outcome', 'CallOutcome'],
  attemptUndone: ['outcome', 'CallOutcome'],
  lateOutcomeRecorded: ['outcome', 'CallOutcome'],
  callBackHeld: ['reason', 'HoldReason'],
  referralWithdrawn: ['reason', 'WithdrawalReason'],
};

/** What became of an offer, for whoever found it or recorded it. */
export const becameLine = ({ became, closingReason, nextOffer, needsSafeRoute }) => [
  t(`find.became.${became}`),
  // What the words before don't say already.
  became === 'ended' && closingReason && `${label('ClosingReason', closingReason)}.`,
  nextOffer && t(`find.next.${nextOffer}`),
  needsSafeRoute && t('find.needsSafeRoute'),
].filter(Boolean).join(' ');

/** What has to happen next, and who does it. */
export function nextOf(offer, now = serviceNow()) {
  const { state, hold, referral, callFrom, overdueAt, routeTask, erasure, closing } = offer;
  if (erasure) return t('household.next.erased', { day: day(erasure.at, now) });
  switch (state) {
    case 'held': return t('household.next.held', { reason: label('HoldReason', hold.reason), when: moment(hold.reviewAt, now) });
    case 'referred': return t(`household.next.referral.${referral.state}`);
    case 'closed': return t('household.next.closed', { reason: label('ClosingReason', closing.reason), day: day(closing.at, now) });
    default: {
      const call = state === 'due'
        ? t(Date.parse(overdueAt) <= now ? 'household.next.overdue' : 'household.next.due', { when: overdueAt && moment(overdueAt, now) })
        : t('household.next.waiting', { when: moment(callFrom, now) });
      return routeTask ? `${call} ${t('household.next.route')}` : call;
    }
  }
}

/** One entry of the trail. An event that this page does not know yet is shown by its name. */
export function happened({ at, by, event, data = {} }, now = serviceNow()) {
  const [field, list] = codes[event] ?? [];
  const code = event === 'referralAnswered'
    ? maybe(`words.ReferralState.${data.answer?.kind}`)
    : field && maybe(`words.${list}.${data[field]}`);
  const what = [maybe(`trail.${event}`) ?? event, code].filter(Boolean).join(': ');
  return { what, who: maybe(`trailBy.${by}`) ?? by, when: moment(at, now) };
}

/** What they said yes or no to, each time that it was recorded. */
export const consentLine = ({ yesTo = [], noTo = [], by, how, at, wordsVersion }, now = serviceNow()) => [
  yesTo.length > 0 && t('household.yesTo', { what: yesTo.map(to => label('ConsentTo', to)).join(', ') }),
  noTo.length > 0 && t('household.noTo', { what: noTo.map(to => label('ConsentTo', to)).join(', ') }),
  [at && moment(at, now), by && label('ConsentBy', by), how && label('ConsentHow', how),
    wordsVersion && t('household.wordsVersion', { version: wordsVersion })].filter(Boolean).join(', '),
].filter(Boolean).join(' ');
