/**
 * People who call, by directory id. The service says what the people of a team are called: from the directory, or because they have signed
 * in. That is asked for now and then, and held by the page alone. What a supervisor calls somebody whom the service does not know is kept
 * in this tab, for whoever wrote it, and goes with it.
 */
import { may } from './access.js';
import { listPeople } from './api.js';
import { Refused, Unreachable } from './failures.js';
import { tab } from './remembered.js';
import { person } from './session.js';
import { t } from './texts.js';

const believed = 5 * 60_000;
const nobody = { people: [], directoryFailed: false };
const keyOf = () => `vcas.people.${person()?.id ?? ''}`;
const isId = text => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

let read = null;

/** Whether it is a directory's object id. */
export { isId };

/** Asks who the people are, unless that is known. A page is never kept from its own work by the answer. */
export async function learnPeople(turn) {
  const by = person()?.id;
  const age = Date.now() - (read?.at ?? 0);
  if (!may('ListPeople') || (read?.by === by && age >= 0 && age < believed)) return;
  try {
    const { people, directoryFailed } = await listPeople(turn);
    read = { by, at: Date.now(), people, directoryFailed };
    // The service knows better.
    write(written().filter(({ id }) => !people.some(one => one.id === id)));
  } catch (failure) {
    if (!(failure instanceof Refused || failure instanceof Unreachable)) throw failure;
  }
}

/** Whether the directory should have been read and could not be. */
export const directoryFailed = () => known().directoryFailed;

/**
 * Everybody but oneself to whom a call can be given, callers first: `id`, `name`, `callBackTeams`, `away`. Who has left a team, and who
 * only has a name, is not among them.
 */
export function assignable() {
  const [callers, others] = [true, false].map(calls => known().people.filter(one => (one.callBackTeams.length > 0) === calls));
  const offered = [...callers, ...others.filter(({ supervises }) => supervises)];
  const named = written().filter(({ id }) => !offered.some(one => one.id === id));
  return [...offered, ...named.map(one => ({ ...one, callBackTeams: [], away: false }))]
    .filter(({ id }) => id !== person()?.id?.toLowerCase()).map(labelled);
}

/** Names a person in this tab; another name takes the place of the one before. */
export function namePerson(id, name) {
  write([...written().filter(one => one.id !== id.toLowerCase()), { id: id.toLowerCase(), name }]);
}

/** What a person is called here: oneself, or their name; undefined where nobody knows it. */
export function knownName(id) {
  if (id.toLowerCase() === person()?.id?.toLowerCase()) return t('people.me');
  const found = [...known().people, ...written()].find(one => one.id === id.toLowerCase());
  return found && labelled(found).name;
}

/** The same, and where nobody knows it the beginning of the id. */
export const nameOf = id => knownName(id) ?? t('people.unnamed', { id: id.slice(0, 8) });

const known = () => read?.by === person()?.id && read ? read : nobody;

// Two people of one name are told apart by their ids.
function labelled(one) {
  const isShared = known().people.some(other => other.id !== one.id && other.name === one.name);
  return isShared ? { ...one, name: t('people.sameName', { name: one.name, id: one.id.slice(0, 4) }) } : one;
}

function written() {
  try {
    const kept = JSON.parse(tab.get(keyOf()) ?? '[]');
    return Array.isArray(kept) ? kept.filter(one => isId(one?.id) && one.name) : [];
  } catch {
    return [];
  }
}

function write(people) {
  if (people.length > 0) tab.set(keyOf(), JSON.stringify(people));
  else tab.remove(keyOf());
}
