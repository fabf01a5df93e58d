/**
 * What a supervisor watches over: everything that waits for them in one list, households in danger, calls that are overdue, due, held or
 * lie ahead, and referrals that VCAS has not got, not answered or refused. Nobody's name and nobody's number stands here.
 */
import { listCallBacks, listDangers, listDeadLetters, listReferrals, listTasks, readMe } from '../api.js';
import { assigningMany } from '../assigning-many.js';
import { assigning } from '../assigning.js';
import { carryOut } from '../commands.js';
import { button, checkbox, form, valueOf } from '../controls.js';
import { dangerRow } from '../dangers.js';
import { deadLetterRow, sealing } from '../dead-letters.js';
import { fill, h, link, para, tag } from '../dom.js';
import { showErrors } from '../errors.js';
import { referralLine, supervisorLine, waitOf, whenOf } from '../list-texts.js';
import { aPage, callHead, countCalls, damaged, head, narrow, paged, partLinks, risksOf, untold } from '../lists.js';
import { closedPage } from '../household-parts.js';
import { opening } from '../opening.js';
import { attempt, show } from '../page.js';
import { learnPeople, nameOf } from '../people.js';
import { serviceItself } from '../service.js';
import { person } from '../session.js';
import { away, taskRow } from '../tasks.js';
import { label, t } from '../texts.js';
import { moment } from '../times.js';

const callParts = ['overdue', 'due', 'held', 'waiting'];
// Of these somebody calls today: they are given away by the dozen.
const toCall = ['overdue', 'due'];
const largestPage = 200;
const referralParts = ['rejected', 'unsent', 'unanswered'];
// Of these the queue itself is asked, and so only where somebody wants to see them.
const aside = 'aside';
// A page of its own: nothing there waits for anybody.
const closed = 'closed';
// What needs somebody most is what the page opens with.
const urgent = ['dangers', 'overdue', 'rejected', 'unsent', 'held'];
const referralColours = { rejected: 'red', sent: 'blue', received: 'blue', toSend: 'orange', awaitingRoute: 'red' };

/** Shows one part: that which the address asks for, otherwise the first in which something is to be done. */
export async function open(turn) {
  const title = t('supervise.title');
  await attempt(turn, title, async () => {
    const query = new URLSearchParams(location.search);
    const team = query.get('team') ?? '';
    const [me, calls, all, { dangers }, { total, tasks }, service] = await Promise.all([
      readMe(), countCalls(turn, callParts, team), readReferrals(turn), listDangers(turn), listTasks(turn, { team }), serviceItself(turn),
      learnPeople(turn),
    ]);
    const endangered = dangers.filter(danger => !team || danger.team === team);
    const referrals = Object.fromEntries(referralParts.map(name => [name, all[name].filter(referral => !team || referral.team === team)]));
    const referred = Object.fromEntries(referralParts.map(name => [name, referrals[name].length]));
    const [counts, shown] = [
      { tasks: total, dangers: endangered.length, ...calls.counts, ...referred },
      { tasks: total, dangers: endangered.length, ...calls.shown, ...referred },
    ];
    const offering = [...dangers, ...referralParts.flatMap(name => all[name])].map(one => one.team);
    const teams = [...calls.teams, ...offering];
    if (query.get('part') === aside) return await showAside(turn, title, service, () => parts(aside, shown, team));
    const part = query.get('part') in counts ? query.get('part') : urgent.find(one => counts[one] > 0) ?? 'due';
    const list = h('ol', { class: 'govuk-list vcas-calls' });
    show(
      turn, title,
      service.trouble,
      parts(part, shown, team),
      narrow(teams, team, name => addressOf(part, name)),
      h('h2', { class: 'govuk-heading-m' }, t(`supervise.heading.${part}`, { count: shown[part] })),
      para(t(counts[part] > 0 ? `supervise.text.${part}` : 'supervise.nothing')),
      part !== 'rejected' && referralParts.includes(part) && sealing(),
      callParts.includes(part) ? await callRows(list, part, team, me) : list,
      part === 'tasks' && away(turn, [...me.teams, ...offering, ...tasks.map(task => task.team)]), service.rest);
    if (part === 'tasks') list.append(...tasks.map(task => taskRow(turn, task)));
    else if (part === 'dangers') list.append(...endangered.map(dangerRow));
    else if (!callParts.includes(part)) list.append(...referrals[part].map(referralRow));
  });

  async function callRows(list, part, team, { callBackTeams }) {
    const read = after => listCallBacks(turn, { state: part, team, limit: aPage, after });
    const first = await read();
    const teams = [...new Set([...callBackTeams, ...first.callBacks.map(call => call.callBackTeam)])].sort();
    const many = toCall.includes(part) && first.total > 1
      && assigningMany(turn, { total: first.total, teams, readAll: () => readAll(turn, part, team) });
    const more = paged(turn, title, list, call => callRow(call, teams, many && many.boxOf(call)), first, read);
    return [many && many.whole, list, more];
  }
}

async function readAll(turn, state, team) {
  const calls = [];
  let after;
  do {
    const page = await listCallBacks(turn, { state, team, limit: largestPage, after });
    calls.push(...page.callBacks);
    after = page.next;
  } while (after);
  return calls;
}

