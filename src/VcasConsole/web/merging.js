/** Two records of one household: which is the other, and which of the two is kept. */
import { alikeOf } from './alike.js';
import { searchOffers } from './api.js';
import { carryOut, tryIn } from './commands.js';
import { button, form, input, radios, valueOf } from './controls.js';
import { para } from './dom.js';
import { showErrors } from './errors.js';
import { t } from './texts.js';
import { day } from './times.js';
import { now } from './turns.js';

const another = 'another';

/** The form. What the answers told of alike records is there to choose; any other is named by its reference. */
export function merging({ offerId, reference }) {
  const known = alikeOf(offerId);
  const typed = input('reference', t('merge.reference'), { hint: t('find.referenceHint'), maxlength: 60, width: 20 });
  const whole = form(
    merge,
    para(t('merge.text')),
    known.length === 0 ? typed : radios('other', t('merge.other'), [
      ...known.map(one => ({
        value: one.offerId, label: one.reference,
        hint: t(one.sameNumber ? 'merge.sameNumber' : 'merge.sameCase', { day: day(one.offeredAt) }),
      })),
      { value: another, label: t('merge.another'), reveal: typed },
    ], { size: 's' }),
    radios('keep', t('merge.keep'), [
      { value: 'this', label: t('merge.keepThis', { reference }) }, { value: 'other', label: t('merge.keepOther') },
    ], { size: 's', hint: t('merge.keepHint') }),
    button(t('merge.merge'), { type: 'submit', kind: 'warning' }));
  return whole;

  async function merge() {
    const chosen = known.length === 0 ? another : valueOf(whole, 'other');
    const [written, keep] = [valueOf(whole, 'reference'), valueOf(whole, 'keep')];
    const errors = [
      !chosen && { field: 'other', message: t('merge.otherMissing') },
      chosen === another && !written && { field: 'reference', message: t('find.referenceMissing') },
      !keep && { field: 'keep', message: t('merge.keepMissing') },
    ].filter(Boolean);
    showErrors(whole, errors);
    if (errors.length > 0) return;
    const turn = now();
    await tryIn(whole, async () => {
      const other = known.find(one => one.offerId === chosen) ?? await turn.step(() => find(written));
      if (!other) showErrors(whole, [{ field: 'reference', message: t('merge.notFound') }]);
      else await join(keep === 'this' ? { kept: { offerId, reference }, ends: other } : { kept: other, ends: { offerId, reference } });
    }, { unanswered: 'errors.unreachable', reference });
  }

  async function find(written) {
    const { households } = await searchOffers({ reference: written, reason: 'correction' });
    const others = households.filter(one => one.offerId !== offerId && one.state);
    return others.length === 1 ? others[0] : null;
  }

  // The page of the one that is kept shows what went over.
  function join({ kept, ends }) {
    return carryOut(whole, {
      reference, path: `/console/households/${kept.offerId}?reason=correction`,
      said: t('merge.merged', { kept: kept.reference, ended: ends.reference }), unanswered: 'merge.unanswered',
    }, 'mergeDuplicate', ends.offerId, { of: kept.offerId });
  }
}
