/** Call-backs: the list that a caller works from. Nobody's name and nobody's number stands in it. */
import { listCallBacks } from '../api.js';
import { button, form, select, valueOf } from '../controls.js';
import { fill, h, link, para, tag } from '../dom.js';
import { attempt, navigate, show } from '../page.js';
import { label, t } from '../texts.js';
import { day, moment } from '../times.js';

const states = ['due', 'overdue', 'held', 'waiting'];
const aPage = 25;
const none = 1;
const colours = { overdue: 'red', due: 'blue', held: 'yellow', waiting: 'grey' };

/** Shows one part of the list: what is due, unless the address asks for another. */
export async function open(main) {
  const query = new URLSearchParams(location.search);
  const state = states.includes(query.get('state')) ? query.get('state') : 'due';
  const team = query.get('team') ?? '';
  const title = t('callBacks.title');
  await attempt(main, title, async () => {
    const [page, ...totals] = await Promise.all([
      listCallBacks({ state, team, limit: aPage }),
      ...states.map(async other => (await listCallBacks({ state: other, team, limit: none })).total),
    ]);
    const rows = h('ol', { class: 'govuk-list vcas-calls' }, page.callBacks.map(rowOf));
    const more = h('div');
    offerMore(page.next);
    show(
      main, title,
      parts(state, team, totals),
      page.teams.length > 1 || team ? narrow(page.teams, state, team) : null,
      h('h2', { class: 'govuk-heading-m' }, t(`callBacks.heading.${state}`, { count: page.total })),
      page.total === 0 ? para(t(`callBacks.empty.${state}`)) : [para(t(`callBacks.order.${state}`)), rows, more]);

    function offerMore(next) {
      fill(more, next && button(t('callBacks.more'), { kind: 'secondary', onclick: () => attempt(main, title, () => add(next)) }));
    }

    async function add(after) {
      const following = await listCallBacks({ state, team, limit: aPage, after });
      const first = rowOf(following.callBacks[0]);
      rows.append(first, ...following.callBacks.slice(1).map(rowOf));
      offerMore(following.next);
      first.querySelector('a').focus();
    }
  });
}

function parts(state, team, totals) {
  return h(
    'nav', { class: 'vcas-parts', 'aria-label': t('callBacks.parts') },
    h('ul', { class: 'govuk-list' }, states.map((other, index) => h(
      'li', {}, h('a', {
        class: 'govuk-link vcas-parts__link', href: addressOf(other, team), 'aria-current': other === state && 'page',
      }, t(`callBacks.part.${other}`), ' ', h('strong', {}, `${totals[index]}`))))));
}

function narrow(teams, state, team) {
  const whole = form(
    () => navigate(addressOf(state, valueOf(whole, 'team'))),
    h('div', { class: 'vcas-narrow' },
      select('team', t('callBacks.team'), [['', t('callBacks.everyTeam')], ...[...new Set([...teams, team])].filter(Boolean).sort().map(name => [name, name])], { value: team }),
      button(t('callBacks.show'), { type: 'submit', kind: 'secondary' })));
  return whole;
}

function rowOf(call) {
  return h(
    'li', { class: 'vcas-call' },
    h('h3', { class: 'govuk-heading-s vcas-call__name' },
      link(`/console/call-backs/${call.offerId}`, call.reference), ' ', tag(label('CallBackListState', call.state), colours[call.state])),
    h('p', { class: 'govuk-body vcas-call__safe' }, safety(call)),
    call.untoldSince && h('p', { class: 'govuk-body' }, h('strong', {}, t('supervise.untold', { when: moment(call.untoldSince) }))),
    call.risks.length > 0 && h('p', { class: 'govuk-body' }, h('strong', {}, t('callBacks.risks')), ' ', call.risks.map(risk => label('Risk', risk)).join('; ')),
    h('p', { class: 'govuk-body-s vcas-call__rest' }, rest(call)));
}

/** What the list says of the call being safe at this moment. */
function safety({ state, holdReason, reviewAt, callFrom, safeNow, safeFrom, safeUntil }) {
  if (state === 'held') return [h('strong', {}, t('callBacks.doNotCall')), ' ', t('callBacks.held', { reason: label('HoldReason', holdReason), when: moment(reviewAt) })];
  if (state === 'waiting') return t('callBacks.notBefore', { when: moment(callFrom) });
  if (!safeNow) return [h('strong', {}, t('callBacks.notNow')), ' ', safeFrom ? t('callBacks.safeFrom', { when: moment(safeFrom) }) : ''];
  return safeUntil ? t('callBacks.safeUntil', { when: moment(safeUntil) }) : t('callBacks.noHours');
}

function rest({ state, dueAt, attempts, lastOutcome, callBackTeam }) {
  return [
    state === 'due' || state === 'overdue' ? t('callBacks.dueSince', { day: day(dueAt) }) : null,
    attempts > 0 ? t('callBacks.attempts', { count: attempts, outcome: label('CallOutcome', lastOutcome) }) : t('callBacks.noAttempt'),
    callBackTeam,
  ].filter(Boolean).join(' · ');
}

function addressOf(state, team) {
  const query = new URLSearchParams({ ...(state === 'due' ? {} : { state }), ...(team ? { team } : {}) });
  return `/console/call-backs${query.size ? `?${query}` : ''}`;
}
