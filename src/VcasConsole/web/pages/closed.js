/**
 * The closed households of one's teams, by why they are closed, the newest offers first: whom nobody reached, who said no. Each leads to
 * its page, where somebody who comes forward after all is recorded. Nobody's name and nobody's number stands here.
 */
import { listClosed } from '../api.js';
import { button, form, select, valueOf } from '../controls.js';
import { h, link, para, tag } from '../dom.js';
import { closedPage, parts } from '../household-parts.js';
import { head, paged } from '../lists.js';
import { attempt, navigate, show } from '../page.js';
import { label, t } from '../texts.js';
import { day } from '../times.js';
import { words } from '../words.js';

const aPage = 20;
// Nobody of these comes forward any more, or they asked to be left alone.
const final = ['died', 'withdrawn', 'doNotContact'];

/** Shows those of the reason that the address asks for, otherwise all. */
export async function open(turn) {
  const title = t('closed.title');
  await attempt(turn, title, async () => {
    const asked = new URLSearchParams(location.search).get('closed');
    const reason = words.ClosingReason.includes(asked) ? asked : '';
    const list = h('ol', { class: 'govuk-list vcas-calls' });
    const read = after => listClosed(turn, { closingReason: reason, after, limit: aPage });
    const first = await read();
    show(
      turn, title,
      parts('closed'), reasons(reason),
      h('h2', { class: 'govuk-heading-m' }, reason ? label('ClosingReason', reason) : t('closed.any')),
      para(t(first.offers.length === 0 && !first.next ? 'closed.nothing' : 'closed.text')),
      list, paged(turn, title, list, rowOf, first, read, page => page.offers));
  });
}

function reasons(reason) {
  const whole = form(
    () => {
      const chosen = valueOf(whole, 'reason');
      navigate(chosen ? `${closedPage}?${new URLSearchParams({ closed: chosen })}` : closedPage);
    },
    h('div', { class: 'vcas-narrow' },
      select('reason', t('closed.reason'),
        [['', t('closed.any')], ...words.ClosingReason.map(one => [one, label('ClosingReason', one)])], { value: reason }),
      button(t('callBacks.show'), { type: 'submit', kind: 'secondary' })));
  return whole;
}

function rowOf({ offerId, reference, team, offeredAt, closedAt, closingReason, attempts, realOffers }) {
  return h(
    'li', { class: 'vcas-call' },
    head(addressOf(offerId), reference, tag(label('ClosingReason', closingReason), 'grey')),
    para(t('closed.line', { closed: day(closedAt), offered: day(offeredAt) })),
    h('p', { class: 'govuk-body-s vcas-call__rest' },
      [
        attempts > 0 && t('closed.attempts', { count: attempts }), realOffers > 0 && t('closed.realOffers', { count: realOffers }),
        t('supervise.team', { team }),
      ].filter(Boolean).join(' · ')),
    !final.includes(closingReason) && h('p', { class: 'govuk-body vcas-links' }, link(
      addressOf(offerId, 'accept'), t('household.acts.accept'), h('span', { class: 'govuk-visually-hidden' }, ` ${reference}`))));
}

const addressOf = (offerId, what) =>
  `/console/households/${offerId}?${new URLSearchParams({ reason: 'supervision', ...(what ? { what } : {}) })}`;
