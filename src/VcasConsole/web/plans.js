/** Reads the plan of calls, and opens the next one. */
import { may } from './access.js';
import { listPlan } from './api.js';
import { nextIn, leftIn, planOf } from './call-plan.js';
import { button } from './controls.js';
import { h, para } from './dom.js';
import { attempt, navigate } from './page.js';
import { settings } from './settings.js';
import * as shift from './shift.js';
import { t } from './texts.js';

/** Of which calls: as the list's address says. */
export const filterOf = (query = new URLSearchParams(location.search)) =>
  ({ team: query.get('team') ?? '', assignee: query.has('mine') ? 'me' : '' });

/** The list's address for a part and a filter. */
export function addressOf(state, { team, assignee }) {
  const query = new URLSearchParams({
    ...(state === 'due' ? {} : { state }), ...(team ? { team } : {}), ...(assignee ? { mine: 1 } : {}),
  });
  return `/console/call-backs${query.size ? `?${query}` : ''}`;
}

/**
 * The plan as it is now, what it was made from, and which of the waiting calls are `planned` in it. One request, however many there are.
 */
export async function readPlan(turn, filter) {
  const [rules, due] = await Promise.all([settings(), listPlan(turn, filter)]);
  const { waiting, held } = due;
  const plan = planOf([...due.callBacks, ...waiting.callBacks], rules);
  shift.planned(leftIn(plan));
  return {
    plan, waiting, held,
    due: { calls: due.callBacks, teams: due.teams, isMore: Boolean(due.next) },
    planned: plan.later.filter(({ state }) => state === 'waiting').map(({ offerId }) => offerId),
  };
}

/** How far one is, and the button for the next call. `offerId`: the call that is left; `isMore`: whether there may be a next one. */
export function nextCall(turn, offerId = null, isMore = true) {
  const now = shift.progress();
  if (!may('ClaimCallBack')) return null;
  return h('div', { class: 'vcas-next' },
    now?.total > 0 && para(h('strong', {}, t('callBacks.progress', { done: now.done, total: now.total }))),
    isMore && button(t('callBacks.next'), { onclick: () => attempt(turn, t('call.title'), () => openNext(turn, offerId)) }));
}

// The list is read anew: somebody else may have taken the one that came next a minute ago.
async function openNext(turn, without) {
  const address = shift.listAddress();
  const { plan } = await readPlan(turn, filterOf(new URLSearchParams(address.split('?')[1])));
  const next = nextIn(plan, without, shift.skipped());
  if (next) navigate(`/console/call-backs/${next.offerId}`);
  else navigate(address, t('callBacks.noneNow'));
}
