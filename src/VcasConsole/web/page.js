/** What every page has: a title, a heading that takes the focus, and a word for what can go wrong while it loads. */
import { button } from './controls.js';
import { fill, h, inset, link, para } from './dom.js';
import { Left, Refused, SignInNeeded, Unreachable } from './failures.js';
import { messageOf } from './problems.js';
import { signIn } from './session.js';
import { t } from './texts.js';

/** Shows a page in its turn's own place: its title in the window, its heading first. Where somebody has gone on, nobody sees it. */
export function show(turn, title, ...children) {
  if (turn.isOver) return;
  document.title = t('shell.windowTitle', { page: title, service: t('shell.service') });
  fill(turn.place, h('h1', { class: 'govuk-heading-l', tabindex: '-1' }, title), ...children);
}

/** Runs what a page needs from the API, signing in where somebody must; shows what went wrong in its place, with a way to go on. */
export async function attempt(turn, title, work) {
  const pressed = document.activeElement;
  try {
    return await turn.step(work);
  } catch (failure) {
    if (failure instanceof Left || turn.isOver) return undefined;
    if (failure instanceof SignInNeeded) await signIn();
    else if (failure instanceof Unreachable) {
      const again = () => navigate(location.pathname + location.search);
      show(turn, title, inset(t('errors.unreachable')), button(t('errors.tryAgain'), { onclick: again }));
    } else if (failure instanceof Refused) {
      show(turn, title, para(messageOf(failure.problem)), para(link('/console/', t('shell.start'))));
    } else throw failure;
    // What was pressed has gone with the page that it stood on: who has no mouse would begin at the top again.
    if (!pressed?.isConnected) turn.place.querySelector('h1')?.focus();
    return undefined;
  }
}

/**
 * Goes to another page of the console, or to the same one anew; `said` is told there, and read aloud; `late` where one has gone on by
 * then.
 */
export function navigate(path, said, late = said) {
  document.dispatchEvent(new CustomEvent('vcas:navigate', { detail: { path, said, late } }));
}
