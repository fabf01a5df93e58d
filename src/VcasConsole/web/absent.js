/**
 * Who is not here today: a supervisor says so in this tab, of callers of whose absence the service knows nothing. It holds ids alone, for
 * the day and the person.
 */
import { tab } from './remembered.js';
import { serviceNow } from './service-time.js';
import { person } from './session.js';
import { isoDay } from './times.js';

const keyOf = () => `vcas.absent.${person()?.id ?? ''}`;

/** The ids of those who are not here today. */
export function absentToday() {
  try {
    const kept = JSON.parse(tab.get(keyOf()));
    return kept?.day === isoDay(serviceNow()) && Array.isArray(kept.ids) ? kept.ids : [];
  } catch {
    return [];
  }
}

/** Remembers them until the day is over. */
export function setAbsentToday(ids) {
  if (ids.length > 0) tab.set(keyOf(), JSON.stringify({ day: isoDay(serviceNow()), ids }));
  else tab.remove(keyOf());
}

/** Whether somebody is away: the service says so, or it was said here. */
export const isAway = ({ id, away }) => away || absentToday().includes(id);
