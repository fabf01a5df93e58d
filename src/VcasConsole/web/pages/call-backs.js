/** Call-backs: the list that a caller works from. Nobody's name and nobody's number stands in it. */
import { listCallBacks, listTasks } from '../api.js';
import { inList } from '../claims.js';
import { h, para } from '../dom.js';
import { callerLine, counted } from '../list-texts.js';
import { aPage, callHead, countCalls, damaged, narrow, paged, partLinks, risksOf, untold } from '../lists.js';
import { attempt, show } from '../page.js';
import { isOfNumber, taskRow } from '../tasks.js';
import { label, t } from '../texts.js';
import { moment } from '../times.js';

const states = ['due', 'overdue', 'held', 'waiting'];

/** Shows one part of the list: what is due, unless the address asks for another. */
export async function open(turn) {
  const query = new URLSearchParams(location.search);
  const state = states.includes(query.get('state')) ? query.get('state') : 'due';
  const team = query.get('team') ?? '';
  const title = t('callBacks.title');
  await attempt(turn, title, async () => {
    const read = after => listCallBacks(turn, { state, team, limit: aPage, after });
    const [page, { shown }, { tasks }] = await Promise.all([read(), countCalls(turn, states, team), listTasks(turn, {})]);
    const numbers = tasks.filter(isOfNumber);
    const rows = h('ol', { class: 'govuk-list vcas-calls' });
    const more = paged(turn, title, rows, rowOf, page, read);
    show(
      turn, title,
      h('nav', { class: 'vcas-parts', 'aria-label': t('callBacks.parts') },
        partLinks(states, state, name => t(`callBacks.part.${name}`), name => addressOf(name, team), shown)),
      narrow(page.teams, team, name => addressOf(state, name)),
      numbers.length > 0 && [
        h('h2', { class: 'govuk-heading-m' }, t('tasks.numbers')),
        h('ol', { class: 'govuk-list vcas-calls' }, numbers.map(task => taskRow(turn, task))),
      ],
      h('h2', { class: 'govuk-heading-m' }, t(`callBacks.heading.${state}`, { count: counted(page) })),
      page.total === 0 ? para(t(`callBacks.empty.${state}`)) : [para(t(`callBacks.order.${state}`)), rows, more]);
  });
}

function rowOf(call) {
  return h(
    'li', { class: 'vcas-call' },
    callHead(call),
    inList(call),
    // Who is not theirs to call leaves it to whom it was given.
    call.person && h('p', { class: 'govuk-body' }, h('strong', {}, t(call.mine ? 'callBacks.yours' : 'callBacks.anothers'))),
    damaged(call),
    !call.damaged && h('p', { class: 'govuk-body vcas-call__safe' }, safety(call)),
    untold(call),
    risksOf(call),
    !call.damaged && h('p', { class: 'govuk-body-s vcas-call__rest' }, callerLine(call)));
}

/** What the list says of the call being safe at this moment. */
function safety({
  state, holdReason, reviewAt, reviewOverdueSince, hoursNeverMeet, needsSafeRoute, callFrom, safeNow, safeFrom, safeUntil,
}) {
  if (state === 'held') {
    const overdue = reviewOverdueSince ? [' ', t('callBacks.reviewOverdue', { when: moment(reviewOverdueSince) })] : [];
    return [
      h('strong', {}, t('callBacks.doNotCall')),
      ' ',
      t('callBacks.held', { reason: label('HoldReason', holdReason), when: moment(reviewAt) }),
      ...overdue,
    ];
  }
  if (state === 'waiting') return t('callBacks.notBefore', { when: moment(callFrom) });
  if (needsSafeRoute) return h('strong', {}, t('callBacks.needsSafeRoute'));
  if (hoursNeverMeet) return [h('strong', {}, t('callBacks.notNow')), ' ', t('callBacks.hoursNeverMeet')];
  if (!safeNow) return [h('strong', {}, t('callBacks.notNow')), ' ', safeFrom ? t('callBacks.safeFrom', { when: moment(safeFrom) }) : ''];
  return safeUntil ? t('callBacks.safeUntil', { when: moment(safeUntil) }) : t('callBacks.noHours');
}

function addressOf(state, team) {
  const query = new URLSearchParams({ ...(state === 'due' ? {} : { state }), ...(team ? { team } : {}) });
  return `/console/call-backs${query.size ? `?${query}` : ''}`;
}
