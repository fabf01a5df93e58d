/**
 * What a supervisor watches over: calls that are overdue, due, held or lie ahead, and referrals that VCAS has not got, not answered or
 * refused. Nobody's name and nobody's number stands here.
 */
import { readMe, listCallBacks, listReferrals, releaseHold } from '../api.js';
import { assigning } from '../assigning.js';
import { carryOut } from '../commands.js';
import { button, checkbox, form, valueOf } from '../controls.js';
import { fill, h, link, para, tag } from '../dom.js';
import { showErrors } from '../errors.js';
import { attempt, show } from '../page.js';
import { serviceItself } from '../service.js';
import { person } from '../session.js';
import { label, t } from '../texts.js';
import { day, daysSince, moment } from '../times.js';

const callParts = ['overdue', 'due', 'held', 'waiting'];
const referralParts = ['rejected', 'unsent', 'unanswered'];
// What needs somebody most is what the page opens with.
const urgent = ['overdue', 'rejected', 'unsent', 'held'];
const aPage = 25;
const none = 1;
const callColours = { overdue: 'red', due: 'blue', held: 'yellow', waiting: 'grey' };
const referralColours = { rejected: 'red', sent: 'blue', received: 'blue', toSend: 'orange' };

/** Shows one part: that which the address asks for, otherwise the first in which something is to be done. */
export async function open(main) {
  const title = t('supervise.title');
  await attempt(main, title, async () => {
    const [me, totals, referrals, service] = await Promise.all([readMe(), readTotals(), readReferrals(), serviceItself()]);
    const counts = { ...totals, ...Object.fromEntries(referralParts.map(part => [part, referrals[part].length])) };
    const wanted = new URLSearchParams(location.search).get('part');
    const part = wanted in counts ? wanted : urgent.find(one => counts[one] > 0) ?? 'due';
    const calls = callParts.includes(part) ? await listCallBacks({ state: part, limit: aPage }) : null;
    const list = h('ol', { class: 'govuk-list vcas-calls' });
    const more = h('div');
    show(
      main, title,
      service.trouble,
      parts(part, counts),
      h('h2', { class: 'govuk-heading-m' }, t(`supervise.heading.${part}`, { count: counts[part] })),
      para(t(counts[part] > 0 ? `supervise.text.${part}` : 'supervise.nothing')),
      list, more, service.rest);
    if (calls) {
      const teams = [...new Set([...me.callBackTeams, ...calls.callBacks.map(call => call.callBackTeam)])].sort();
      addCalls(calls);

      function addCalls(page) {
        list.append(...page.callBacks.map(call => callRow(call, teams)));
        fill(more, page.next && button(t('callBacks.more'), { kind: 'secondary', onclick: () => attempt(main, title, () => addMore(page.next)) }));
      }

      async function addMore(after) {
        const shown = list.children.length;
        addCalls(await listCallBacks({ state: part, limit: aPage, after }));
        list.children[shown]?.querySelector('a').focus();
      }
    } else {
      list.append(...referrals[part].map(referralRow));
    }
  });
}

async function readTotals() {
  const pages = await Promise.all(callParts.map(state => listCallBacks({ state, limit: none })));
  return Object.fromEntries(callParts.map((state, index) => [state, pages[index].total]));
}

async function readReferrals() {
  const [toSend, sent, received, rejected] = await Promise.all(
    ['toSend', 'sent', 'received', 'rejected'].map(async state => (await listReferrals({ state })).referrals));
  // The longest wait comes first, which is also the latest: when an answer is late, the supervisor is told, and told again.
  const unanswered = [...sent, ...received].sort((one, other) => Date.parse(one.sentAt) - Date.parse(other.sentAt));
  return { rejected, unsent: toSend, unanswered };
}

function parts(shown, counts) {
  const group = (title, names) => [
    h('h2', { class: 'govuk-heading-s vcas-parts__title' }, title),
    h('ul', { class: 'govuk-list' }, names.map(name => h('li', {}, h('a', {
      class: 'govuk-link vcas-parts__link', href: `/console/supervise?part=${name}`, 'aria-current': name === shown && 'page',
    }, t(`supervise.part.${name}`), ' ', h('strong', {}, `${counts[name]}`))))),
  ];
  return h('nav', { class: 'vcas-parts vcas-watch', 'aria-label': t('callBacks.parts') },
    h('div', {}, group(t('supervise.calls'), callParts)), h('div', {}, group(t('supervise.referrals'), referralParts)));
}

