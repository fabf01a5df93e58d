/** Which column of somebody's own file is which of ours: asked of whoever knows the file. */
import { columnNames, letterOf, mistakesIn } from './columns.js';
import { button, form, select, valueOf } from './controls.js';
import { h, para } from './dom.js';
import { showErrors } from './errors.js';
import { t } from './texts.js';

const fieldOf = at => `column-${at}`;

/**
 * The form.
 * @param columns  As they stand in the file.
 * @param {string[]} choice  What is proposed for each.
 * @param {(choice: string[]) => Promise} chosen  Told what was chosen, once nothing is wrong with it.
 */
export function columnChoice(columns, choice, chosen) {
  const names = [
    ['', t('history.leaveOut')],
    ...columnNames.map(name => [name, t('history.columnIs', { name, about: t(`history.short.${name}`) })]),
  ];
  const whole = form(
    () => {
      const said = columns.map(({ at }) => valueOf(whole, fieldOf(at)));
      const errors = mistakesIn(said).map(({ missing, twice, index }) => missing
        ? { field: fieldOf(columns[0].at), message: t('history.columnMissing', { name: missing }) }
        : { field: fieldOf(columns[index].at), message: t('history.columnTwice', { name: twice }) });
      showErrors(whole, errors);
      return errors.length > 0 ? undefined : chosen(said, whole);
    },
    para(t('history.headingsText')),
    para(t('history.leftOut')),
    h('div', { class: 'vcas-headings' }, columns.map(({ at, heading, example }, index) => select(
      fieldOf(at), nameOfColumn({ at, heading }), names,
      { hint: example && t('history.exampleOf', { example }), value: choice[index] }))),
    button(t('history.checkColumns'), { type: 'submit' }));
  return whole;
}

/** How a column of the file is called: by its heading, or by its letter where it has none. */
export const nameOfColumn = ({ at, heading }) => heading || t('history.unnamed', { letter: letterOf(at) });
