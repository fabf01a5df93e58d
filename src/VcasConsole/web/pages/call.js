/**
 * The call screen. The number is shown only after somebody has said that it is safe to call, at a time that the household named as safe; it
 * is there to be typed, and nothing here dials. docs/decisions/0015-the-call-screen.md
 */
import { readOffer } from '../api.js';
import { button, form, radios, valueOf } from '../controls.js';
import { bullets, details, fill, h, heading, inset, link, para, summaryList, tag, warning } from '../dom.js';
import { askedFor } from '../calls.js';
import { script } from '../call-words.js';
import { byAnother, claimed } from '../claims.js';
import * as contact from '../contact.js';
import { cameForward, changing, holding, releasing, unsafe } from '../holds.js';
import { asTyped } from '../numbers.js';
import { outcomes, passedAway } from '../outcomes.js';
import { attempt, show } from '../page.js';
import { nextCall } from '../plans.js';
import { hasNumber } from '../safe-route.js';
import { isOver, untilEnd } from '../safe-window.js';
import { serviceNow } from '../service-time.js';
import { settings } from '../settings.js';
import * as shift from '../shift.js';
import { givenReasons, label, t } from '../texts.js';
import { addDays, day, hours, instantOf, isoDay, moment, timeOf } from '../times.js';
import { undoButton } from '../undo.js';
import { takesUpAgain } from '../undoable.js';
import { words } from '../words.js';

const colours = { due: 'blue', waiting: 'grey', held: 'yellow', referred: 'green', closed: 'grey' };
const safe = 'safe';
const died = 'died';

/** Shows one household to whoever is about to call it. */
export async function open(turn, { offerId }, sameNumberChecked = false) {
  await attempt(turn, t('call.title'), async () => {
    const [read, rules] = await Promise.all([readOffer(turn, offerId, 'callBack'), settings()]);
    // Whoever undoes what they have just recorded goes on where they were: they said that it is safe, and that they know of the number.
    const isBack = takesUpAgain(offerId);
    const offer = await claimed(turn, read, sameNumberChecked || isBack);
    const isCall = isToCheck(offer);
    if (!shift.isFinished(offerId) || isCall) shift.opened(offerId);
    show(
      turn, t('call.titleOf', { reference: offer.reference }),
      h('p', { class: 'govuk-body' }, tag(label('OfferState', offer.state), colours[offer.state]), ' ',
        t('call.offered', { day: day(offer.offeredAt), answer: label('OfferAnswer', offer.answer) })),
      h('div', { class: 'vcas-after' }, undoButton(turn, offer), !isCall && nextCall(turn, offerId)),
      offer.death
        && warning(t('errors.warning'), t('call.afterDeath', { whose: label('DeathOf', offer.death.of), day: day(offer.death.notedAt) })),
      isCall ? checkAndCall(turn, offer, rules, isBack) : [bodyOf(turn, offer, rules), theyRang(offer, rules), before(offer)],
      h('p', { class: 'govuk-body vcas-links' },
        link(shift.listAddress(), t('call.back')), link(`/console/households/${offerId}?reason=callBack`, t('supervise.household'))));
  });
}

// The others are nobody's names or numbers here: only that they may have told each other.
const ofCase = ({ otherHouseholds, lastCalledAt }) => lastCalledAt
  ? t('call.caseCalled', { count: otherHouseholds, when: moment(lastCalledAt) })
  : t('call.case', { count: otherHouseholds });

// Once more a person looks; then it is theirs to decide.
const calledLately = (turn, offer) => [
  warning(t('errors.warning'), t('claims.sameNumber')),
  para(t('claims.sameNumberText')),
  button(t('claims.sameNumberChecked'), { kind: 'secondary', onclick: () => open(turn, offer, true) }),
];

function bodyOf(turn, offer, rules) {
  switch (offer.state) {
    case 'referred': return inset(t('call.referred'));
    case 'closed': return [inset(t('call.closed', { reason: label('ClosingReason', offer.closing.reason) })), cameForward(offer)];
    case 'held': return [
      warning(t('errors.warning'), t('call.held', { reason: label('HoldReason', offer.hold.reason), when: moment(offer.hold.reviewAt) })),
      Date.parse(offer.hold.reviewAt) <= serviceNow() && para(t('call.reviewOverdue', { when: moment(offer.hold.reviewAt) })),
      offer.hold.reason === 'wrongNumber' ? changing(offer) : releasing(offer),
      cameForward(offer),
    ];
    default: return isTooEarly(offer)
      ? [inset(t('call.tooEarly', { when: moment(offer.callFrom) })), holding(offer, rules), cameForward(offer)]
      : notToCall(turn, offer, rules);
  }
}

const isTooEarly = ({ state, callFrom }) => state === 'waiting' && Date.parse(callFrom) > serviceNow();

