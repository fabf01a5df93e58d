/** Does what a form asks for; what goes wrong stands in the form. */
import { errorsOf, showErrors } from './errors.js';
import { Refused, SignInNeeded, Unreachable } from './failures.js';
import { navigate } from './page.js';
import { signIn } from './session.js';
import { t } from './texts.js';

/** Does `work`; then goes to `path` and says `said` there. `unanswered`: the text for when there is no answer. */
export const carryOut = (whole, work, path, said, unanswered = 'supervise.notDoneYet') => tryIn(whole, async () => {
  await work();
  navigate(path, said);
}, unanswered);

/** Does something to a household that is called, and shows it as it is then. */
export const carryOutCall = (whole, { offerId }, work, said) => carryOut(whole, work, `/console/call-backs/${offerId}`, said, 'call.notRecordedYet');

/** Does `work`; where it fails, the form says why. */
export async function tryIn(whole, work, unanswered) {
  showErrors(whole, []);
  try {
    await work();
  } catch (failure) {
    if (failure instanceof SignInNeeded) await signIn();
    else if (failure instanceof Unreachable) showErrors(whole, [{ message: t(unanswered) }]);
    else if (failure instanceof Refused) showErrors(whole, errorsOf(failure.problem));
    else throw failure;
  }
}
