/** Call-backs: the plan that a caller works from, and what is held or waits. Nobody's name and nobody's number stands in it. */
import { listCallBacks, listTasks } from '../api.js';
import { changesAt, isAnothers, nextIn, sections } from '../call-plan.js';
import { inList } from '../claims.js';
import { fill, h, inset, link, para } from '../dom.js';
import { Left, Refused, Unreachable } from '../failures.js';
import { callerLine, counted } from '../list-texts.js';
import { aPage, callHead, damaged, narrow, paged, partLinks, risksOf, untold } from '../lists.js';
import { announce } from '../notice.js';
import { attempt, show } from '../page.js';
import { knownName, learnPeople } from '../people.js';
import { planRow, whose } from '../plan-rows.js';
import { addressOf, filterOf, nextCall, readPlan } from '../plans.js';
import { untilEnd } from '../safe-window.js';
import { serviceNow } from '../service-time.js';
import * as shift from '../shift.js';
import { isOfNumber, taskRow } from '../tasks.js';
import { label, t } from '../texts.js';
import { moment, timeOf } from '../times.js';

const states = ['due', 'held', 'waiting'];

/** Shows one part of the list: the plan of what is due, unless the address asks for another. */
export async function open(turn) {
  const query = new URLSearchParams(location.search);
  const state = [...states, 'overdue'].includes(query.get('state')) ? query.get('state') : 'due';
  const filter = filterOf(query);
  const title = t('callBacks.title');
  await attempt(turn, title, async () => {
    const read = after => listCallBacks(turn, { state, ...filter, limit: aPage, after });
    const [whole, first] = await Promise.all([
      readPlan(turn, filter), ...state === 'due' ? [null] : [read(), learnPeople(turn)],
    ]);
    const { held } = whole;
    shift.planned(shift.left(), addressOf(state, filter));
    const [top, place, passedOn] = [h('div'), h('div', { class: 'vcas-plan' }), h('div')];
    show(
      turn, title, top,
      h('div', { class: 'vcas-parts-row' },
        h('nav', { class: 'vcas-parts', 'aria-label': t('callBacks.parts') },
          partLinks(states, state, name => t(`callBacks.part.${name}`), name => addressOf(name, filter), countsOf(whole, held))),
        h('nav', { class: 'vcas-parts', 'aria-label': t('callBacks.whose') },
          partLinks(['', 'me'], filter.assignee, name => t(`callBacks.whoseCalls.${name || 'all'}`),
            assignee => addressOf(state, { ...filter, assignee }), {}))),
      narrow([...whole.due.teams, ...whole.waiting.teams, ...held.teams], filter.team, team => addressOf(state, { ...filter, team })),
      passedOn,
      state === 'due' ? place : part(turn, title, state, state === 'waiting' ? whole.planned : [], first, read));
    if (state === 'due') showPlan(turn, [top, place], filter, whole);
    comeBack(place);
    await Promise.all([showNumbers(turn, passedOn), state === 'due' && nameThem(turn, place, whole)]);
  });
}

// The list says at once that a call is a colleague's. Whose it is comes after it.
async function nameThem(turn, place, { plan }) {
  const others = Object.values(plan).flat().filter(isAnothers);
  if (others.every(({ person }) => knownName(person))) return;
  await turn.step(() => learnPeople(turn));
  for (const call of others) fill(place.querySelector(`[data-whose="${call.offerId}"]`) ?? h('span'), whose(call));
}

// Few, and seldom there: nobody waits for them before the list, and what fails here takes no list away.
async function showNumbers(turn, place) {
  try {
    const numbers = (await listTasks(turn, {})).tasks.filter(isOfNumber);
    fill(place, numbers.length > 0 && [
      h('h2', { class: 'govuk-heading-m' }, t('tasks.numbers')),
      h('ol', { class: 'govuk-list vcas-calls' }, numbers.map(task => taskRow(turn, task))),
    ]);
  } catch (failure) {
    if (!(failure instanceof Unreachable || failure instanceof Refused)) throw failure;
    fill(place, h('h2', { class: 'govuk-heading-m' }, t('tasks.numbers')), inset(t('errors.unreachable')));
  }
}

// What waits for a time today is in the plan, and counted there alone: the parts add up.
const countsOf = ({ due, waiting, planned, plan }, held) => ({
  due: due.isMore ? t('callBacks.moreThan', { total: due.calls.length.toLocaleString('en-GB') })
    : sections.reduce((sum, name) => sum + plan[name].length, 0),
  held: counted(held),
  waiting: counted({ ...waiting, total: waiting.total - planned.length }),
});

function showPlan(turn, [top, place], filter, { plan, due }) {
  const overdue = due.calls.filter(({ state }) => state === 'overdue').length;
  const [next] = plan.later;
  fill(top, nextCall(turn, null, nextIn(plan) !== null));
  fill(
    place,
    due.isMore && inset(t('callBacks.tooMany', { total: due.calls.length.toLocaleString('en-GB') })),
    overdue > 0 && para(link(addressOf('overdue', filter), t('callBacks.overdueOf', { count: overdue }))),
    sections.map(name => (name === 'now' || plan[name].length > 0) && [
      h('h2', { class: 'govuk-heading-m' }, t(`callBacks.section.${name}`, {
        count: plan[name].length, time: name === 'later' ? timeOf(next.place.from) : '',
      })),
      plan[name].length > 0 ? h('ol', { class: 'govuk-list vcas-calls' }, plan[name].map(planRow))
        : para(t('callBacks.noneNow'), ' ', next && t('callBacks.nextFrom', { time: timeOf(next.place.from) })),
    ]));
  const changes = changesAt(plan);
  if (changes) untilEnd(turn, changes, () => {}, () => refresh(turn, [top, place], filter));
}

// A window has closed or opened. One reading, and no more before the next one does.
async function refresh(turn, [top, place], filter) {
  const at = document.activeElement?.closest('.vcas-plan') && document.activeElement.getAttribute('href');
  try {
    const whole = await turn.step(() => readPlan(turn, filter));
    // What was told of the plan is of the one before.
    announce();
    showPlan(turn, [top, place], filter, whole);
    if (at) (place.querySelector(`a[href="${at}"]`) ?? turn.place.querySelector('h1')).focus({ preventScroll: true });
  } catch (failure) {
    if (failure instanceof Left) return;
    place.prepend(inset(
      t('callBacks.old', { time: timeOf(serviceNow()) }), ' ', link(location.pathname + location.search, t('errors.tryAgain'))));
  }
}

// Whoever comes back from a call goes on where they were.
function comeBack(place) {
  const at = shift.takePlace();
  if (at) place.querySelector(`a[href="/console/call-backs/${at}"]`)?.setAttribute('data-back', '');
}

function part(turn, title, state, planned, first, read) {
  const rows = h('ol', { class: 'govuk-list vcas-calls' });
  const without = page => ({ ...page, callBacks: page.callBacks.filter(({ offerId }) => !planned.includes(offerId)) });
  const more = paged(turn, title, rows, rowOf, without(first), async after => without(await read(after)));
  const total = first.total - planned.length;
  return [
    h('h2', { class: 'govuk-heading-m' }, t(`callBacks.heading.${state}`, { count: counted({ ...first, total }) })),
    total === 0 ? para(t(`callBacks.empty.${state}`)) : [para(t(`callBacks.order.${state}`)), rows, more],
  ];
}

function rowOf(call) {
  return h(
    'li', { class: 'vcas-call' },
    callHead(call),
    inList(call),
    // Who is not theirs to call leaves it to whom it was given.
    call.person && h('p', { class: 'govuk-body' }, h('strong', {}, whose(call))),
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
