/** Tables that are taken from the page into a report or a spreadsheet. */
import { button } from './controls.js';
import { tabbedOf } from './csv.js';
import { h } from './dom.js';
import { announce } from './notice.js';
import { t } from './texts.js';

/** A button that copies a table, the heads first: spreadsheets and word processors take it as cells. */
export function copyButton(caption, rows) {
  return button([t('uptake.copy'), h('span', { class: 'govuk-visually-hidden' }, ` ${caption}`)], {
    kind: 'secondary',
    onclick: async () => {
      try {
        await navigator.clipboard.writeText(tabbedOf(rows));
        announce(t('uptake.copied', { table: caption }));
      } catch {
        // A browser may refuse it, by its own rules or the force's.
        announce(t('uptake.notCopied'));
      }
    },
  });
}
