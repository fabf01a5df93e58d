/** The pages, by their addresses. A page is opened with `open(turn, values)`: `turn` is this one opening of it (turns.js). */
import { valuesIn } from './addresses.js';
import * as audit from './pages/audit.js';
import * as callBacks from './pages/call-backs.js';
import * as call from './pages/call.js';
import * as closed from './pages/closed.js';
import * as dataRequests from './pages/data-requests.js';
import * as find from './pages/find.js';
import * as guide from './pages/guide.js';
import * as history from './pages/history.js';
import * as household from './pages/household.js';
import * as record from './pages/record.js';
import * as recorded from './pages/recorded.js';
import * as referral from './pages/referral.js';
import * as service from './pages/service.js';
import * as start from './pages/start.js';
import * as supervise from './pages/supervise.js';
import * as uptake from './pages/uptake.js';
import { h } from './dom.js';
import { show } from './page.js';
import { t } from './texts.js';

const pages = [
  { path: '/console/record', open: record.open },
  { path: '/console/record/{offerId}', open: recorded.open },
  { path: '/console/households', open: find.open },
  { path: '/console/households/{offerId}', open: household.open },
  { path: '/console/closed', open: closed.open },
  { path: '/console/call-backs', open: callBacks.open },
  { path: '/console/call-backs/{offerId}', open: call.open },
  { path: '/console/supervise', open: supervise.open },
  { path: '/console/supervise/{referralId}', open: referral.open },
  { path: '/console/uptake', open: uptake.open },
  { path: '/console/history', open: history.open },
  { path: '/console/audit', open: audit.open },
  { path: '/console/data-requests', open: dataRequests.open },
  { path: '/console/service', open: service.open },
  { path: '/console/guide', open: guide.open },
  { path: '/console/', open: start.open },
];

/** The page of an address, with the values in it. */
export function pageOf(path) {
  for (const page of pages) {
    const values = valuesIn(page.path, path);
    if (values) return { page, values };
  }
  return { page: { open: missing }, values: {} };
}

function missing(turn) {
  show(turn, t('errors.noPage'), h('p', { class: 'govuk-body' }, h('a', { class: 'govuk-link', href: '/console/' }, t('shell.start'))));
}
