/**
 * The pages, by their addresses. A page is `{ path, title?, about?, needs?, open(turn, values) }`: `needs` is the operation of the API
 * without
 * which it is of no use, and `turn` is this one opening of it (turns.js).
 */
import { may } from './access.js';
import * as callBacks from './pages/call-backs.js';
import * as call from './pages/call.js';
import * as guide from './pages/guide.js';
import * as history from './pages/history.js';
import * as record from './pages/record.js';
import * as recorded from './pages/recorded.js';
import * as referral from './pages/referral.js';
import * as start from './pages/start.js';
import * as supervise from './pages/supervise.js';
import * as uptake from './pages/uptake.js';
import { h } from './dom.js';
import { show } from './page.js';
import { t } from './texts.js';

/** Those with a title stand in the head of every page and on the first, in this order. */
export const pages = [
  { path: '/console/record', title: 'record.title', about: 'record.about', needs: 'RecordOffer', open: record.open },
  { path: '/console/record/{offerId}', open: recorded.open },
  { path: '/console/call-backs', title: 'callBacks.title', about: 'callBacks.about', needs: 'ListCallBacks', open: callBacks.open },
  { path: '/console/call-backs/{offerId}', open: call.open },
  { path: '/console/supervise', title: 'supervise.title', about: 'supervise.about', needs: 'ReassignCallBack', open: supervise.open },
  { path: '/console/supervise/{referralId}', open: referral.open },
  { path: '/console/uptake', title: 'uptake.title', about: 'uptake.about', needs: 'ReportUptake', open: uptake.open },
  { path: '/console/history', title: 'history.title', about: 'history.about', needs: 'ImportHistory', open: history.open },
  { path: '/console/guide', title: 'guide.title', about: 'guide.about', open: guide.open },
  { path: '/console/', open: start.open },
];

/** The pages that stand in the head and on the first page, for whoever is signed in. */
export const doors = () => pages.filter(page => page.title && (!page.needs || may(page.needs)));

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

function missing(turn) {
  show(turn, t('errors.noPage'), h('p', { class: 'govuk-body' }, h('a', { class: 'govuk-link', href: '/console/' }, t('shell.start'))));
}
