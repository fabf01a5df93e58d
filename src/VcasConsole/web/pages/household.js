/**
 * One household, with all that whoever opens it may know: what comes next and what they can do about it, what was recorded, how to reach
 * them, the referral, what they said yes to, and what happened. No number stands here: that is shown on the call page, after the check.
 */
import { may } from '../access.js';
import { readOffer } from '../api.js';
import * as contact from '../contact.js';
import { bullets, details, h, heading, inset, link, para, summaryList, tag, warning } from '../dom.js';
import { toDo } from '../household-acts.js';
import { consentLine, happened, nextOf } from '../household-texts.js';
import { lawWords } from '../consent-fields.js';
import { attempt, show } from '../page.js';
import { learnPeople, nameOf } from '../people.js';
import { label, t } from '../texts.js';
import { day, hours, moment } from '../times.js';
import { words } from '../words.js';

const colours = { due: 'blue', waiting: 'grey', held: 'yellow', referred: 'green', closed: 'grey' };

/** Shows it. The address says why it is opened; the audit keeps that. */
export async function open(turn, { offerId }) {
  const query = new URLSearchParams(location.search);
  const reason = words.ReadReason.includes(query.get('reason')) ? query.get('reason') : usualReason();
  await attempt(turn, t('household.title'), async () => {
    const [offer] = await Promise.all([readOffer(turn, offerId, reason), learnPeople(turn)]);
    show(
      turn, t('household.titleOf', { reference: offer.reference }),
      h('p', { class: 'govuk-body' }, tag(label('OfferState', offer.state), colours[offer.state]), ' ',
        t('call.offered', { day: day(offer.offeredAt), answer: label('OfferAnswer', offer.answer) })),
      offer.danger && warning(t('errors.warning'), t(offer.danger.acknowledgedAt ? 'household.dangerKnown' : 'household.danger',
        { when: moment(offer.danger.since) })),
      offer.death
        && warning(t('errors.warning'), t('household.death', { whose: label('DeathOf', offer.death.of), day: day(offer.death.notedAt) })),
      heading(2, t('household.nextTitle')),
      inset(nextOf(offer)),
      may('ListCallBacks') && !['referred', 'closed'].includes(offer.state)
        && para(link(`/console/call-backs/${offer.offerId}`, t('household.toCall'))),
      toDo(offer, { reason, what: query.get('what') }),
      recorded(offer),
      offer.contact && reach(offer.contact),
      offer.referral && referralOf(offer),
      consents(offer),
      disclosure(offer),
      attempts(offer),
      timeline(offer),
      para(link('/console/households', t('household.back'))));
  });
}

const usualReason = () => may('ReassignCallBack') ? 'supervision' : 'correction';

const recorded = offer => [
  heading(2, t('household.recorded')),
  summaryList([
    [t('household.answer'), label('OfferAnswer', offer.answer)],
    [t('household.offeredAt'), moment(offer.offeredAt)],
    [t('household.recordedAt'), moment(offer.recordedAt)],
    [t('household.team'), offer.team],
    [t('household.assignee'), [offer.assignee.team, offer.assignee.person && nameOf(offer.assignee.person)].filter(Boolean).join(', ')],
    [t('record.reference'), offer.crimeReference],
    [t('record.officerInCase'), offer.officerInCase],
    [t('household.risks'), offer.risks.map(risk => label('Risk', risk)).join('; ')],
    [t('household.directVictim'), offer.childMayBeDirectVictim && t('consent.yes')],
    [t('call.people'), offer.household.people.map(
      one => `${label('Relationship', one.relationship)}, ${label('AgeBand', one.ageBand)}`).join('; ')],
    [t('household.lawfulBasis'), offer.lawfulBasis && label('LawfulBasis', offer.lawfulBasis)],
    [t('household.corrected'), offer.corrections?.map(
      ({ at, fields }) => `${moment(at)}: ${fields.map(field => label('DetailField', field)).join(', ')}`).join('; ')],
    [t('household.duplicates'), offer.duplicates?.length > 0 && t('household.duplicatesOf', { count: offer.duplicates.length })],
    [t('household.duplicateOf'), offer.closing?.duplicateOf
      && link(`/console/households/${offer.closing.duplicateOf}`, t('household.toKept'))],
  ].filter(([, value]) => value)),
  lawWords(offer.law),
];

