/** An offer that was recorded on this phone: whether it has arrived, and what happens next. Stays true when signal returns. */
import { alikeOf } from '../alike.js';
import { button } from '../controls.js';
import { dangerWords, isDanger } from '../dangers.js';
import { h, fill, inset, link, para } from '../dom.js';
import { find, follow, State } from '../drafts.js';
import { navigate, show } from '../page.js';
import { consequenceOf, onThisPhone } from '../phone.js';
import { person, signIn } from '../session.js';
import { settings } from '../settings.js';
import { t } from '../texts.js';

export async function open(turn, { offerId }) {
  const first = await find(offerId);
  // A colleague's is not shown here, nor whether there is one.
  if (!first?.isMine && !first?.isClaimable) {
    // It may be theirs whose sign-in has just ended: then signing in is all there is to do.
    const isShut = first && !person();
    show(
      turn, t(isShut ? 'recorded.shut' : 'recorded.gone'),
      isShut ? [para(t('phone.signInToSend')), button(t('shell.signIn'), { onclick: () => signIn() })] : para(t('recorded.goneText')),
      again());
    return;
  }

  const status = h('div', { role: 'status' });
  const others = h('div');
  show(turn, t('recorded.title'), status, again(), others);
  await follow(turn, update);

  async function update() {
    const offer = await find(offerId);
    if (!offer || turn.isOver) return;
    // What was refused is to be corrected: the form shows what, at its field.
    if (offer.state === State.refused) navigate(`/console/record?offer=${offerId}`);
    const words = await wordsFor(offer);
    if (turn.isOver) return;
    fill(status, panel(offer), words, consequenceOf(offer), alike(offer));
    fill(others, await onThisPhone(offerId));
  }
}

// Until it has arrived nobody at all is told; once it has, the service's own remark says whom to call. Without its settings, which a phone
// keeps, the page still says what became of the offer.
async function wordsFor({ state, content }) {
  if (state !== State.waiting || !content?.offer || !isDanger(content.offer)) return null;
  const known = await settings().catch(() => null);
  return known && dangerWords(content.offer, known);
}

function panel({ state, reference, isInMemory }) {
  const arrived = state === State.arrived;
  const title = arrived ? 'recorded.arrived' : isInMemory ? 'recorded.nowhere' : 'recorded.onThisPhoneOnly';
  return h(
    'div', { class: arrived ? 'govuk-panel govuk-panel--confirmation vcas-panel' : 'govuk-panel vcas-panel vcas-panel--waiting' },
    h('p', { class: 'govuk-panel__title' }, t(title)),
    h('div', { class: 'govuk-panel__body' },
      arrived ? [t('recorded.reference'), h('br'), h('strong', {}, reference)] : t('recorded.notYetSent')));
}

// Told as long as the page knows: nothing is blocked, and whoever recorded it may look.
function alike({ id, state }) {
  const others = state === State.arrived ? alikeOf(id) : [];
  return others.length > 0 && inset(
    h('strong', {}, t('merge.alike')), ' ', t('merge.alikeText'), ' ',
    link(`/console/households/${id}?${new URLSearchParams({ reason: 'correction', what: 'merge' })}`, t('household.acts.merge')),
    others.map(one => [
      ' · ', link(`/console/households/${one.offerId}?reason=correction`, t('merge.look', { reference: one.reference })),
    ]));
}

const again = () => h(
  'p', { class: 'govuk-body vcas-links' },
  link('/console/record', t('recorded.another')), link('/console/', t('shell.start')));
