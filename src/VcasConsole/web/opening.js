/** Call hours for one household: the form by which a supervisor opens hours outside the team's own, where no safe hour lies in those. */
import { button, checkboxes, form, input, valueOf, valuesOf } from './controls.js';
import { errorsIn } from './call-hours.js';
import { h } from './dom.js';
import { showErrors } from './errors.js';
import { t } from './texts.js';
import { days } from './times.js';

/**
 * The form.
 * @param call  A row of the list.
 * @param act  Does it: gets the form, the call, what is said afterwards, the command's name, and what it takes.
 */
export function opening(call, act) {
  const whole = form(
    () => {
      const hours = { days: valuesOf(whole, 'days'), from: valueOf(whole, 'from'), to: valueOf(whole, 'to') };
      const errors = errorsIn(hours);
      if (errors.length > 0) return showErrors(whole, errors);
      return act(whole, call, t('supervise.opened', { reference: call.reference }), 'openCallHours', hours);
    },
    checkboxes('days', t('supervise.openTitle', { reference: call.reference }),
      days.map(value => ({ value, label: t(`times.short.${value}`) })), { size: 's', small: true, hint: t('supervise.openHint') }),
    h('div', { class: 'vcas-period' },
      input('from', t('contact.from'), { type: 'time', width: 5 }),
      input('to', t('contact.to'), { type: 'time', width: 5 })),
    button(t('supervise.open'), { type: 'submit' }));
  return whole;
}
