/**
 * Many calls given away at once: some are ticked, or all of a part; one or several get them, and then they are spread. The most urgent go
 * round first, so that nobody gets all of them.
 */
import { absentToday, isAway, setAbsentToday } from './absent.js';
import { commands } from './api.js';
import { button, checkboxes, form, input, valueOf, valuesOf } from './controls.js';
import { details, fill, h, heading, inset, para } from './dom.js';
import { showErrors } from './errors.js';
import { Refused, SignInNeeded, Unreachable } from './failures.js';
import { announce } from './notice.js';
import { attempt, navigate } from './page.js';
import { assignable, directoryFailed, isId, nameOf, namePerson } from './people.js';
import { messageOf } from './problems.js';
import { person, signIn } from './session.js';
import { counts, spread } from './shares.js';
import { t } from './texts.js';
import { typedIsSent } from './typed.js';

const teamPrefix = 'team:';
const nameOfAssignee = value => value.startsWith(teamPrefix)
  ? t('supervise.wholeTeam', { team: value.slice(teamPrefix.length) }) : nameOf(value);
const bodyOf = value => value.startsWith(teamPrefix) ? { team: value.slice(teamPrefix.length) } : { person: value };
const asSaid = shares => shares.map(({ assignee, count }) => t('many.share', { name: nameOfAssignee(assignee), count })).join(', ');

/**
 * The button that begins it, and the box of each row.
 * @param turn  The page's.
 * @param {number} total  How many calls the part has, shown or not.
 * @param {string[]} teams  The call-back teams that are known here.
 * @param readAll  Reads all calls of the part.
 */