// Which number it is stands nowhere here.
const reach = route => [
  heading(2, t('contact.title')),
  summaryList([
    [t('call.askFor'), route.name],
    [t('contact.relationship'), route.relationship && label('Relationship', route.relationship)],
    [t('household.routes'), route.routes.length === 0 ? t('household.noRoute') : route.routes.map(one => [
      one.kind === 'phone' ? t('household.aNumber') : label('RouteKind', one.kind),
      one.safeTimes.map(hours).join('; '),
      !one.confirmedInPerson && t('call.notConfirmed'),
    ].filter(Boolean).join('. ')).join(' · ')],
    [t('call.codeWord'), route.codeWord],
    [t('call.whoElse'), route.whoElseMayAnswer],
    [t('call.voicemail'), t(route.voicemailAllowed ? 'call.voicemailYes' : 'call.voicemailNo')],
    [t('call.interpreter'), route.interpreterLanguage && contact.languageName(route.interpreterLanguage)],
    [t('call.accessibility'), route.accessibilityNeeds],
    [t('call.guardian'), route.isGuardian && t('call.guardianYes')],
  ].filter(([, value]) => value)),
];

const referralOf = ({ offerId, referral }) => [
  heading(2, t('referral.title')),
  summaryList([
    [t('household.referralState'), label('ReferralState', referral.state)],
    [t('referral.made'), moment(referral.madeAt)],
    [t('referral.sent'), referral.sentAt && moment(referral.sentAt)],
    [t('referral.answerDue'), referral.answerDueAt && !referral.answeredAt && moment(referral.answerDueAt)],
    [t('referral.answered'), referral.answeredAt && moment(referral.answeredAt)],
    [t('household.why'), referral.rejectionReason ? label('RejectionReason', referral.rejectionReason)
      : referral.closureReason ? label('ClosureReason', referral.closureReason)
      : referral.withdrawalReason && label('WithdrawalReason', referral.withdrawalReason)],
    [t('referral.case'), referral.caseReference],
  ].filter(([, value]) => value)),
  may('WithdrawReferral') && para(link(`/console/supervise/${offerId}`, t('household.toReferral'))),
];

const consents = offer => [
  heading(2, t('consent.title')),
  offer.consents?.length > 0 ? bullets(offer.consents.map(one => consentLine(one))) : para(t('household.noConsent')),
];

const disclosure = ({ disclosureHold: hold }) => hold && [
  heading(2, t('household.disclosure')),
  summaryList([
    [t('household.why'), label('DisclosureReason', hold.reason)],
    [t('household.since'), moment(hold.since)],
    [t('household.reviewAt'), day(hold.reviewAt)],
    [t('household.erasureAsked'), hold.erasureAskedAt && moment(hold.erasureAskedAt)],
  ].filter(([, value]) => value)),
];

const attempts = offer => [
  heading(2, t('call.attempts')),
  offer.attempts.length === 0 ? para(t('call.noAttempts')) : h('ol', { class: 'govuk-list' }, offer.attempts.map(made => h(
    'li', {}, `${made.direction === 'incoming' ? label('CallDirection', 'incoming') : label('AttemptWay', made.by ?? 'phone')}: `,
    h('strong', {}, label('CallOutcome', made.outcome)), `, ${moment(made.at)}`,
    made.callAgainAt ? `. ${t('call.again', { when: moment(made.callAgainAt) })}` : '')).reverse()),
];

const timeline = ({ trail = [] }) => details(t('household.timeline', { count: trail.length }), h('ol', { class: 'govuk-list' },
  trail.map(entry => happened(entry)).reverse().map(({ what, who, when }) => h(
    'li', { class: 'vcas-event' },
    h('strong', {}, what), h('br'), h('span', { class: 'govuk-body-s vcas-call__rest' }, `${when} · ${who}`)))));
