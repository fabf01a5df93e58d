/** How the service is kept, for those who answer for it: the last night, the backup, the audit, what is erased next, and the keys. */
import { may } from '../access.js';
import { readMaintenance } from '../api.js';
import { heading, para } from '../dom.js';
import { backedUp, kept, keyTable, lastNight, verified } from '../maintenance.js';
import { attempt, show } from '../page.js';
import { serviceItself } from '../service.js';
import { t } from '../texts.js';

/** Shows it as it is now. */
export async function open(turn) {
  const title = t('service.title');
  await attempt(turn, title, async () => {
    const [itself, { night, backup, audit, retention, keys }] = await Promise.all([
      may('ReadHealthDetails') ? serviceItself(turn) : {}, readMaintenance(turn),
    ]);
    show(
      turn, title,
      itself.trouble, itself.rest,
      heading(2, t('service.night.title')), lastNight(night),
      heading(2, t('service.backup.title')), backedUp(backup),
      heading(2, t('service.audit.title')), verified(audit),
      kept(retention),
      keyTable(keys),
      para(t('service.keys.text')));
  });
}
