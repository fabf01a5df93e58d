/** Who calls: the form by which a supervisor gives a call-back to another team or to one person. */
import { isAway } from './absent.js';
import { button, form, input, radios, valueOf } from './controls.js';
import { showErrors } from './errors.js';
import { assignable, nameOf } from './people.js';
import { person } from './session.js';
import { t } from './texts.js';

const me = 'me';
const somebody = 'somebody';
const teamPrefix = 'team:';
const isTeam = choice => choice?.startsWith(teamPrefix);

/**
 * The form.
 * @param call  A row of the list.
 * @param {string[]} teams  The call-back teams that are known here.
 * @param act  Does it: gets the form, the call, what is said afterwards, the command's name, and what it takes.
 */
export function assigning(call, teams, act) {
  const own = person();
  const whole = form(
    () => {
      const choice = valueOf(whole, 'assignee');
      const id = choice === me ? own.id : choice === somebody ? valueOf(whole, 'person') : isTeam(choice) ? undefined : choice;
      if (!choice) return showErrors(whole, [{ field: 'assignee', message: t('supervise.assigneeMissing') }]);
      if (choice === somebody && !id) return showErrors(whole, [{ field: 'person', message: t('supervise.personMissing') }]);
      const assignee = id ? { person: id } : { team: choice.slice(teamPrefix.length) };
      // Whoever was signed in when it was shown: their sign-in may have ended.
      const name = choice === me ? t('people.me') : id ? nameOf(id) : t('supervise.wholeTeam', { team: assignee.team });
      return act(whole, call, t('supervise.reassigned', { reference: call.reference, name }), 'reassign', assignee);
    },
    radios('assignee', t('supervise.reassignTitle', { reference: call.reference }), [
      ...teams.map(team => ({ value: teamPrefix + team, label: t('supervise.wholeTeam', { team }) })),
      own && { value: me, label: t('supervise.me') },
      ...assignable().map(one => ({ value: one.id, label: one.name, hint: isAway(one) && t('people.away') })),
      {
        value: somebody,
        label: t('supervise.onePerson'),
        reveal: input('person', t('supervise.person'), { hint: t('supervise.personHint'), maxlength: 60, width: 20 }),
      },
    ].filter(Boolean), { value: call.person ? undefined : teamPrefix + call.callBackTeam, size: 's' }),
    button(t('supervise.reassign'), { type: 'submit' }));
  return whole;
}
