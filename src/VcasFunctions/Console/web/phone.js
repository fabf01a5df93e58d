/** What is on this phone, said plainly: whether an offer has arrived, and what to do where it hasn't. */
import { h, link, para, tag } from './dom.js';
import { button } from './controls.js';
import { all, State } from './drafts.js';
import { needsSignIn, send } from './outbox.js';
import { signIn } from './session.js';
import { maybe, t } from './texts.js';
import { day, moment, timeOf } from './times.js';

/** The list of offers on this phone, or nothing where there is none. `except`: the one that the page itself is about. */
export async function onThisPhone(except) {
  const offers = (await all()).filter(offer => offer.id !== except);
  if (offers.length === 0) return [];
  return h(
    'section', { class: 'vcas-phone', 'aria-labelledby': 'phone-heading' },
    h('h2', { class: 'govuk-heading-m', id: 'phone-heading' }, t('phone.title')),
    h('ul', { class: 'govuk-list' }, offers.map(offer => h('li', { class: 'vcas-phone__offer' }, statusOf(offer), ' ', more(offer)))));
}

/** Whether one offer has arrived, as a tag and a sentence. */
export function statusOf({ state, reference, earlier }) {
  switch (state) {
    case State.arrived: return earlier ? tag(t('phone.arrivedEarlier'), 'green') : tag(t('phone.arrived', { reference }), 'green');
    case State.waiting: return tag(t('phone.waiting'), 'orange');
    case State.refused: return tag(t('phone.refused'), 'red');
    default: return tag(t('phone.unfinished'), 'grey');
  }
}

/** What follows for one offer: what happens now, or what to do. */
export function consequenceOf(offer) {
  const { state, becomes, dueAt, problem, earlier } = offer;
  if (state === State.waiting) {
    return needsSignIn
      ? [para(t('phone.signInToSend')), button(t('shell.signIn'), { onclick: () => signIn() })]
      : [para(t('phone.keptHere')), button(t('phone.tryNow'), { kind: 'secondary', onclick: send })];
  }
  if (state === State.refused) return para(maybe(`problems.${problem.code}`)?.message ?? problem.detail);
  if (earlier) return para(t('phone.earlierStands'));
  if (becomes === 'referred') return para(t('phone.willBeReferred'));
  if (becomes === 'closed') return para(t('phone.nobodyWillCall'));
  return dueAt ? para(t('phone.willBeCalled', { day: day(dueAt) })) : [];
}

function more(offer) {
  const when = t('phone.at', { when: moment(offer.at) });
  if (offer.state === State.unfinished || offer.state === State.refused) return [`${when} `, link(`/console/record?offer=${offer.id}`, t(offer.state === State.refused ? 'phone.correct' : 'phone.goOn'), h('span', { class: 'govuk-visually-hidden' }, ` ${timeOf(offer.at)}`))];
  if (offer.state === State.waiting && needsSignIn) return [`${when} `, button(t('shell.signIn'), { kind: 'secondary', class: 'vcas-link-button', onclick: () => signIn() })];
  return when;
}
