/** What is said of something that is kept on this phone: whether it has arrived, and what follows from that. */
import { State } from './drafts.js';
import { serviceNow } from './service-time.js';
import { t } from './texts.js';
import { day } from './times.js';

/** Whether a row is that of a new offer, not of something that was pressed for a household. */
export const isOfferRow = ({ kind }) => !kind || kind === 'recordOffer';

/** Whether it has arrived: a text, and the colour of its tag. */
export function statusOf(row) {
  const { state, reference, isInMemory, content } = row;
  if (!isOfferRow(row)) {
    const isRefused = state === State.refused;
    const text = t(isRefused ? 'phone.commandRefused' : 'phone.command', { reference: content?.reference ?? '' });
    return { text, colour: isRefused ? 'red' : 'orange' };
  }
  switch (state) {
    case State.arrived: return { text: t('phone.arrived', { reference }), colour: 'green' };
    case State.waiting: return { text: t(isInMemory ? 'phone.inMemory' : 'phone.waiting'), colour: isInMemory ? 'red' : 'orange' };
    case State.refused: return { text: t('phone.refused'), colour: 'red' };
    default: return { text: t('phone.unfinished'), colour: 'grey' };
  }
}

/** What happens to an offer that has arrived, as the API said. */
export function whatNext({ becomes, dueAt }, now = serviceNow()) {
  if (becomes === 'awaitingRoute') return t('phone.willWaitForRoute');
  if (becomes === 'referred') return t('phone.willBeReferred');
  if (becomes === 'closed') return t('phone.nobodyWillCall');
  return dueAt ? t('phone.willBeCalled', { day: day(dueAt, now) }) : t('phone.isRecorded');
}
