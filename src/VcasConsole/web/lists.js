/** What the callers' list and the supervisor's have in common: parts with their counts, the choice of a team, rows, and going on. */
import { listCallBacks } from './api.js';
import { button, form, select, valueOf } from './controls.js';
import { fill, h, link, tag } from './dom.js';
import { counted } from './list-texts.js';
import { attempt, navigate } from './page.js';
import { label, t } from './texts.js';
import { moment } from './times.js';

export const aPage = 25;
const none = 1;
const colours = { overdue: 'red', due: 'blue', held: 'yellow', waiting: 'grey' };

/** How many calls stand in each part, as numbers and for people, and the teams by which the parts can be narrowed. */
export async function countCalls(turn, states, team) {
  const pages = await Promise.all(states.map(state => listCallBacks(turn, { state, team, limit: none })));
  return {
    counts: Object.fromEntries(states.map((state, index) => [state, pages[index].total])),
    shown: Object.fromEntries(states.map((state, index) => [state, counted(pages[index])])),
    teams: pages.flatMap(page => page.teams),
  };
}

/** Links to the parts of a list, each with its count. */
export const partLinks = (names, shown, textOf, addressOf, counts) =>
  h('ul', { class: 'govuk-list' }, names.map(name => h('li', {}, h('a', {
    class: 'govuk-link vcas-parts__link', href: addressOf(name), 'aria-current': name === shown && 'page',
  }, textOf(name), name in counts && [' ', h('strong', {}, `${counts[name]}`)]))));

/** The choice of a team, where there is one to make. `addressOf` gives the address for the team that is chosen. */
export function narrow(teams, team, addressOf) {
  const known = [...new Set([...teams, team])].filter(Boolean).sort();
  if (known.length < 2 && !team) return null;
  const whole = form(
    () => navigate(addressOf(valueOf(whole, 'team'))),
    h('div', { class: 'vcas-narrow' },
      select('team', t('callBacks.team'), [['', t('callBacks.everyTeam')], ...known.map(name => [name, name])], { value: team }),
      button(t('callBacks.show'), { type: 'submit', kind: 'secondary' })));
  whole.dataset.typed = 'no';
  return whole;
}

/** The head of a row: its reference leads to it. */
export const head = (href, reference, ...tags) => h('h3', { class: 'govuk-heading-s vcas-call__name' }, link(href, reference), ' ', tags);

/** The head of a call's row. */
export const callHead = call =>
  head(`/console/call-backs/${call.offerId}`, call.reference, tag(label('CallBackListState', call.state), colours[call.state]));

/** What must be known before somebody is called. */
export const risksOf = ({ risks }) => risks.length > 0
  && h('p', { class: 'govuk-body' }, h('strong', {}, t('callBacks.risks')), ' ', risks.map(risk => label('Risk', risk)).join('; '));

/** A line that can't be read says nothing of risks and hours: the household itself does. */
export const damaged = row => row.damaged && h('p', { class: 'govuk-body' }, h('strong', {}, t('callBacks.damaged')));

/** Nobody could be told in Teams: who reads the list is the only one who knows. */
export const untold = ({ untoldSince }) =>
  untoldSince && h('p', { class: 'govuk-body' }, h('strong', {}, t('callBacks.untold', { when: moment(untoldSince) })));

/**
 * Fills a list with its first page, and gives the button for the next; the focus goes to the first row that it brings. `rowsOf`: what a
 * page is a list of.
 */
export function paged(turn, title, list, rowOf, first, read, rowsOf = page => page.callBacks) {
  const more = h('div');
  add(first);
  return more;

  function add(page) {
    list.append(...rowsOf(page).map(rowOf));
    fill(more, page.next && button(t('callBacks.more'), { kind: 'secondary', onclick: () => attempt(turn, title, () => goOn(page.next)) }));
  }

  async function goOn(after) {
    const shown = list.children.length;
    add(await read(after));
    // Somebody else may have done meanwhile what was left: then the last row is where one stands.
    (list.children[shown] ?? list.lastElementChild)?.querySelector('a, summary').focus();
  }
}