// Nobody phones without a number, unless they are reached in another way; nobody phones outside the window.
function isToCheck(offer) {
  const { state, claim, sameNumber, contact: route } = offer;
  if (['referred', 'closed', 'held'].includes(state) || isTooEarly(offer) || (claim && !claim.mine) || sameNumber) return false;
  return hasNumber(route) ? Boolean(route.phone) && isInWindow(offer) : Boolean(route?.routes.length);
}

const isInWindow = offer => Boolean(askedFor(offer)) || (offer.safe.now && !isOver(offer.windowEndsAt));

function notToCall(turn, offer, rules) {
  if (offer.claim && !offer.claim.mine) return [byAnother(offer.claim), cameForward(offer)];
  if (offer.sameNumber) return [calledLately(turn, offer), holding(offer, rules), cameForward(offer)];
  // A number is found first, and given here.
  if (!hasNumber(offer.contact)) return [changing(offer), holding(offer, rules), cameForward(offer)];
  return [offer.contact.phone ? notNow(offer) : inset(t('call.notShown')), holding(offer, rules), cameForward(offer)];
}

const notNow = ({ safe: window }) => [
  warning(t('errors.warning'), t('call.notNow')),
  para(window.from ? t('call.safeFrom', { when: moment(window.from) }) : t('call.noSafeTime')),
];

/** The check; once it is ticked it folds away, and the number is in its place, with what happened beside it. */
function checkAndCall(turn, offer, rules, isBack) {
  const isByPhone = hasNumber(offer.contact);
  const after = h('div', { 'aria-live': 'polite' });
  const happened = h('div');
  const known = whatIsKnown(offer);
  const again = button(t('call.checkAgain'), { kind: 'secondary', class: 'vcas-check__again', onclick: () => unfold() });
  const check = form(
    () => {},
    known,
    radios('safety', t('call.safety'), [
      // A wrong number is found out by calling, not before.
      ...givenReasons(words.HoldReason).filter(word => word !== 'wrongNumber').map(value => ({ value, label: label('HoldReason', value) })),
      { value: died, label: label('CallOutcome', 'died') },
      { value: safe, label: t('call.safe'), hint: t('call.safeHint') },
    ], { hint: t('call.safetyHint') }),
    again);
  check.classList.add('vcas-check');
  // What was looked at before a lock or a sign-in is looked at again.
  check.dataset.typed = 'no';
  check.addEventListener('change', () => {
    const found = valueOf(check, 'safety');
    check.classList.toggle('vcas-check--done', found === safe);
    const isCall = found === safe && isByPhone;
    fill(after, found === safe ? (isByPhone ? toCall(turn, offer, rules) : byOtherWays(turn, offer))
      : found === died ? passedAway(offer) : unsafe(offer, rules, found));
    fill(happened, isCall && outcomes(offer, rules));
    // What follows may lie below the fold of a phone.
    (isCall ? check : after).scrollIntoView({ block: isCall ? 'start' : 'nearest' });
  });
  if (isBack) {
    check.querySelector(`input[value="${safe}"]`).checked = true;
    check.dispatchEvent(new Event('change'));
  }
  return h('div', { class: 'vcas-columns' },
    h('div', { class: 'vcas-columns__main' },
      offer.risks.length > 0 && warning(t('errors.warning'), t('call.risks'), ' ', offer.risks.map(risk => label('Risk', risk)).join('; ')),
      check, after),
    h('div', { class: 'vcas-columns__side' }, happened, cameForward(offer), theyRang(offer, rules)));

  // From the start: the choice was made on what was known then.
  function unfold() {
    check.classList.remove('vcas-check--done');
    for (const choice of check.querySelectorAll('input')) choice.checked = false;
    fill(after, []);
    fill(happened, []);
    check.querySelector('input').focus();
  }
}

// What one looks up by, and what happened before.
const whatIsKnown = offer => h('div', { class: 'vcas-check__known' }, summaryList([
  [t('call.crimeReference'), offer.crimeReference],
  [t('call.officerInCase'), offer.officerInCase],
  [t('call.team'), offer.team],
  [t('call.sameCase'), offer.case?.otherHouseholds > 0 && ofCase(offer.case)],
  [t('call.earlierHolds'), offer.earlierHolds?.length > 0 && offer.earlierHolds.map(heldBefore).join('; ')],
  [t('call.attempts'), offer.attempts.length > 0 ? madeBefore(offer) : t('call.noAttempts')],
  [t('call.people'), offer.household.people.map(member).join('; ')],
].map(([key, value]) => [key, value || null])));

const byOtherWays = (turn, offer) => [heading(2, t('call.noNumber')), otherWays(offer.contact), changing(offer)];

// Beside the number, and after the check like it. What was not confirmed in person says so.
function otherWays({ routes }) {
  const others = hasNumber({ routes }) ? routes.slice(1) : routes;
  return others.length > 0 && summaryList(others.map(route => [
    label('RouteKind', route.kind),
    [
      route.phone && asTyped(route.phone), route.email, route.professional, route.reachedBy, route.place,
      route.safeTimes.map(hours).join('; '), !route.confirmedInPerson && t('call.notConfirmed'),
    ].filter(Boolean).join('. '),
  ]));
}

