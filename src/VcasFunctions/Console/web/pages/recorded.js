/** An offer that was recorded on this phone: whether it has arrived, and what happens next. Stays true when signal returns. */
import { h, fill, link } from '../dom.js';
import { find, follow, State } from '../drafts.js';
import { navigate, show } from '../page.js';
import { consequenceOf, onThisPhone } from '../phone.js';
import { t } from '../texts.js';

export async function open(main, { offerId }) {
  const first = await find(offerId);
  if (!first) {
    show(main, t('recorded.gone'), h('p', { class: 'govuk-body' }, t('recorded.goneText')), again());
    return undefined;
  }

  const status = h('div', { role: 'status' });
  const others = h('div');
  show(main, t('recorded.title'), status, again(), others);
  return follow(update);

  async function update() {
    const offer = await find(offerId);
    if (!offer) return;
    // What was refused is to be corrected: the form shows what, at its field.
    if (offer.state === State.refused) navigate(`/console/record?offer=${offerId}`);
    fill(status, panel(offer), consequenceOf(offer));
    fill(others, await onThisPhone(offerId));
  }
}

function panel({ state, reference, earlier }) {
  const arrived = state === State.arrived;
  return h(
    'div', { class: arrived ? 'govuk-panel govuk-panel--confirmation vcas-panel' : 'govuk-panel vcas-panel vcas-panel--waiting' },
    h('p', { class: 'govuk-panel__title' }, t(arrived ? 'recorded.arrived' : 'recorded.onThisPhoneOnly')),
    h('div', { class: 'govuk-panel__body' }, earlier ? '' : arrived ? [t('recorded.reference'), h('br'), h('strong', {}, reference)] : t('recorded.notYetSent')));
}

const again = () => h(
  'p', { class: 'govuk-body vcas-links' },
  link('/console/record', t('recorded.another')), link('/console/', t('shell.start')));
