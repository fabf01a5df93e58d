/**
 * Data requests: somebody asks for all that is kept about them, or for its erasure. The household is found by what they say; an
 * administrator sees where it is and nothing of its people. What goes out is a file for them.
 */
import { may } from '../access.js';
import { exportHousehold, searchOffers } from '../api.js';
import { carryOut, tryIn } from '../commands.js';
import { button, buttons, form, select, valueOf } from '../controls.js';
import { bullets, fill, h, heading, para, warning } from '../dom.js';
import { download } from '../downloads.js';
import { showErrors } from '../errors.js';
import { letting, placing } from '../household-acts.js';
import { readSearch, searchFields } from '../household-search.js';
import { announce } from '../notice.js';
import { show } from '../page.js';
import { serviceNow } from '../service-time.js';
import { label, list, t } from '../texts.js';
import { day, isoDay } from '../times.js';
import { now } from '../turns.js';
import { words } from '../words.js';

const here = '/console/data-requests';
// That its time is over is the service's own reason.
const reasons = words.ErasureReason.filter(reason => reason !== 'retentionEnded');

// In the order in which they are needed; `needs` is the operation of the API.
const acts = {
  export: { needs: 'ExportHousehold', form: exporting },
  erase: { needs: 'EraseHousehold', form: erasing },
  hold: { needs: 'PlaceDisclosureHold', form: household => placing({}, actOn(household)) },
  release: { needs: 'ReleaseDisclosureHold', form: household => letting({}, actOn(household)) },
};

/** Shows the search; what it finds opens beneath. */
export async function open(turn) {
  const found = h('div');
  const whole = form(
    async () => {
      const { by, wanted, errors } = readSearch(whole);
      fill(found);
      showErrors(whole, errors);
      if (errors.length > 0) return;
      const asked = now();
      await tryIn(whole, async () => {
        const answer = await asked.step(() => searchOffers({ [by]: wanted, reason: 'dataSubjectRequest' }));
        fill(found, result(answer));
        found.querySelector('h2').focus();
      }, { unanswered: 'errors.unreachable' });
    },
    searchFields(),
    button(t('find.go'), { type: 'submit' }));
  show(turn, t('dataRequests.title'), para(t('dataRequests.text')), bullets(list('dataRequests.before')), whole, found);
}

const result = ({ count, more, households }) => [
  h('h2', { class: 'govuk-heading-m', tabindex: '-1' }, t('find.found', { count })),
  count === 0 && para(t('dataRequests.nothing')),
  more && para(t('find.more')),
  h('ol', { class: 'govuk-list vcas-calls' }, households.map(householdRow)),
];

function householdRow(household) {
  const { reference, team, offeredAt } = household;
  const place = h('div');
  return h(
    'li', { class: 'vcas-call' },
    heading(3, reference, 's'),
    para(t('find.place', { team, day: day(offeredAt) })),
    h('div', { class: 'vcas-actions' }, Object.entries(acts).filter(([, act]) => may(act.needs)).map(([name, act]) => button(
      [t(`dataRequests.acts.${name}`), h('span', { class: 'govuk-visually-hidden' }, ` ${reference}`)],
      { kind: 'secondary', 'aria-expanded': 'false', onclick: event => toggle(event.currentTarget, act.form(household)) }))),
    place);

  // One form at a time: two would bear the same names.
  function toggle(opener, content) {
    for (const other of document.querySelectorAll('.vcas-call [aria-expanded=true]')) if (other !== opener) other.click();
    const isOpen = opener.getAttribute('aria-expanded') === 'true';
    opener.setAttribute('aria-expanded', String(!isOpen));
    fill(place, !isOpen && h('div', { class: 'vcas-asked' }, content));
    if (!isOpen) place.querySelector('select, button').focus();
  }
}

function exporting({ offerId, reference }) {
  const whole = form(
    () => tryIn(whole, async () => {
      const content = await exportHousehold(offerId);
      download(`${reference}-${isoDay(serviceNow())}.json`, JSON.stringify(content, null, 2), 'application/json');
      announce(t('dataRequests.exported', { reference }));
    }, { unanswered: 'errors.unreachable', reference }),
    bullets(list('dataRequests.exportText')),
    button(t('dataRequests.export', { reference }), { type: 'submit' }));
  return whole;
}

// Asked twice, because nothing brings it back.
function erasing(household) {
  const { reference } = household;
  const sure = h('div', { 'aria-live': 'polite' });
  const whole = form(
    () => {
      const reason = valueOf(whole, 'reason');
      fill(sure);
      if (!reason) return showErrors(whole, [{ field: 'reason', message: t('household.reasonMissing') }]);
      showErrors(whole, []);
      fill(sure,
        heading(4, t('dataRequests.sure', { reference }), 's'),
        warning(t('errors.warning'), t('dataRequests.final')),
        buttons(
          button(t('dataRequests.eraseIt', { reference }), {
            kind: 'warning',
            onclick: () => actOn(household)(whole, t('dataRequests.erased', { reference }), 'eraseHousehold', { reason }),
          }),
          button(t('dataRequests.keepIt'), { kind: 'secondary', onclick: () => { fill(sure); whole.querySelector('select').focus(); } })));
      sure.querySelector('h4').setAttribute('tabindex', '-1');
      return sure.querySelector('h4').focus();
    },
    heading(4, t('dataRequests.goes'), 's'), bullets(list('dataRequests.goesList')),
    heading(4, t('dataRequests.stays'), 's'), bullets(list('dataRequests.staysList')),
    para(t('dataRequests.refused')),
    select('reason', t('dataRequests.why'), [['', t('record.choose')], ...reasons.map(word => [word, label('ErasureReason', word)])],
      { onchange: () => fill(sure) }),
    button(t('dataRequests.erase'), { type: 'submit', kind: 'secondary' }),
    sure);
  return whole;
}

const actOn = ({ offerId, reference }) => (whole, said, name, ...args) =>
  carryOut(whole, { reference, path: here, said }, name, offerId, ...args);
