/** What waits for a supervisor's decision, in one list with what to do about it; and when they are away. */
import { openNumber, readAbsence } from './api.js';
import { carryOut, tryIn } from './commands.js';
import { button, form, input, radios, select, valueOf } from './controls.js';
import { details, fill, h, link, para, tag } from './dom.js';
import { showErrors } from './errors.js';
import { Left, Refused, SignInNeeded, Unreachable } from './failures.js';
import { head } from './lists.js';
import { nameOf } from './people.js';
import { label, t } from './texts.js';
import { day, moment } from './times.js';
import { words } from './words.js';

const colours = { dangerUnacknowledged: 'red', neverPassedOn: 'red', measureMissing: 'yellow' };
const ofNumbers = ['neverPassedOn', 'numberPassedOn'];

/** Whether it is about a number that was passed on. */
export const isOfNumber = ({ kind }) => ofNumbers.includes(kind);

/** One task. */
export function taskRow(turn, task) {
  const { kind, reference, since, ageDays, stage, action, team } = task;
  return h(
    'li', { class: 'vcas-call' },
    head(task.link, reference, tag(label('TaskKind', kind), colours[kind] ?? 'blue')),
    h('p', { class: 'govuk-body' }, label('TaskAction', action)),
    h('p', { class: 'govuk-body-s vcas-call__rest' },
      t('tasks.since', { when: moment(since), count: ageDays }), ' ', stage > 0 && t('tasks.toldOn', { count: stage }),
      ' ', team && t('tasks.team', { team })),
    isOfNumber(task) && numberOf(turn, task));
}

// The number is fetched when somebody asks for it: the audit notes who opened it.
function numberOf(turn, task) {
  const place = h('div');
  const whole = form(
    () => tryIn(whole, async () => fill(place, shown(task, await openNumber(turn, task.id))), { reference: task.reference }),
    button(t('tasks.open', { reference: task.reference }), { kind: 'secondary', type: 'submit' }));
  return [whole, place];
}

function shown(task, { phone, said, safeToCall, households }) {
  const whole = form(
    close,
    radios('outcome', t('tasks.became', { reference: task.reference }),
      words.PassedNumberOutcome.map(value => ({ value, label: label('PassedNumberOutcome', value) })), { size: 's' }),
    button(t('tasks.close'), { type: 'submit' }));
  return h('div', { class: 'vcas-asked' },
    para(h('strong', {}, label('SaidAtDesk', said)), ' ', phone ? t('tasks.number', { phone }) : t('tasks.hidden')),
    safeToCall === false && para(h('strong', {}, t('tasks.notSafe'))),
    households.length === 0 ? para(t('tasks.notKnown')) : h('ul', { class: 'govuk-list' },
      households.map(({ offerId, reference }) => h('li', {}, link(`/console/call-backs/${offerId}`, reference)))),
    whole);

  function close() {
    const outcome = valueOf(whole, 'outcome');
    if (!outcome) return showErrors(whole, [{ field: 'outcome', message: t('tasks.becameMissing') }]);
    const { id, reference } = task;
    return carryOut(whole, { reference, path: here(), said: t('tasks.closed', { reference }) }, 'closeNumber', id, { outcome });
  }
}

/** When a team's supervisor is away, and who stands in. */
export function away(turn, teams) {
  const known = [...new Set(teams)].filter(Boolean).sort();
  const place = h('div', { role: 'status' });
  const whole = form(
    record,
    known.length > 0
      ? select('team', t('callBacks.team'), known.map(name => [name, name]))
      : input('team', t('callBacks.team'), { width: 20, maxlength: 60 }),
    place,
    input('from', t('tasks.from'), { type: 'date', width: 10 }),
    input('until', t('tasks.until'), { type: 'date', width: 10 }),
    button(t('tasks.recordAway'), { type: 'submit', kind: 'secondary' }));
  const all = details(t('tasks.away'), para(t('tasks.awayText')), whole);
  all.addEventListener('toggle', () => all.open && tell());
  whole.addEventListener('change', ({ target }) => target.name === 'team' && tell());
  return all;

  // Who it is about, by name. A team that is none, or no signal, says nothing: the form itself does.
  async function tell() {
    const team = valueOf(whole, 'team');
    fill(place);
    if (!team) return;
    try {
      const known = await readAbsence(turn, team);
      if (valueOf(whole, 'team') === team) fill(place, para(awayWords(known)));
    } catch (failure) {
      if (![Left, Refused, SignInNeeded, Unreachable].some(kind => failure instanceof kind)) throw failure;
    }
  }

  function record() {
    const [team, from, until] = ['team', 'from', 'until'].map(field => valueOf(whole, field).trim());
    const errors = Object.entries({ team, from, until }).filter(([, value]) => !value)
      .map(([field]) => ({ field, message: t(`tasks.${field}Missing`) }));
    showErrors(whole, errors);
    if (errors.length > 0) return null;
    return carryOut(
      whole, { reference: team, path: here(), said: t('tasks.awayRecorded', { team }) }, 'recordAbsence', team, { from, until });
  }
}

/** Who supervises a team, who stands in, and when they are away. */
export const awayWords = ({ team, from, until, supervisor, deputy }) => [
  supervisor ? t('tasks.supervisor', { team, name: nameOf(supervisor) }) : t('tasks.noSupervisor', { team }),
  deputy ? t('tasks.deputy', { name: nameOf(deputy) }) : t('tasks.noDeputy'),
  from && t('tasks.awayFrom', { from: day(from), until: day(until) }),
].filter(Boolean).join(' ');

const here = () => location.pathname + location.search;
