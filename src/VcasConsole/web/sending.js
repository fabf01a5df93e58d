/**
 * A command that is under way: its button stays pressed, a second press does nothing, and after a moment the form says that it is still
 * being sent. Nothing else is done to the same household meanwhile, wherever it is pressed.
 */
import { h } from './dom.js';
import { t } from './texts.js';

const aMoment = 2_000;
const underWay = new Set();

/** Whether anything is under way. */
export const isSending = () => underWay.size > 0;

/**
 * Does `work` unless something is under way for the same household.
 * @param {HTMLElement} whole  The form that was pressed.
 * @param {string} household  Whose; of what has no household, what it is about.
 * @param {(done: () => void) => Promise} work  Says by `done` that it has its answer, before it goes to another page.
 */
export async function onlyOnce(whole, household, work) {
  const said = whole.querySelector('.vcas-sending') ?? h('p', { class: 'govuk-body vcas-sending', 'aria-live': 'polite' });
  if (underWay.has(household)) {
    whole.append(said);
    said.textContent = t('sending.still');
    return;
  }
  underWay.add(household);
  whole.append(said);
  const presses = [...whole.querySelectorAll('button')].filter(one => one.type === 'submit' || one === document.activeElement);
  for (const one of presses) one.setAttribute('aria-disabled', 'true');
  const timer = setTimeout(() => { said.textContent = t('sending.still'); }, aMoment);
  try {
    await work(() => underWay.delete(household));
  } finally {
    clearTimeout(timer);
    underWay.delete(household);
    said.textContent = '';
    for (const one of presses) one.removeAttribute('aria-disabled');
  }
}
