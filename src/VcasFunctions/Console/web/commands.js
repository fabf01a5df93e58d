/** Does what a form asks for, then shows a page; what goes wrong stands in the form. */
import { errorsOf, showErrors } from './errors.js';
import { Refused, SignInNeeded, Unreachable } from './failures.js';
import { navigate } from './page.js';
import { signIn } from './session.js';
import { t } from './texts.js';

/** Does `work`; then goes to `path` and says `said` there. Without a signal nothing is lost, and `unreachable` says how to go on. */
export async function carryOut(whole, work, path, said, unreachable = t('supervise.notDoneYet')) {
  showErrors(whole, []);
  try {
    await work();
    navigate(path, said);
  } catch (failure) {
    if (failure instanceof SignInNeeded) await signIn();
    else if (failure instanceof Unreachable) showErrors(whole, [{ message: unreachable }]);
    else if (failure instanceof Refused) showErrors(whole, errorsOf(failure.problem));
    else throw failure;
  }
}
