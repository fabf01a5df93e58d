/**
 * Finds a household again: by what somebody says who got in touch, with the reason, or among those that one recorded oneself. What is
 * looked for goes in a body and never in the address. Nobody's name and nobody's number stands in what is found.
 */
import { may } from '../access.js';
import { listMine, searchOffers } from '../api.js';
import { carryOut, tryIn } from '../commands.js';
import { button, form, radios, select, valueOf } from '../controls.js';
import { fill, h, heading, link, para, tag } from '../dom.js';
import { showErrors } from '../errors.js';
import { parts } from '../household-parts.js';
import { readSearch, searchFields } from '../household-search.js';
import { becameLine } from '../household-texts.js';
import { head } from '../lists.js';
import { attempt, show } from '../page.js';
import { label, t } from '../texts.js';
import { day } from '../times.js';
import { now } from '../turns.js';
import { words } from '../words.js';

const aPage = 20;
const colours = { waiting: 'grey', due: 'blue', held: 'yellow', referred: 'green', closed: 'grey' };

/** Shows the search, or what one recorded oneself where the address asks for it. */
export async function open(turn) {
  const isMine = new URLSearchParams(location.search).get('part') === 'mine' && may('FindMyOffers');
  await attempt(turn, t('find.title'), async () => {
    const content = isMine ? await mine(turn) : search();
    show(turn, t('find.title'), parts(isMine ? 'mine' : 'search'), content);
  });
}

function search() {
  const found = h('div');
  const whole = form(
    find,
    searchFields(),
    select('reason', t('find.reason'), [['', t('record.choose')], ...reasons().map(value => [value, label('ReadReason', value)])],
      { hint: t('find.reasonHint') }),
    button(t('find.go'), { type: 'submit' }));
  return [para(t('find.text')), whole, found];

  async function find() {
    const [{ by, wanted, errors }, reason] = [readSearch(whole), valueOf(whole, 'reason')];
    if (!reason) errors.push({ field: 'reason', message: t('find.reasonMissing') });
    fill(found);
    showErrors(whole, errors);
    if (errors.length > 0) return;
    const turn = now();
    await tryIn(whole, async () => {
      const answer = await turn.step(() => searchOffers({ [by]: wanted, reason }));
      fill(found, result(answer, by, wanted, reason));
      found.querySelector('h2').focus();
    }, { unanswered: 'errors.unreachable' });
  }
}

// Who watches over nobody has no use for these.
const reasons = () => words.ReadReason.filter(word => !['audit', 'faultFinding', 'referral'].includes(word)
  && (word !== 'supervision' || may('ReassignCallBack')) && (word !== 'callBack' || may('ClaimCallBack')));

function result({ count, more, households }, by, wanted, reason) {
  const title = h('h2', { class: 'govuk-heading-m', tabindex: '-1' }, t('find.found', { count }));
  if (count === 0) return [title, para(t('find.nothing')), by === 'phone' && may('PassOnNumber') && passingOn(wanted)];
  return [
    title, more && para(t('find.more')),
    h('ol', { class: 'govuk-list vcas-calls' }, households.map(household => foundRow(household, reason))),
  ];
}

function foundRow(household, reason) {
  const { offerId, reference, team, offeredAt, state, mine: isMine } = household;
  // Where somebody looks for another's data, only where it is is told.
  if (!state) {
    return h('li', { class: 'vcas-call' }, heading(3, reference, 's'), para(t('find.place', { team, day: day(offeredAt) })));
  }
  return h(
    'li', { class: 'vcas-call' },
    head(addressOf(offerId, reason), reference, tag(label('OfferState', state), colours[state])),
    para(becameLine(household)),
    h('p', { class: 'govuk-body-s vcas-call__rest' },
      t('find.offered', { day: day(offeredAt), answer: label('OfferAnswer', household.answer) }), ' · ', t('supervise.team', { team }),
      isMine && ` · ${t('find.yours')}`));
}

async function mine(turn) {
  const list = h('ol', { class: 'govuk-list vcas-calls' });
  const more = h('div');
  const first = await listMine(turn, { limit: aPage });
  add(first);
  if (first.offers.length === 0 && !first.next) return [heading(2, t('find.mine')), para(t('find.noneOfMine'))];
  return [heading(2, t('find.mine')), para(t('find.mineText')), list, more];

  function add(page) {
    list.append(...page.offers.map(mineRow));
    fill(more, page.next && button(t('callBacks.more'), { kind: 'secondary', onclick: () => attempt(turn, t('find.title'), goOn) }));
    async function goOn() {
      const shown = list.children.length;
      add(await listMine(turn, { limit: aPage, after: page.next }));
      (list.children[shown] ?? list.lastElementChild).querySelector('a').focus();
    }
  }
}

function mineRow(offer) {
  const { offerId, reference, offeredAt, answer, state } = offer;
  const toDo = Object.entries({ accept: state !== 'referred', change: state !== 'closed', saidNo: !['referred', 'closed'].includes(state) })
    .filter(([, isOpen]) => isOpen).map(([what]) => what);
  return h(
    'li', { class: 'vcas-call' },
    head(addressOf(offerId, 'ownRecord'), reference, tag(label('OfferState', state), colours[state])),
    para(becameLine(offer)),
    h('p', { class: 'govuk-body-s vcas-call__rest' }, t('find.offered', { day: day(offeredAt), answer: label('OfferAnswer', answer) })),
    toDo.length > 0 && h('p', { class: 'govuk-body vcas-links' }, toDo.map(what => link(
      addressOf(offerId, 'ownRecord', what), t(`household.acts.${what}`),
      h('span', { class: 'govuk-visually-hidden' }, ` ${reference}`)))));
}

const addressOf = (offerId, reason, what) => `/console/households/${offerId}?${new URLSearchParams({ reason, ...(what ? { what } : {}) })}`;

// The answer is the same whether or not anybody else has it: who searches learns nothing of other teams.
function passingOn(phone) {
  const id = crypto.randomUUID();
  const whole = form(
    () => {
      const said = valueOf(whole, 'said');
      if (!said) return showErrors(whole, [{ field: 'said', message: t('find.saidMissing') }]);
      return carryOut(
        whole, { reference: t('find.passOn'), path: '/console/households', said: t('find.passedOn') },
        'passOnNumber', id, { phone, said });
    },
    heading(3, t('find.passOn'), 's'),
    para(t('find.passOnText')),
    radios('said', t('find.said'), words.SaidAtDesk.map(value => ({ value, label: label('SaidAtDesk', value) })), { size: 's' }),
    button(t('find.passItOn'), { type: 'submit', kind: 'secondary' }));
  return whole;
}
