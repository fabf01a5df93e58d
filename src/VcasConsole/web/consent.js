/** What somebody said yes or no to: what the API gets of it, and what an answer may not go against. Nothing is claimed by default. */
import { t } from './texts.js';

const asked = ['beingCalled', 'beingReferred', 'beingAskedAgain'];

/** What the API gets; nothing where nobody said anything. `at`: when the answer was given. */
export function bodyOf({ said = {}, by, how, wordsVersion } = {}, at) {
  const [yesTo, noTo] = ['yes', 'no'].map(word => asked.filter(to => said[to] === word));
  if (yesTo.length + noTo.length === 0) return undefined;
  return {
    wordsVersion: wordsVersion || undefined,
    yesTo: yesTo.length > 0 ? yesTo : undefined,
    noTo: noTo.length > 0 ? noTo : undefined,
    by: by || undefined,
    at,
    how: how || undefined,
  };
}

/** What the API would refuse, said while somebody is still at the door. */
export function errorsIn(answer, { said = {} } = {}, hasNumber = false) {
  const isNo = to => said[to] === 'no';
  const code = answer === 'accepted' && isNo('beingReferred') ? 2062
    : ['declined', 'notAsked'].includes(answer) && (isNo('beingAskedAgain') || (hasNumber && isNo('beingCalled'))) ? 2063
      : answer === 'doNotContact' && Object.values(said).includes('yes') ? 2064 : null;
  return code ? [{ field: 'consent', message: t(`problems.${code}.message`) }] : [];
}
