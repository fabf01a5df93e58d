/** Records that look like the same household, as the answers told of them: kept until the page is loaded anew, for whoever was told. */
import { person } from './session.js';

const told = new Map();
const keyOf = id => `${person()?.id} ${id.toLowerCase()}`;

/** Keeps what an answer says; one that says nothing changes nothing. */
export function noteAlike({ offerId, alike } = {}) {
  if (offerId && alike?.length > 0) told.set(keyOf(offerId), alike);
}

/** What was told of this household. */
export const alikeOf = offerId => told.get(keyOf(offerId)) ?? [];
