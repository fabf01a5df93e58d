/**
 * The pages, by their addresses. A page is `{ path, title?, about?, needs?, open(main, values) }`: `needs` is the operation of the API without
 * which it is of no use, and `open` may give what to do when it is left.
 */
import { may } from './access.js';
import * as callBacks from './pages/call-backs.js';
import * as call from './pages/call.js';
import * as record from './pages/record.js';
import * as recorded from './pages/recorded.js';
import * as start from './pages/start.js';
import { h } from './dom.js';
import { show } from './page.js';
import { t } from './texts.js';

/** Those with a title stand in the head of every page and on the first, in this order. */
export const pages = [
  { path: '/console/record', title: 'record.title', about: 'record.about', needs: 'RecordOffer', open: record.open },
  { path: '/console/record/{offerId}', open: recorded.open },
  { path: '/console/call-backs', title: 'callBacks.title', about: 'callBacks.about', needs: 'ListCallBacks', open: callBacks.open },
  { path: '/console/call-backs/{offerId}', open: call.open },
  { path: '/console/', open: start.open },
];

/** The pages that stand in the head and on the first page, for whoever is signed in. */
export const doors = () => pages.filter(page => page.title && may(page.needs));

/** The page of an address, with the values in it. */
export function pageOf(path) {
  const steps = stepsOf(path);
  for (const page of pages) {
    const wanted = stepsOf(page.path);
    if (wanted.length !== steps.length) continue;
    const values = {};
    const fits = wanted.every((step, index) => {
      if (!step.startsWith('{')) return step === steps[index];
      values[step.slice(1, -1)] = steps[index];
      return true;
    });
    if (fits) return { page, values };
  }
  return { page: { open: missing }, values: {} };
}

const stepsOf = path => path.split('/').filter(Boolean);

function missing(main) {
  show(main, t('errors.noPage'), h('p', { class: 'govuk-body' }, h('a', { class: 'govuk-link', href: '/console/' }, t('shell.start'))));
}
