/**
 * Whether the service itself is well, for whoever watches over the households: nobody should have to find out by a call that never came.
 */
import { readHealth } from './api.js';
import { bullets, h, para, warning } from './dom.js';
import { Refused, Unreachable } from './failures.js';
import { wrongWith } from './health.js';
import { t } from './texts.js';
import { moment } from './times.js';

/**
 * What is wrong, as a warning for the top of a page, and the rest, for its end. A page that asks is never kept from
 * its own work by the answer.
 */
export async function serviceItself(turn) {
  let health;
  try {
    health = await readHealth(turn);
  } catch (failure) {
    if (failure instanceof Refused || failure instanceof Unreachable)
      return { trouble: warning(t('errors.warning'), t('service.unknown')), rest: null };
    throw failure;
  }
  const wrong = wrongWith(health);
  return {
    trouble: wrong.length > 0 && [warning(t('errors.warning'), t('service.trouble')), bullets(wrong)],
    rest: health.sweep
      && h('div', { class: 'vcas-service' }, para(t('service.swept', { when: moment(health.sweep.at), count: health.sweep.households }))),
  };
}
