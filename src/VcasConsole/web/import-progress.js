/** How far an import is: a bar and a count, said aloud at each quarter alone. */
import { button } from './controls.js';
import { fill, h, para } from './dom.js';
import { current, giveUp, watch } from './importing.js';
import { language, t } from './texts.js';

/**
 * What stands on the page while an import is under way, or where it has stopped; empty otherwise.
 * @param turn  The page.
 * @param {() => void} goOn  Goes on with one that stopped.
 */
export function importProgress(turn, goOn) {
  const place = h('div', { class: 'vcas-import', tabindex: '-1' });
  const aloud = h('div', { class: 'govuk-visually-hidden', role: 'status' });
  let quarter = 0;
  turn.onEnd(watch(show));
  show(current());
  return h('div', {}, place, aloud);

  function show(import_) {
    if (!import_ || import_.parts.length === 1) return void fill(place);
    const { total, done, isStopped } = import_;
    const count = t('history.progress', { done: said(done), total: said(total) });
    fill(
      place,
      h('h2', { class: 'govuk-heading-m' }, t(isStopped ? 'history.stopped' : 'history.importing')),
      h('p', { class: 'govuk-body vcas-import__count', id: 'import-count' }, count),
      h('progress', { class: 'vcas-import__bar', max: `${total}`, value: `${done}`, 'aria-labelledby': 'import-count' }),
      isStopped
        ? [para(t('history.stoppedText')), h('div', { class: 'govuk-button-group' },
          button(t('history.goOn'), { onclick: goOn }), button(t('history.giveUp'), { kind: 'secondary', onclick: giveUp }))]
        : para(t('history.mayLeave')));
    const now = Math.floor(4 * done / total);
    if (now !== quarter) aloud.textContent = count;
    quarter = now;
    return undefined;
  }
}

const said = number => number.toLocaleString(language);
