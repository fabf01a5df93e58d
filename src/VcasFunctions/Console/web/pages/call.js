/**
 * The call screen. The number is shown only after somebody has said that it is safe to call, at a time that the household named as safe; it
 * is there to be typed, and nothing here dials. docs/decisions/0022-the-call-screen.md
 */
import { readOffer } from '../api.js';
import { form, radios, valueOf } from '../controls.js';
import { bullets, fill, h, heading, inset, link, para, summaryList, tag, warning } from '../dom.js';
import * as contact from '../contact.js';
import { cameForward, changing, holding, releasing, unsafe } from '../holds.js';
import { outcomes, passedAway } from '../outcomes.js';
import { attempt, show } from '../page.js';
import { settings } from '../settings.js';
import { givenReasons, label, list, t } from '../texts.js';
import { day, hours, isoDay, moment, timeOf } from '../times.js';
import { words } from '../words.js';

const colours = { due: 'blue', waiting: 'grey', held: 'yellow', referred: 'green', closed: 'grey' };
const safe = 'safe';
const died = 'died';

/** Shows one household to whoever is about to call it. */
export async function open(main, { offerId }) {
  await attempt(main, t('call.title'), async () => {
    const [offer, rules] = await Promise.all([readOffer(offerId, 'callBack'), settings()]);
    show(
      main, t('call.titleOf', { reference: offer.reference }),
      h('p', { class: 'govuk-body' }, tag(label('OfferState', offer.state), colours[offer.state]), ' ',
        t('call.offered', { day: day(offer.offeredAt), answer: label('OfferAnswer', offer.answer) })),
      bodyOf(offer, rules),
      before(offer),
      para(link('/console/call-backs', t('call.back'))));
  });
}

function bodyOf(offer, rules) {
  switch (offer.state) {
    case 'referred': return inset(t('call.referred'));
    case 'closed': return [inset(t('call.closed', { reason: label('ClosingReason', offer.closing.reason) })), cameForward(offer)];
    case 'held': return [
      warning(t('errors.warning'), t('call.held', { reason: label('HoldReason', offer.hold.reason), when: moment(offer.hold.reviewAt) })),
      offer.hold.reason === 'wrongNumber' ? changing(offer) : releasing(offer),
      cameForward(offer),
    ];
    default: return offer.state === 'waiting' && Date.parse(offer.callFrom) > Date.now()
      ? [inset(t('call.tooEarly', { when: moment(offer.callFrom) })), holding(offer, rules), cameForward(offer)]
      : callable(offer, rules);
  }
}

function callable(offer, rules) {
  // Nobody phones without a number: it is found first, and given here.
  if (!offer.contact?.phone) return [changing(offer), holding(offer, rules), cameForward(offer)];
  const after = h('div', { 'aria-live': 'polite' });
  const check = form(
    () => {},
    radios('safety', t('call.safety'), [
      // A wrong number is found out by calling, not before.
      ...givenReasons(words.HoldReason).filter(word => word !== 'wrongNumber').map(value => ({ value, label: label('HoldReason', value) })),
      { value: died, label: label('CallOutcome', 'died') },
      { value: safe, label: t('call.safe'), hint: t('call.safeHint') },
    ], { hint: t('call.safetyHint') }));
  check.addEventListener('change', () => {
    const found = valueOf(check, 'safety');
    // What follows may lie below the fold of a phone.
    fill(after, found === safe ? toCall(offer, rules) : found === died ? passedAway(offer) : unsafe(offer, rules, found));
    after.scrollIntoView({ block: 'nearest' });
  });
  return [
    offer.risks.length > 0 && warning(t('errors.warning'), t('call.risks'), ' ', offer.risks.map(risk => label('Risk', risk)).join('; ')),
    check, after, cameForward(offer),
  ];
}

function toCall(offer, rules) {
  const { contact: route, safe: window } = offer;
  const asked = askedFor(offer);
  if (!window.now && !asked) {
    return [warning(t('errors.warning'), t('call.notNow')), para(window.from ? t('call.safeFrom', { when: moment(window.from) }) : t('call.noSafeTime'))];
  }
  return [
    heading(2, t('call.call')),
    h('p', { class: 'vcas-number' }, spoken(route.phone)),
    h('p', { class: 'govuk-hint' }, t('call.numberHint')),
    summaryList([
      [t('call.safeNow'), asked ? t('call.askedFor', { when: timeOf(asked) }) : window.until ? t('call.safeUntil', { when: moment(window.until) }) : t('call.noHours')],
      [t('call.askFor'), route.name],
      [t('call.codeWord'), route.codeWord],
      [t('call.whoElse'), route.whoElseMayAnswer ?? t('call.nobodyElse')],
      [t('call.voicemail'), t(route.voicemailAllowed ? 'call.voicemailYes' : 'call.voicemailNo')],
      [t('call.interpreter'), route.interpreterLanguage && contact.languageName(route.interpreterLanguage)],
      [t('call.accessibility'), route.accessibilityNeeds],
      [t('call.guardian'), route.isGuardian ? t('call.guardianYes') : null],
      [t('call.hours'), route.safeTimes.length > 0 ? h('span', {}, route.safeTimes.map(hours).join('; ')) : null],
    ]),
    heading(2, t('call.words')),
    bullets(list('call.opening').map(text => text.replace('{name}', route.name ?? t('call.somebody')))),
    route.codeWord && para(t('call.sayCodeWord', { word: route.codeWord })),
    para(h('strong', {}, t('call.otherAnswers')), ' ', t('call.sayToOthers')),
    route.voicemailAllowed && para(h('strong', {}, t('call.onVoicemail')), ' ', t('call.sayToVoicemail')),
    outcomes(offer, rules),
  ];
}

// Somebody who said "call me at two" has named a time that the hours of weeks ago don't hold.
function askedFor({ attempts }) {
  const last = attempts.at(-1);
  if (last?.outcome !== 'callLater' || isoDay(last.callAgainAt) !== isoDay(Date.now()) || Date.parse(last.callAgainAt) > Date.now()) return null;
  return last.callAgainAt;
}

// As people in the United Kingdom say and type it.
function spoken(phone) {
  return phone.startsWith('+44') ? `0${phone.slice(3, 7)} ${phone.slice(7)}` : phone;
}

function before({ attempts, household }) {
  return [
    household.people.length > 0 && [heading(2, t('call.people')), bullets(household.people.map(one => `${label('Relationship', one.relationship)}, ${label('AgeBand', one.ageBand)}`))],
    heading(2, t('call.attempts')),
    attempts.length === 0 ? para(t('call.noAttempts')) : h('ol', { class: 'govuk-list' }, attempts.map(made => h(
      'li', {}, h('strong', {}, label('CallOutcome', made.outcome)), ', ', moment(made.at),
      made.reason ? `: ${label('HoldReason', made.reason)}` : '', made.callAgainAt ? `. ${t('call.again', { when: moment(made.callAgainAt) })}` : '')).reverse()),
  ];
}
