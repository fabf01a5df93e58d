/** What every page has: a title, a heading that takes the focus, and a word for what can go wrong while it loads. */
import { button } from './controls.js';
import { fill, h, inset, link, para } from './dom.js';
import { Refused, SignInNeeded, Unreachable } from './failures.js';
import { signIn } from './session.js';
import { maybe, t } from './texts.js';

/** Shows a page: its title in the window, its heading first. */
export function show(main, title, ...children) {
  document.title = t('shell.windowTitle', { page: title, service: t('shell.service') });
  fill(main, h('h1', { class: 'govuk-heading-l', tabindex: '-1' }, title), ...children);
}

/** Runs what a page needs from the API, signing in where somebody must; shows what went wrong in its place, with a way to go on. */
export async function attempt(main, title, work) {
  const pressed = document.activeElement;
  try {
    return await work();
  } catch (failure) {
    if (failure instanceof SignInNeeded) await signIn();
    else if (failure instanceof Unreachable) show(main, title, inset(t('errors.unreachable')), button(t('errors.tryAgain'), { onclick: () => navigate(location.pathname + location.search) }));
    else if (failure instanceof Refused) show(main, title, para(maybe(`problems.${failure.problem.code}`)?.message ?? failure.problem.detail), para(link('/console/', t('shell.start'))));
    else throw failure;
    // What was pressed has gone with the page that it stood on: who has no mouse would begin at the top again.
    if (!pressed?.isConnected) main.querySelector('h1')?.focus();
    return undefined;
  }
}

/** Goes to another page of the console, or to the same one anew; `said` is told there, and read aloud. */
export function navigate(path, said) {
  document.dispatchEvent(new CustomEvent('vcas:navigate', { detail: { path, said } }));
}
