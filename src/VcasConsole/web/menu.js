/** What stands in the head of every page and on the first one, in this order. */
import { may } from './access.js';

// `needs`: the operation of the API without which the page is of no use.
const entries = [
  { path: '/console/record', title: 'record.title', about: 'record.about', needs: 'RecordOffer' },
  { path: '/console/households', title: 'find.title', about: 'find.about', needs: 'SearchOffers' },
  { path: '/console/call-backs', title: 'callBacks.title', about: 'callBacks.about', needs: 'ListCallBacks' },
  { path: '/console/supervise', title: 'supervise.title', about: 'supervise.about', needs: 'ReassignCallBack' },
  { path: '/console/uptake', title: 'uptake.title', about: 'uptake.about', needs: 'ReportUptake' },
  { path: '/console/history', title: 'history.title', about: 'history.about', needs: 'ImportHistory' },
  { path: '/console/guide', title: 'guide.title', about: 'guide.about' },
];

/** The entries for whoever is signed in: `path`, and the texts `title` and `about`. */
export const menu = () => entries.filter(entry => !entry.needs || may(entry.needs));
