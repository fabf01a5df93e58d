/** The fields by which a household is searched, and what is wrong with them. What is typed goes in a body and never in an address. */
import { input, radios, valueOf } from './controls.js';
import { numberErrors } from './safe-route.js';
import { t } from './texts.js';

const byWhat = ['phone', 'crimeReference', 'reference'];

/** The choice, with the field that belongs to it. */
export function searchFields() {
  const fields = {
    phone: { type: 'tel', inputmode: 'tel' },
    crimeReference: { maxlength: 60 },
    reference: { maxlength: 60, hint: t('find.referenceHint') },
  };
  return radios('by', t('find.by'), byWhat.map(value => ({
    value, label: t(`find.${value}`), reveal: input(value, t(`find.${value}Field`), { width: 20, ...fields[value] }),
  })));
}

/** What is searched by and for, and the errors in it. */
export function readSearch(whole) {
  const by = valueOf(whole, 'by');
  const wanted = by && valueOf(whole, by);
  const errors = [
    !by && { field: 'by', message: t('find.byMissing') },
    by && !wanted && { field: by, message: t(`find.${by}Missing`) },
    ...(by === 'phone' ? numberErrors('phone', wanted) : []),
  ].filter(Boolean);
  return { by, wanted, errors };
}
