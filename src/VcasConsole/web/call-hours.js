/** Call hours that a supervisor opens for one household. */
import { t } from './texts.js';
import { faultInHours } from './times.js';

/** What is wrong with them that can be told without asking the service. */
export function errorsIn({ days: on, from, to }) {
  const errors = [];
  if (on.length === 0) errors.push({ field: 'days', message: t('supervise.daysMissing') });
  const message = faultInHours({ from, to });
  if (message) errors.push({ field: from ? 'to' : 'from', message });
  return errors;
}