async function readReferrals(turn) {
  const [awaitingRoute, toSend, sent, received, rejected] = await Promise.all(
    ['awaitingRoute', 'toSend', 'sent', 'received', 'rejected'].map(async state => (await listReferrals(turn, { state })).referrals));
  // The longest wait comes first, which is also the latest: when an answer is late, the supervisor is told, and told again.
  const unanswered = [...sent, ...received].sort((one, other) => Date.parse(one.sentAt) - Date.parse(other.sentAt));
  return { rejected, unsent: [...awaitingRoute, ...toSend], unanswered };
}

function parts(part, counts, team) {
  const group = (title, names) => h(
    'div', {}, h('h2', { class: 'govuk-heading-s vcas-parts__title' }, title),
    partLinks(names, part, name => t(`supervise.part.${name}`), name => name === closed ? closedPage : addressOf(name, team), counts));
  return h('nav', { class: 'vcas-parts vcas-watch', 'aria-label': t('callBacks.parts') },
    group(t('supervise.households'), ['tasks', 'dangers', closed]), group(t('supervise.calls'), callParts),
    group(t('supervise.referrals'), [...referralParts, aside]));
}

async function showAside(turn, title, service, nav) {
  const { deadLetters } = await listDeadLetters(turn);
  show(
    turn, title, service.trouble, nav(),
    h('h2', { class: 'govuk-heading-m' }, t('supervise.heading.aside', { count: deadLetters.length })),
    para(t(deadLetters.length > 0 ? 'supervise.text.aside' : 'supervise.nothing')),
    h('ol', { class: 'govuk-list vcas-calls' }, deadLetters.map(deadLetterRow)), service.rest);
}

const householdOf = id => `/console/households/${id}?reason=supervision`;

const addressOf = (part, team) => `/console/supervise?${new URLSearchParams({ part, ...(team ? { team } : {}) })}`;

function callRow(call, teams, box) {
  const place = h('div');
  const choices = [
    button(
      t('supervise.giveTo'),
      { kind: 'secondary', 'aria-expanded': 'false', onclick: event => toggle(event.currentTarget, assigning(call, teams, act)) }),
    // A wrong number lets go by itself once there is another one: the call screen asks for it.
    call.state === 'held' && call.holdReason !== 'wrongNumber'
      && button(
        t('call.release'), { kind: 'secondary', 'aria-expanded': 'false', onclick: event => toggle(event.currentTarget, releasing(call)) }),
    call.hoursNeverMeet
      && button(
        t('supervise.openHours'),
        { kind: 'secondary', 'aria-expanded': 'false', onclick: event => toggle(event.currentTarget, opening(call, act)) }),
  ];
  return h(
    'li', { class: 'vcas-call' },
    callHead(call),
    box,
    damaged(call),
    !call.damaged && h('p', { class: 'govuk-body' }, whenOf(call)),
    untold(call),
    risksOf(call),
    h('p', { class: 'govuk-body-s vcas-call__rest' }, supervisorLine(call, nameOf)),
    h('div', { class: 'vcas-actions' }, link(householdOf(call.offerId), t('supervise.household')), choices), place);

  // One form at a time: two would bear the same names.
  function toggle(opener, content) {
    for (const other of document.querySelectorAll('.vcas-call [aria-expanded=true]')) if (other !== opener) other.click();
    const isOpen = opener.getAttribute('aria-expanded') === 'true';
    opener.setAttribute('aria-expanded', String(!isOpen));
    fill(place, !isOpen && h('div', { class: 'vcas-asked' }, content));
    if (!isOpen) (place.querySelector('input:checked') ?? place.querySelector('input')).focus();
  }
}

function releasing(call) {
  const whole = form(
    () => valueOf(whole, 'checked')
      ? act(whole, call, t('supervise.released', { reference: call.reference }), 'releaseHold')
      : showErrors(whole, [{ field: 'checked', message: t('problems.3002.message') }]),
    checkbox('checked', t('call.safeAgain'), { hint: t('call.safetyHint') }),
    button(t('supervise.releaseIt', { reference: call.reference }), { type: 'submit' }));
  return whole;
}

function referralRow(referral) {
  const { state, answerLateSince } = referral;
  return h(
    'li', { class: 'vcas-call' },
    head(`/console/supervise/${referral.referralId}`, referral.reference, tag(label('ReferralState', state), referralColours[state]),
      answerLateSince && [' ', tag(t('supervise.lateTag'), 'red')]),
    h('p', { class: 'govuk-body' }, waitOf(referral)),
    answerLateSince && h('p', { class: 'govuk-body' }, h('strong', {}, t('supervise.late', { when: moment(answerLateSince) }))),
    damaged(referral),
    untold(referral),
    h('p', { class: 'govuk-body-s vcas-call__rest' }, referralLine(referral)));
}

// Afterwards the list is shown as it is then.
const act = (whole, { offerId, reference }, said, name, ...args) => carryOut(
  whole, { reference, path: location.pathname + location.search, said }, name, offerId, ...args);
