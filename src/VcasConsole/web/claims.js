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
const numberTaken = 3041;
const numberCalled = 3042;

/**
 * Claims a call for whoever opens it. Gives the household as it is then, with `claim`; where somebody else is calling, `claim.mine` is
 * false, and then nothing of the number is to be shown. Where its number was called lately under another household, `sameNumber` is true
 * until whoever opens it says that they know (`sameNumberChecked`).
 */
export async function claimed(turn, offer, sameNumberChecked = false) {
  if (offer.state !== 'due' || !may('ClaimCallBack')) return offer;
  if (offer.claim && !offer.claim.mine) return offer;
  try {
    const now = await claimCall(turn, offer.offerId, sameNumberChecked);
    turn.onEnd(() => giveBack(offer.offerId));
    // What only a reading tells (the trail, earlier holds) stays.
    return { ...offer, ...now };
  } catch (failure) {
    const code = failure instanceof Refused ? failure.problem.code : null;
    if (code === numberCalled) return { ...offer, sameNumber: true };
    if (code !== taken && code !== numberTaken) throw failure;
    return { ...offer, claim: { mine: false, isOfNumber: code === numberTaken } };
  }
}

/** What the call page says where a colleague is calling. */
export const byAnother = ({ since, until, isOfNumber }) => [
  warning(t('errors.warning'), isOfNumber ? t('claims.sameNumberNow')
    : since ? t('claims.another', { when: moment(since) }) : t('claims.anotherNow')),
  h('p', { class: 'govuk-body' }, until ? t('claims.endsAt', { when: moment(until) }) : t('claims.ends')),
];

/** What a list says of it. */
export const inList = ({ claim }) => claim
  && inset(h('strong', {}, t(claim.mine ? 'claims.mine' : 'claims.another', { when: moment(claim.since) })));

// It ends with an outcome, and by itself: a failure here does no harm.
function giveBack(id) {
  releaseClaim(id).catch(() => {});
}
