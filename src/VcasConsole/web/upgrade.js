/**
 * A page that stood open over an upgrade is an old one: it says so, and the next page is opened as a new window would open it. Nothing is
 * loaded anew under anybody's hands.
 */
import { t } from './texts.js';

const mine = () => document.querySelector?.('meta[name="vcas-version"]')?.getAttribute('content');
let isOld = false;

/** Tells the pages once that they are old ones. */
export const upgrades = new EventTarget();

/** Whether the service has other pages by now. */
export const isNewer = () => isOld;

/** An answer has told which version the service is. */
export function versionHeard(version) {
  if (isOld || !version || !mine() || version === mine()) return;
  isOld = true;
  // What this phone keeps for when there is no signal is the old pages, too.
  globalThis.navigator?.serviceWorker?.getRegistration('/console/').then(kept => kept?.update()).catch(() => {});
  upgrades.dispatchEvent(new Event('newer'));
}

/** What is said of it. */
export const newerText = () => t('upgrade.ready');
