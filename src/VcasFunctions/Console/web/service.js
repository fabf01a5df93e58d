/**
 * Whether the service itself is well, for whoever watches over the households: nobody should have to find out by a call that never came.
 */
import { readHealth } from './api.js';
import { bullets, h, para, warning } from './dom.js';
import { Refused, Unreachable } from './failures.js';
import { maybe, t } from './texts.js';
import { moment } from './times.js';

// The sweep looks every hour; twice may be missed by a restart.
const lateAfter = 3 * 3_600_000;

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

function wrongWith({ dependencies, sweep, clock }) {
  return [
    ...dependencies.filter(part => part.status === 'down').map(
      part => `${maybe(`service.parts.${part.name}`) ?? part.name} (${part.reason})`),
    sweep && Date.now() - Date.parse(sweep.at) > lateAfter && t('service.stopped', { when: moment(sweep.at) }),
    sweep?.failed.length > 0 && t('service.unmended', { count: sweep.failed.length, references: sweep.failed.join(', ') }),
    clock
      && t('service.clock', { to: moment(clock.ranAheadTo), at: moment(clock.putRightAt), references: clock.households.join(', ') || '-' }),
  ].filter(Boolean);
}
