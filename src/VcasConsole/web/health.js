/** What the service says of its own health, for people. */
import { serviceNow } from './service-time.js';
import { maybe, t } from './texts.js';
import { moment } from './times.js';

// The sweep looks every hour; twice may be missed by a restart.
const lateAfter = 3 * 3_600_000;

/** What is wrong, a sentence each. */
export function wrongWith({ dependencies, sweep, clock }, now = serviceNow()) {
  return [
    ...dependencies.filter(part => part.status === 'down').map(
      part => `${maybe(`service.parts.${part.name}`) ?? part.name} (${part.reason})`),
    sweep && now - Date.parse(sweep.at) > lateAfter && t('service.stopped', { when: moment(sweep.at, now) }),
    sweep?.failed.length > 0 && t('service.unmended', { count: sweep.failed.length, references: sweep.failed.join(', ') }),
    clock && t('service.clock', {
      to: moment(clock.ranAheadTo, now), at: moment(clock.putRightAt, now), references: clock.households.join(', ') || '-',
    }),
  ].filter(Boolean);
}
