/** The pages, by their addresses. A page is `{ path, title?, mayOpen, open(main, values) }`; `open` may give what to do when it is left. */
import * as record from './pages/record.js';
import * as recorded from './pages/recorded.js';
import * as start from './pages/start.js';
import { h } from './dom.js';
import { show } from './page.js';
import { t } from './texts.js';

const always = () => true;

/** Those with a title stand in the head of every page and on the first, in this order. */
export const pages = [
  { path: '/console/record', title: 'record.title', about: 'record.about', mayOpen: always, open: record.open },
  { path: '/console/record/{offerId}', mayOpen: always, open: recorded.open },
  { path: '/console/', mayOpen: always, open: start.open },
];

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
