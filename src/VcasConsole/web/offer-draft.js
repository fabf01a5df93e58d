/** An offer as it is typed, before it is sent: what is wrong with it, and the body that it makes. */
import * as consent from './consent.js';
import * as route from './safe-route.js';
import { serviceNow } from './service-time.js';
import { t } from './texts.js';
import { daysSince, instantOf, wallFault } from './times.js';

const childBands = ['under5', 'from5To11', 'from12To15', 'from16To17'];

/** What can be told without the API. `lateOfferDays`: an offer of as many days ago is confirmed, for a date may be mistyped. */
export function errorsIn(draft, lateOfferDays, now = serviceNow()) {
  const errors = [];
  if (!draft.answer) errors.push({ field: 'answer', message: t('fields.answer') });
  const fault = draft.madeAt && wallFault(...wallOf(draft));
  if (fault) errors.push({ field: 'offeredAt', message: t(`fields.when.${fault}`) });
  if (draft.answer === 'doNotContact') {
    errors.push(...route.numberErrors('never.phone', draft.never?.phone));
    if (!draft.never?.sure) errors.push({ field: 'never.sure', message: t('fields.neverSure') });
  } else if (needsContact(draft)) {
    errors.push(...route.errorsIn(draft.contact));
  }
  errors.push(...consent.errorsIn(draft.answer, draft.consent, Boolean(draft.contact?.phone)));
  draft.people.forEach(({ relationship, ageBand }, index) => {
    if (!relationship || !ageBand) errors.push({ field: `household.people[${index}]`, message: t('fields.household-people') });
  });
  const onlyChildren = draft.people.length > 0 && draft.people.every(({ ageBand }) => childBands.includes(ageBand));
  if (draft.answer !== 'doNotContact' && needsContact(draft) && onlyChildren && !draft.isGuardian)
    errors.push({ field: 'contact.isGuardian', message: t('problems.2002.message') });
  if (isLate(draft, lateOfferDays, now) && !draft.isMadeAtConfirmed)
    errors.push({ field: 'offeredAtConfirmed', message: t('problems.2041.message') });
  return errors;
}

/** Whether the offer was made so many days ago that its date is to be confirmed. */
export function isLate(draft, lateOfferDays, now = serviceNow()) {
  const at = instantOfOffer(draft);
  return at !== null && daysSince(at, now) >= lateOfferDays;
}

/** What the API gets. The same draft makes the same body: only so is a second try the same request. */
export function bodyOf(draft) {
  const body = {
    answer: draft.answer,
    offeredAt: instantOfOffer(draft),
    offeredAtConfirmed: draft.isMadeAtConfirmed || undefined,
    team: draft.team || undefined,
    crimeReference: draft.crimeReference || undefined,
    officerInCase: draft.officerInCase || undefined,
    household: draft.people.length > 0 ? { people: draft.people } : undefined,
    contact: contactOf(draft),
    risks: draft.risks.length > 0 ? draft.risks : undefined,
    childMayBeDirectVictim: draft.childMayBeDirectVictim || undefined,
    consent: consent.bodyOf(draft.consent, instantOfOffer(draft)),
  };
  return JSON.parse(JSON.stringify(body));
}

// Who declined or could not be asked is recorded without a number as well: two taps are enough.
const needsContact = draft => !['declined', 'notAsked'].includes(draft.answer) || route.isGiven(draft.contact);

function contactOf(draft) {
  if (draft.answer === 'doNotContact') return draft.never?.phone?.trim() ? { phone: draft.never.phone } : undefined;
  // Who says yes and gives nothing by which they could be reached is recorded all the same.
  if (!route.isGiven(draft.contact) && draft.contact?.noNumber) return undefined;
  return needsContact(draft) ? { ...route.bodyOf(draft.contact), isGuardian: draft.isGuardian || undefined } : undefined;
}

const wallOf = ({ madeAt }) => {
  const [iso, time = ''] = madeAt.split('T');
  return [iso, time.slice(0, 5)];
};

const instantOfOffer = draft => (draft.madeAt ? instantOf(...wallOf(draft)) : draft.answeredAt);
