/** The first page: where to go, and what is still on this phone. */
import { fill, h, link } from '../dom.js';
import { follow } from '../drafts.js';
import { menu } from '../menu.js';
import { show } from '../page.js';
import { onThisPhone } from '../phone.js';
import { t } from '../texts.js';

export async function open(turn) {
  const here = h('div');
  show(
    turn, t('start.title'),
    here,
    h('ul', { class: 'govuk-list vcas-doors' }, menu().map(page => h(
      'li',
      {},
      h('h2', { class: 'govuk-heading-m govuk-!-margin-bottom-1' }, link(page.path, t(page.title))),
      h('p', { class: 'govuk-body' }, t(page.about))))));
  await follow(turn, async () => fill(here, await onThisPhone()));
}
