/**
 * People who call, by directory id. The service knows ids alone: it does not read the directory. What a supervisor calls them is kept in
 * this tab, for whoever wrote it, and goes with it.
 */
import { tab } from './remembered.js';
import { person } from './session.js';
import { t } from './texts.js';

const keyOf = () => `vcas.people.${person()?.id ?? ''}`;
const isId = text => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Those that were named here: `id`, `name`. */
export function namedPeople() {
  try {
    const kept = JSON.parse(tab.get(keyOf()) ?? '[]');
    return Array.isArray(kept) ? kept.filter(one => isId(one?.id) && one.name) : [];
  } catch {
    return [];
  }
}

/** Names a person in this tab; another name takes the place of the one before. */
export function namePerson(id, name) {
  const others = namedPeople().filter(one => one.id !== id.toLowerCase());
  tab.set(keyOf(), JSON.stringify([...others, { id: id.toLowerCase(), name }]));
}

/** Whether it is a directory's object id. */
export { isId };

/** What a person is called here: oneself, the name that was given, or the beginning of the id. */
export function nameOf(id) {
  if (id.toLowerCase() === person()?.id?.toLowerCase()) return t('people.me');
  return namedPeople().find(one => one.id === id.toLowerCase())?.name ?? t('people.unnamed', { id: id.slice(0, 8) });
}