function callRow(call, teams) {
  const place = h('div');
  const choices = [
    button(t('supervise.giveTo'), { kind: 'secondary', 'aria-expanded': 'false', onclick: event => toggle(event.currentTarget, assigning(call, teams, act)) }),
    // A wrong number lets go by itself once there is another one: the call screen asks for it.
    call.state === 'held' && call.holdReason !== 'wrongNumber'
      && button(t('call.release'), { kind: 'secondary', 'aria-expanded': 'false', onclick: event => toggle(event.currentTarget, releasing(call)) }),
  ];
  return h(
    'li', { class: 'vcas-call' },
    h('h3', { class: 'govuk-heading-s vcas-call__name' },
      link(`/console/call-backs/${call.offerId}`, call.reference), ' ', tag(label('CallBackListState', call.state), callColours[call.state])),
    h('p', { class: 'govuk-body' }, whenOf(call)),
    call.untoldSince && h('p', { class: 'govuk-body' }, h('strong', {}, t('supervise.untold', { when: moment(call.untoldSince) }))),
    call.risks.length > 0 && h('p', { class: 'govuk-body' }, h('strong', {}, t('callBacks.risks')), ' ', call.risks.map(risk => label('Risk', risk)).join('; ')),
    h('p', { class: 'govuk-body-s vcas-call__rest' }, [
      call.attempts > 0 ? t('callBacks.attempts', { count: call.attempts, outcome: label('CallOutcome', call.lastOutcome) }) : t('callBacks.noAttempt'),
      t('supervise.teams', { team: call.team, callBackTeam: call.callBackTeam }),
      call.person && (call.person === person()?.id ? t('supervise.yours') : t('supervise.onePersons', { person: call.person.slice(0, 8) })),
    ].filter(Boolean).join(' · ')),
    h('div', { class: 'vcas-actions' }, choices), place);

  // One form at a time: two would bear the same names.
  function toggle(opener, content) {
    for (const other of document.querySelectorAll('.vcas-call [aria-expanded=true]')) if (other !== opener) other.click();
    const isOpen = opener.getAttribute('aria-expanded') === 'true';
    opener.setAttribute('aria-expanded', String(!isOpen));
    fill(place, !isOpen && h('div', { class: 'vcas-asked' }, content));
    if (!isOpen) place.querySelector('input').focus();
  }
}

function whenOf({ state, dueAt, overdueAt, callFrom, holdReason, reviewAt }) {
  switch (state) {
    case 'overdue': return t('supervise.overdueSince', { due: day(dueAt), when: moment(overdueAt) });
    case 'held': return t('callBacks.held', { reason: label('HoldReason', holdReason), when: moment(reviewAt) });
    case 'waiting': return t('supervise.callFrom', { when: moment(callFrom) });
    default: return t('supervise.overdueFrom', { due: day(dueAt), when: moment(overdueAt) });
  }
}

function releasing(call) {
  const whole = form(
    () => valueOf(whole, 'checked')
      ? act(whole, () => releaseHold(call.offerId), t('supervise.released', { reference: call.reference }))
      : showErrors(whole, [{ field: 'checked', message: t('problems.3002.message') }]),
    checkbox('checked', t('call.safeAgain'), { hint: t('call.safetyHint') }),
    button(t('supervise.releaseIt', { reference: call.reference }), { type: 'submit' }));
  return whole;
}

function referralRow(referral) {
  const { state, reason, madeAt, sentAt, answerDueAt, answerLateSince, answeredAt, team, version, caseReference, untoldSince } = referral;
  const said = state === 'rejected' ? t('supervise.refused', { when: moment(answeredAt), reason: label('RejectionReason', reason) })
    : state === 'toSend' ? t('supervise.notSent', { when: moment(madeAt) })
      : t('supervise.noAnswer', { count: daysSince(sentAt), sent: moment(sentAt), when: moment(answerDueAt) });
  return h(
    'li', { class: 'vcas-call' },
    h('h3', { class: 'govuk-heading-s vcas-call__name' },
      link(`/console/supervise/${referral.referralId}`, referral.reference), ' ', tag(label('ReferralState', state), referralColours[state]), answerLateSince && [' ', tag(t('supervise.lateTag'), 'red')]),
    h('p', { class: 'govuk-body' }, said),
    answerLateSince && h('p', { class: 'govuk-body' }, h('strong', {}, t('supervise.late', { when: moment(answerLateSince) }))),
    untoldSince && h('p', { class: 'govuk-body' }, h('strong', {}, t('supervise.untold', { when: moment(untoldSince) }))),
    h('p', { class: 'govuk-body-s vcas-call__rest' }, [
      t('supervise.team', { team }), version > 1 && t('supervise.version', { count: version - 1 }), caseReference && t('supervise.case', { reference: caseReference }),
    ].filter(Boolean).join(' · ')));
}

// Afterwards the list is shown as it is then.
const act = (whole, work, said) => carryOut(whole, work, location.pathname + location.search, said);
