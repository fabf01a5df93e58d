/**
 * What is on this phone, said plainly: whether it has arrived, and what to do where it hasn't. Of a colleague's nothing is said but that
 * it waits.
 */
import { button } from './controls.js';
import { h, inset, link, para, tag, warning } from './dom.js';
import { all, claim, isBroken, keepUnfinished, State, tooLong } from './drafts.js';
import { send } from './outbox.js';
import { isOfferRow, statusOf, whatNext } from './phone-texts.js';
import { messageOf } from './problems.js';
import { person, signIn } from './session.js';
import { t } from './texts.js';
import { day, moment, timeOf } from './times.js';
import { Why } from './verdicts.js';

/** The list of what is on this phone, or nothing where there is none. `except`: the one that the page itself is about. */
export async function onThisPhone(except) {
  const rows = (await all()).filter(row => row.id !== except);
  const shown = rows.filter(row => row.isMine || row.isClaimable);
  const others = rows.filter(row => !row.isMine && !row.isClaimable && row.state !== State.arrived);
  if (shown.length + others.length === 0) return [];
  return h(
    'section', { class: 'vcas-phone', 'aria-labelledby': 'phone-heading' },
    h('h2', { class: 'govuk-heading-m', id: 'phone-heading' }, t('phone.title')),
    h('ul', { class: 'govuk-list' },
      shown.map(row => h('li', { class: 'vcas-phone__offer' }, row.isMine ? [tagOf(row), ' ', more(row)] : claimable(row))),
      others.length > 0 && h('li', { class: 'vcas-phone__offer' }, colleagues(others))));
}

/** What follows for one offer: what happens now, or what to do. */
export function consequenceOf(offer) {
  const { state, problem, content, isInMemory } = offer;
  if (offer.isClaimable) return claimable(offer);
  if (content === undefined && state !== State.arrived) return para(t('phone.shut'));
  if (state === State.waiting) return [isInMemory ? para(h('strong', {}, t('phone.keepOpen'))) : [], waitingFor(offer)];
  if (state === State.refused) return para(messageOf(problem));
  return [content?.remark && warning(t('errors.warning'), content.remark), para(whatNext(content ?? {}))];
}

/** What a page says at its top where this phone keeps nothing. */
export const trouble = () => isBroken()
  && inset(h('strong', {}, t('phone.broken')), ' ', t(person() ? 'phone.brokenText' : 'phone.brokenSignIn'));

function waitingFor({ id, at, why, problem }) {
  const long = Date.now() - at > tooLong && para(h('strong', {}, t('phone.tooLong', { when: moment(at, Date.now()) })));
  if (why === Why.signIn) return [long, para(t('phone.signInToSend')), button(t('shell.signIn'), { onclick: () => signIn() })];
  if (why === Why.mayNot) {
    return [long, para(t('phone.mayNot')), problem && para(messageOf(problem)), para(toForm(id, 'phone.correct', at)), again()];
  }
  return [long, para(t(why === Why.later ? 'phone.later' : 'phone.keptHere')), again()];
}

const again = () => button(t('phone.tryNow'), { kind: 'secondary', onclick: () => send(true) });

function tagOf(row) {
  const { text, colour } = statusOf(row);
  return tag(text, colour);
}

function more(row) {
  const when = t('phone.at', { when: moment(row.at, Date.now()) });
  const { state, at, id } = row;
  if (!isOfferRow(row)) return [when, ' ', state === State.refused && messageOf(row.problem)];
  if (row.content === undefined && state !== State.arrived) return [when, ' ', t('phone.shut')];
  if (state === State.unfinished) {
    return [when, ' ', t('phone.deletedOn', { day: day(at + keepUnfinished, Date.now()) }), ' ', toForm(id, 'phone.goOn', at)];
  }
  if (state === State.refused) return [when, ' ', toForm(id, 'phone.correct', at)];
  if (state === State.waiting) return [when, ' ', link(`/console/record/${id}`, t('phone.look'), hidden(at))];
  return [when, ' ', row.content?.remark && h('strong', {}, row.content.remark)];
}

const toForm = (id, text, at) => link(`/console/record?offer=${id}`, t(text), hidden(at));
const hidden = at => h('span', { class: 'govuk-visually-hidden' }, ` ${timeOf(at)}`);

// Whoever recorded it while nobody was signed in says so; nobody else's sign-in takes it along.
function claimable({ id, at, state }) {
  const isSent = state !== State.unfinished;
  const text = t(isSent ? 'phone.nobodys' : 'phone.nobodysBegun', { when: moment(at, Date.now()) });
  const take = async () => {
    await claim(id);
    await send(true);
  };
  const [words, onclick] = person() ? ['phone.claim', take] : ['phone.claimSignIn', () => signIn(location.pathname + location.search, id)];
  return [para(text), button(t(words), { kind: 'secondary', onclick })];
}

function colleagues(rows) {
  const oldest = Math.min(...rows.map(row => row.at));
  return [
    para(t(person() ? 'phone.colleague' : 'phone.somebody', { count: rows.length, when: moment(oldest, Date.now()) })),
    Date.now() - oldest > tooLong && para(h('strong', {}, t('phone.colleagueTooLong'))),
    !person() && button(t('shell.signIn'), { kind: 'secondary', onclick: () => signIn() }),
  ];
}
