/** The ways in which a household is found: by what somebody says, among one's own, and among those that are closed. */
import { may } from './access.js';
import { h } from './dom.js';
import { t } from './texts.js';

/** Where the closed ones are. */
export const closedPage = '/console/closed';

// `needs`: the operation of the API without which there is no such way.
const ways = [
  { name: 'search', href: '/console/households', needs: 'SearchOffers' },
  { name: 'mine', href: '/console/households?part=mine', needs: 'FindMyOffers' },
  { name: 'closed', href: closedPage, needs: 'FindClosedOffers' },
];

/** Links to them, where there is more than one; `here`: the one that is open. */
export function parts(here) {
  const open = ways.filter(({ needs }) => may(needs));
  return open.length > 1 && h('nav', { class: 'vcas-parts', 'aria-label': t('find.parts') }, h('ul', { class: 'govuk-list' }, open.map(
    ({ name, href }) => h('li', {}, h('a', {
      class: 'govuk-link vcas-parts__link', href, 'aria-current': name === here && 'page',
    }, t(`find.${name}`))))));
}
