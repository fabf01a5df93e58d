/** One household of the plan in one line: reference, window, risks, attempts, and whose it is. */
import { inList } from './claims.js';
import { h, link, tag } from './dom.js';
import { attemptsOf, withLast } from './list-texts.js';
import { damaged, untold } from './lists.js';
import { knownName } from './people.js';
import { serviceNow } from './service-time.js';
import { label, t } from './texts.js';
import { moment, timeOf } from './times.js';

/** The row of a call in the plan. */
export function planRow(call) {
  const contact = !call.damaged && contactOf(call);
  return h(
    'li', { class: 'vcas-call vcas-plan__row' },
    h('h3', { class: 'govuk-heading-s vcas-call__name' }, link(`/console/call-backs/${call.offerId}`, call.reference)),
    h('p', { class: 'govuk-body vcas-plan__window' }, h('strong', {}, call.damaged ? t('callBacks.unreadable') : windowOf(call))),
    h('div', { class: 'vcas-plan__more' },
      h('p', { class: 'govuk-body' },
        call.state === 'overdue' && [tag(label('CallBackListState', 'overdue'), 'red'), ' '], !call.damaged && knownFirst(call)),
      h('p', { class: 'govuk-body-s vcas-plan__rest' },
        contact && [contact, ' · '], h('span', { 'data-whose': call.offerId }, whose(call)))),
    inList(call), damaged(call), untold(call));
}

/** How often somebody tried, what came of it last, and when; where they rang themselves, that. */
export const contactOf = (call, now = serviceNow()) => call.lastDirection === 'incoming'
  ? withLast(t('callBacks.theyRang', { outcome: label('CallOutcome', call.lastOutcome) }), call, now) : attemptsOf(call, now);

/** When they can be called, as short as can be. */
export function windowOf({ place, needsSafeRoute, road, hoursNeverMeet, state }) {
  if (needsSafeRoute) return t('callBacks.noNumber');
  if (road === 'visit') return t('callBacks.visit');
  if (hoursNeverMeet && place.section === 'notToday') return t('callBacks.outside');
  if (place.asked) return t('callBacks.asked', { time: timeOf(place.asked) });
  if (place.section === 'now') return place.until ? t('callBacks.until', { time: timeOf(place.until) }) : t('callBacks.anyTime');
  if (place.section === 'later') return t(state === 'waiting' ? 'callBacks.askedFrom' : 'callBacks.from', { time: timeOf(place.from) });
  return place.from ? t('callBacks.safeFrom', { when: moment(place.from) }) : t('callBacks.notNow');
}

// A death is known before anything else.
function knownFirst({ death, risks }) {
  const named = [death && t('callBacks.death'), ...risks.map(risk => t(`callBacks.risk.${risk}`))].filter(Boolean);
  return named.length > 0
    ? [h('span', { class: 'govuk-visually-hidden' }, t('callBacks.risks'), ' '), h('strong', {}, named.join('; '))]
    : h('span', { class: 'vcas-plan__none' }, t('callBacks.noRisks'));
}

/** Whose it is: yours, a colleague's by name where it is known, or anybody's in the team. */
export function whose({ person, mine, callBackTeam }) {
  if (!person) return callBackTeam;
  const name = knownName(person);
  return mine ? t('callBacks.yours') : name ? t('callBacks.anothersByName', { name }) : t('callBacks.anothers');
}
