/**
 * Who is calling a household just now. Whoever opens a call that is due claims it; whoever leaves it without an outcome gives it back.
 */
import { may } from './access.js';
import { claimCall, releaseClaim } from './api.js';
import { h, inset, warning } from './dom.js';
import { Refused } from './failures.js';
import { t } from './texts.js';
import { moment } from './times.js';

const taken = 3021;

/**
 * Claims a call for whoever opens it. Gives the household as it is then, with `claim`; where somebody else is calling, `claim.mine` is
 * false, and then nothing of the number is to be shown.
 */
export async function claimed(turn, offer) {
  if (offer.state !== 'due' || !may('ClaimCallBack')) return offer;
  if (offer.claim && !offer.claim.mine) return offer;
  try {
    const now = await claimCall(turn, offer.offerId);
    turn.onEnd(() => giveBack(offer.offerId));
    // What only a reading tells (the trail, earlier holds) stays.
    return { ...offer, ...now };
  } catch (failure) {
    if (!(failure instanceof Refused) || failure.problem.code !== taken) throw failure;
    return { ...offer, claim: { mine: false } };
  }
}

/** What the call page says where a colleague is calling. */
export const byAnother = ({ since, until }) => [
  warning(t('errors.warning'), since ? t('claims.another', { when: moment(since) }) : t('claims.anotherNow')),
  h('p', { class: 'govuk-body' }, until ? t('claims.endsAt', { when: moment(until) }) : t('claims.ends')),
];

/** What a list says of it. */
export const inList = ({ claim }) => claim
  && inset(h('strong', {}, t(claim.mine ? 'claims.mine' : 'claims.another', { when: moment(claim.since) })));

// It ends with an outcome, and by itself: a failure here does no harm.
function giveBack(id) {
  releaseClaim(id).catch(() => {});
}