export function assigningMany(turn, { total, teams, readAll }) {
  const chosen = new Map();
  const boxes = new Map();
  const place = h('div');
  const opener = button(t('many.open'), { kind: 'secondary', 'aria-expanded': 'false', onclick: toggle });
  return { whole: h('div', { class: 'vcas-many' }, opener, place), boxOf };

  function boxOf(call) {
    const id = `choose-${call.offerId}`;
    const box = h('input', { class: 'govuk-checkboxes__input', type: 'checkbox', id, onchange: () => tick(call, box.checked) });
    const whole = h('div', { class: 'govuk-checkboxes govuk-checkboxes--small vcas-many__box', hidden: place.childElementCount === 0 },
      h('div', { class: 'govuk-checkboxes__item' }, box,
        h('label', { class: 'govuk-label govuk-checkboxes__label', for: id }, t('many.choose', { reference: call.reference }))));
    box.checked = chosen.has(call.offerId);
    boxes.set(call.offerId, { box, whole });
    return whole;
  }

  function tick(call, isChosen) {
    if (isChosen) chosen.set(call.offerId, call);
    else chosen.delete(call.offerId);
    tell();
  }

  function toggle() {
    const isOpen = opener.getAttribute('aria-expanded') === 'true';
    opener.setAttribute('aria-expanded', String(!isOpen));
    for (const { whole } of boxes.values()) whole.hidden = isOpen;
    if (isOpen) return fill(place);
    fill(place, panel());
    tell();
    return place.querySelector('button').focus();
  }

  function panel() {
    const people = h('div', { class: 'vcas-callers' }, who([]));
    const adding = form(
      () => {
        const [name, id] = [valueOf(adding, 'name'), valueOf(adding, 'id')];
        const errors = [
          !name && { field: 'name', message: t('many.nameMissing') },
          !isId(id) && { field: 'id', message: t('supervise.personMissing') },
        ].filter(Boolean);
        showErrors(adding, errors);
        if (errors.length > 0) return;
        namePerson(id, name);
        fill(people, who([...valuesOf(people, 'assignees'), id.toLowerCase()]));
        for (const field of ['name', 'id']) adding.querySelector(`[name=${field}]`).value = '';
        tell();
        adding.querySelector('[name=name]').focus();
      },
      para(t('many.addText')),
      input('name', t('many.name'), { maxlength: 60, width: 20 }),
      input('id', t('supervise.person'), { hint: t('supervise.personHint'), maxlength: 60, width: 20 }),
      button(t('many.addPerson'), { type: 'submit', kind: 'secondary' }));
    const absent = h('div', { class: 'vcas-callers' }, whoIsAbsent());
    absent.addEventListener('change', () => {
      const ids = valuesOf(absent, 'absent');
      setAbsentToday(ids);
      fill(people, who(valuesOf(people, 'assignees').filter(value => !ids.includes(value))));
      tell();
    });
    const whole = form(
      give,
      directoryFailed() && inset(t('people.directoryFailed')),
      callers().length > 1 && button(t('many.everybody'), { kind: 'secondary', onclick: () => {
        fill(people, who(present()));
        tell();
      } }),
      people,
      h('p', { class: 'govuk-body', role: 'status', 'data-said': 'shares' }),
      button(t('many.give'), { type: 'submit' }));
    whole.addEventListener('change', tell);
    return h('div', { class: 'vcas-asked' },
      heading(3, t('many.title'), 's'),
      h('p', { class: 'govuk-body', role: 'status', 'data-said': 'chosen' }),
      button(t('many.all', { count: total }), { kind: 'secondary', onclick: chooseAll }),
      whole,
      callers().length > 0 && details(t('many.absent'), absent),
      details(t('many.add'), adding));
  }

  function who(values) {
    const me = person();
    const people = [...(me ? [{ id: me.id, name: t('supervise.me') }] : []), ...assignable()];
    return checkboxes('assignees', t('many.who'), [
      ...people.map(one => ({ value: one.id, label: one.name, hint: isAway(one) && t('people.away') })),
      ...teams.map(team => ({ value: teamPrefix + team, label: t('supervise.wholeTeam', { team }) })),
    ], { values, size: 's', small: true, hint: t('many.whoHint') });
  }

  // Of the teams whose calls are chosen, where some are.
  function callers() {
    const wanted = new Set([...chosen.values()].map(call => call.callBackTeam));
    return assignable().filter(({ callBackTeams }) =>
      callBackTeams.length > 0 && (wanted.size === 0 || callBackTeams.some(team => wanted.has(team))));
  }

  function present() {
    return callers().filter(one => !isAway(one)).map(({ id }) => id);
  }

  function whoIsAbsent() {
    const people = assignable().filter(({ away, callBackTeams }) => !away && callBackTeams.length > 0);
    return checkboxes('absent', t('many.absentTitle'), people.map(({ id, name }) => ({ value: id, label: name })),
      { values: absentToday(), size: 's', small: true, hint: t('many.absentHint') });
  }

  async function chooseAll() {
    const all = await attempt(turn, t('supervise.title'), readAll);
    if (!all) return;
    chosen.clear();
    for (const call of all) chosen.set(call.offerId, call);
    for (const [id, { box }] of boxes) box.checked = chosen.has(id);
    tell();
  }

  // What is ticked, and what would come of it.
  function tell() {
    const [ticked, shares] = ['chosen', 'shares'].map(name => place.querySelector(`[data-said=${name}]`));
    if (!ticked) return;
    fill(ticked, t('many.chosen', { count: chosen.size, total }));
    const assignees = valuesOf(place, 'assignees');
    fill(shares, chosen.size > 0 && assignees.length > 0 ? asSaid(counts(chosen.size, assignees)) : '');
  }

  // One after the other: each is a command of its own, and what was given stays given.
  async function give(whole) {
    const assignees = valuesOf(whole, 'assignees');
    const errors = [
      chosen.size === 0 && { message: t('many.noneChosen') },
      assignees.length === 0 && { field: 'assignees', message: t('supervise.assigneeMissing') },
    ].filter(Boolean);
    showErrors(whole, errors);
    if (errors.length > 0 || whole.dataset.busy) return;
    whole.dataset.busy = 'yes';
    const all = chosen.size;
    const given = [];
    const refused = [];
    try {
      for (const { call, assignee } of spread([...chosen.values()], assignees)) {
        await one(call, assignee, given, refused);
        if (!turn.isOver) fill(place.querySelector('[data-said=chosen]'), t('many.done', { count: given.length, total: all }));
      }
      const made = assignees.map(assignee => ({ assignee, count: given.filter(one => one === assignee).length }));
      const said = [
        t('many.given', { count: given.length, shares: asSaid(made) }),
        refused.length > 0 && t('many.refused', { count: refused.length, references: refused.join('; ') }),
      ].filter(Boolean).join(' ');
      typedIsSent(turn, whole);
      if (turn.isOver) announce(said);
      else navigate(location.pathname + location.search, said);
    } catch (failure) {
      stopped(whole, failure, given.length);
    } finally {
      delete whole.dataset.busy;
    }
  }

  async function one(call, assignee, given, refused) {
    try {
      await commands.reassign(call.offerId, bodyOf(assignee), turn.who?.id);
      given.push(assignee);
      chosen.delete(call.offerId);
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure;
      refused.push(`${call.reference} (${messageOf(failure.problem)})`);
    }
  }

  function stopped(whole, failure, count) {
    if (failure instanceof SignInNeeded) return signIn();
    if (!(failure instanceof Unreachable)) throw failure;
    const said = t('many.stopped', { count });
    if (turn.isOver) return announce(said);
    for (const [id, { box }] of boxes) box.checked = chosen.has(id);
    tell();
    return showErrors(whole, [{ message: said }]);
  }
}
