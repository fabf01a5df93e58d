/** The first page: where to go, one's own work first, and what is still on this phone. */
import { roles } from '../access.js';
import { fill, h, link, para } from '../dom.js';
import { follow } from '../drafts.js';
import { doors } from '../menu.js';
import { show } from '../page.js';
import { onThisPhone } from '../phone.js';
import { label, t } from '../texts.js';

export async function open(turn) {
  const here = h('div');
  show(
    turn, t('start.title'),
    here,
    roles().length > 0 && para(t('start.roles', { roles: roles().map(role => label('Role', role)).join(', ') })),
    h('ul', { class: 'govuk-list vcas-doors' }, doors().map(page => h(
      'li',
      {},
      h('h2', { class: 'govuk-heading-m govuk-!-margin-bottom-1' }, link(page.path, t(page.title))),
      h('p', { class: 'govuk-body' }, t(page.about))))));
  await follow(turn, async () => fill(here, await onThisPhone()));
}