function toCall(turn, offer, rules) {
  const { contact: route } = offer;
  const asked = askedFor(offer);
  // A time that they asked for holds for its day.
  const ends = asked ? instantOf(addDays(isoDay(asked), 1), '00:00') : offer.windowEndsAt;
  // Time has passed while the page stood open.
  if (isOver(ends)) return ended(ends);
  if (!isInWindow(offer)) return notNow(offer);
  // Not read aloud at every minute.
  const left = h('p', { class: 'govuk-body', 'aria-live': 'off' }, h('strong', {},
    asked ? t('call.askedFor', { when: timeOf(asked) }) : t('call.noHours')));
  const number = h('div', {}, h('p', { class: 'vcas-number' }, asTyped(route.phone)));
  const others = otherWays(route);
  const shown = h('div', {},
    number,
    left,
    h('p', { class: 'govuk-hint' }, t('call.numberHint')),
    summaryList([
      [t('call.codeWord'), route.codeWord && h('strong', {}, route.codeWord)],
      [t('call.askFor'), route.name],
      [t('call.guardian'), route.isGuardian ? t('call.guardianYes') : null],
      [t('call.whoElse'), route.whoElseMayAnswer ?? t('call.nobodyElse')],
      [t('call.voicemail'), t(route.voicemailAllowed ? 'call.voicemailYes' : 'call.voicemailNo')],
      [t('call.interpreter'), route.interpreterLanguage && contact.languageName(route.interpreterLanguage)],
      [t('call.accessibility'), route.accessibilityNeeds],
      [t('contact.relationship'), route.relationship && label('Relationship', route.relationship)],
      [t('call.hours'), route.safeTimes.length > 0 ? h('span', {}, route.safeTimes.map(hours).join('; ')) : null],
    ]),
    others && details(t('call.otherWays'), others),
    // On a phone the words stand between the number and what happened.
    button(t('call.toOutcome'), { kind: 'secondary', class: 'vcas-to-outcome', onclick: goToOutcome }),
    script(offer, rules));
  // With the number goes all that one would call with. What came of a call that was made can still be recorded.
  const tell = minutes => fill(left, h('strong', {}, t('call.left', { count: minutes, when: timeOf(ends) })));
  // From then on somebody else may be calling them. Whoever is talking still has the words.
  if (offer.claim) untilEnd(turn, offer.claim.until, () => {}, () => fill(number, claimOver(offer)));
  if (ends) untilEnd(turn, ends, asked ? () => {} : tell, () => fill(shown, ended(ends)));
  return [heading(2, t('call.call')), shown];
}

function goToOutcome() {
  const found = document.getElementById('outcomes');
  found.tabIndex = -1;
  found.focus();
}

const claimOver = ({ claim, offerId }) => [
  warning(t('errors.warning'), t('claims.over', { when: timeOf(claim.until) })),
  para(link(`/console/call-backs/${offerId}`, t('claims.again'))),
];

const ended = when => [warning(t('errors.warning'), t('call.windowOver', { when: timeOf(when) })), para(t('call.windowOverText'))];

// Whenever they ring, and whoever answers: what they say is recorded, and ends no hold.
function theyRang(offer, rules) {
  if (offer.closing?.reason === 'withdrawn') return [];
  const place = h('div');
  const opener = button(t('call.theyRang'), {
    kind: 'secondary',
    onclick: () => fill(place, [
      para(t(offer.state === 'referred' ? 'call.theyRangVcas' : 'call.theyRangText')),
      outcomes({ ...offer, direction: 'incoming' }, rules),
    ]),
  });
  return [opener, place];
}

const heldBefore = hold => t('call.earlierHold', {
  reason: label('HoldReason', hold.reason), from: moment(hold.from), until: moment(hold.until), role: hold.endedBy,
});

const member = one => `${label('Relationship', one.relationship)}, ${label('AgeBand', one.ageBand)}`;

const madeBefore = ({ attempts }) => h('ol', { class: 'govuk-list' }, attempts.map(made => h(
  'li',
  {},
  made.direction === 'incoming' && `${label('CallDirection', 'incoming')}: `,
  h('strong', {}, label('CallOutcome', made.outcome)),
  ', ',
  moment(made.at),
  made.reason ? `: ${label('HoldReason', made.reason)}` : '',
  made.callAgainAt ? `. ${t('call.again', { when: moment(made.callAgainAt) })}` : '')).reverse());

function before(offer) {
  const { attempts, household, earlierHolds } = offer;
  return [
    offer.case?.otherHouseholds > 0 && inset(ofCase(offer.case)),
    earlierHolds?.length > 0 && [heading(2, t('call.earlierHolds')), bullets(earlierHolds.map(heldBefore))],
    household.people.length > 0 && [heading(2, t('call.people')), bullets(household.people.map(member))],
    heading(2, t('call.attempts')),
    attempts.length === 0 ? para(t('call.noAttempts')) : madeBefore(offer),
  ];
}
