/** What stands in the head of every page and on the first one, in this order. */
import { may, roles } from './access.js';

// `needs`: the operation of the API without which the page is of no use.
const entries = [
  { path: '/console/record', title: 'record.title', about: 'record.about', needs: 'RecordOffer' },
  { path: '/console/households', title: 'find.title', about: 'find.about', needs: 'ReadOffer' },
  { path: '/console/call-backs', title: 'callBacks.title', about: 'callBacks.about', needs: 'ListCallBacks' },
  { path: '/console/supervise', title: 'supervise.title', about: 'supervise.about', needs: 'ReassignCallBack' },
  { path: '/console/uptake', title: 'uptake.title', about: 'uptake.about', needs: 'ReportUptake' },
  { path: '/console/history', title: 'history.title', about: 'history.about', needs: 'ImportHistory' },
  { path: '/console/audit', title: 'audit.title', about: 'audit.about', needs: 'ExportAudit' },
  { path: '/console/data-requests', title: 'dataRequests.title', about: 'dataRequests.about', needs: 'ExportHousehold' },
  { path: '/console/service', title: 'service.title', about: 'service.about', needs: 'ReadMaintenance' },
  { path: '/console/guide', title: 'guide.title', about: 'guide.about' },
];

/** The entries for whoever is signed in: `path`, and the texts `title` and `about`. */
export const menu = () => entries.filter(entry => !entry.needs || may(entry.needs));

// The page of each role's own work. Who has several roles begins with the one that watches over the others.
const firstOf = {
  supervisor: '/console/supervise', caller: '/console/call-backs', officer: '/console/record', administrator: '/console/data-requests',
  auditor: '/console/audit', vcas: '/console/uptake',
};

/** The same, with the page of one's own work first: what the first page offers. */
export function doors() {
  const entries = menu();
  const role = Object.keys(firstOf).find(one => roles().includes(one));
  const first = entries.find(entry => entry.path === firstOf[role]);
  return first ? [first, ...entries.filter(entry => entry !== first)] : entries;
}
