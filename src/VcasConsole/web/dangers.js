/** What can't wait for a call in three weeks: what is said of it before anything is sent, and what a supervisor does about it. */
import { carryOut } from './commands.js';
import { button, checkbox, form, input, radios, valueOf } from './controls.js';
import { fill, h, para, tag, warning } from './dom.js';
import { showErrors } from './errors.js';
import { damaged, head, risksOf, untold } from './lists.js';
import { label, t } from './texts.js';
import { moment } from './times.js';
import { words } from './words.js';

const today = ['selfHarm', 'violence', 'childAtRisk'];

/** Whether somebody may come to harm before anybody phones. */
export const isDanger = ({ risks = [], childMayBeDirectVictim = false }) =>
  Boolean(childMayBeDirectVictim) || risks.some(risk => today.includes(risk));

/** That recording it raises no alarm, and whom to call; nothing where nobody is in danger. Of the settings, so without signal as well. */
export const dangerWords = (draft, { controlRoom, directVictimWords }) => isDanger(draft) && [
  warning(t('errors.warning'), t('dangers.alertsNobody', { controlRoom })),
  draft.childMayBeDirectVictim && para(directVictimWords),
];

/** One household in danger, with what a supervisor may do about it. */
export function dangerRow(danger) {
  const { reference, team, acknowledgedAt } = danger;
  const place = h('div');
  const openerText = t(danger.welfareFrom ? 'dangers.welfareDone' : 'dangers.done');
  const opener = button(openerText, { kind: 'secondary', 'aria-expanded': 'false', onclick: toggle });
  return h(
    'li', { class: 'vcas-call' },
    head(`/console/call-backs/${danger.offerId}`, reference,
      tag(t(acknowledgedAt ? 'dangers.known' : 'dangers.unknown'), acknowledgedAt ? 'yellow' : 'red')),
    h('p', { class: 'govuk-body' }, nextStep(danger)),
    damaged(danger),
    untold(danger),
    risksOf(danger),
    danger.childMayBeDirectVictim && h('p', { class: 'govuk-body' }, h('strong', {}, t('dangers.directVictim'))),
    h('p', { class: 'govuk-body-s vcas-call__rest' }, t('supervise.team', { team })),
    !acknowledgedAt && acknowledging(danger),
    h('div', { class: 'vcas-actions' }, opener), place);

  function toggle() {
    const isOpen = opener.getAttribute('aria-expanded') === 'true';
    opener.setAttribute('aria-expanded', String(!isOpen));
    fill(place, !isOpen && h('div', { class: 'vcas-asked' }, danger.welfareFrom ? asking(danger) : measuring(danger)));
    if (!isOpen) place.querySelector('input').focus();
  }
}

/** What is to be done next about a danger, and by when. */
export function nextStep({ since, acknowledgedAt, measureDueAt, welfareFrom, welfareBy }) {
  if (welfareFrom) return t('dangers.welfare', { from: moment(welfareFrom), by: moment(welfareBy) });
  return acknowledgedAt
    ? t('dangers.acknowledged', { when: moment(acknowledgedAt), due: moment(measureDueAt) })
    : t('dangers.since', { when: moment(since) });
}

function acknowledging(danger) {
  const whole = form(
    () => act(whole, danger, t('dangers.nowKnown', { reference: danger.reference }), 'acknowledgeDanger'),
    button(t('dangers.acknowledge', { reference: danger.reference }), { type: 'submit' }));
  return whole;
}

function measuring(danger) {
  const reference = input('reference', t('dangers.reference'), { hint: t('dangers.referenceHint'), maxlength: 60, width: 20 });
  const reason = radios('reason', t('dangers.reason'), choicesOf('NoActionReason'), { size: 's' });
  const whole = form(
    record,
    radios('action', t('dangers.what', { reference: danger.reference }), choicesOf('DangerAction'), { size: 's' }),
    reference, reason,
    button(t('dangers.record'), { type: 'submit' }));
  whole.addEventListener('change', hideWhatIsNotAsked);
  hideWhatIsNotAsked();
  return whole;

  function hideWhatIsNotAsked() {
    reference.hidden = valueOf(whole, 'action') !== 'safeguardingNotification';
    reason.hidden = valueOf(whole, 'action') !== 'none';
  }

  function record() {
    const action = valueOf(whole, 'action');
    const body = {
      action,
      reference: action === 'safeguardingNotification' ? valueOf(whole, 'reference') || undefined : undefined,
      reason: action === 'none' ? valueOf(whole, 'reason') || undefined : undefined,
    };
    const errors = errorsIn(body);
    showErrors(whole, errors);
    if (errors.length === 0) act(whole, danger, t('dangers.recorded', { reference: danger.reference }), 'recordDangerAction', body);
  }
}

// How they are since, which makes no offer. The attempt's id is the form's: pressed twice, it is recorded once.
function asking(danger) {
  const attemptId = crypto.randomUUID();
  const whole = form(
    record,
    para(t('dangers.welfareHow')),
    radios('welfare', t('dangers.welfareWhat', { reference: danger.reference }), choicesOf('WelfareOutcome'), { size: 's' }),
    radios('by', t('dangers.welfareBy'), choicesOf('AttemptWay'), { size: 's' }),
    checkbox('checked', t('dangers.welfareChecked')),
    button(t('dangers.welfareRecord'), { type: 'submit' }));
  return whole;

  function record() {
    const body = {
      attemptId,
      outcome: valueOf(whole, 'welfare'),
      by: valueOf(whole, 'by') || undefined,
      safetyChecked: valueOf(whole, 'checked'),
    };
    const errors = welfareErrorsIn(body);
    showErrors(whole, errors);
    if (errors.length > 0) return;
    act(whole, danger, t('dangers.welfareRecorded', { reference: danger.reference }), 'recordWelfareContact', body);
  }
}

/** What is missing in a welfare contact before it is sent. */
export function welfareErrorsIn({ outcome, by, safetyChecked }) {
  if (!outcome) return [{ field: 'welfare', message: t('dangers.welfareMissing') }];
  const isTried = outcome === 'spokenTo' || outcome === 'noAnswer';
  return [
    isTried && !by && { field: 'by', message: t('dangers.welfareByMissing') },
    isTried && !safetyChecked && { field: 'checked', message: t('problems.2027.message') },
  ].filter(Boolean);
}

function errorsIn({ action, reference, reason }) {
  if (!action) return [{ field: 'action', message: t('dangers.whatMissing') }];
  if (action === 'safeguardingNotification' && !reference) return [{ field: 'reference', message: t('problems.2022.message') }];
  return action === 'none' && !reason ? [{ field: 'reason', message: t('problems.2023.message') }] : [];
}

const choicesOf = name => words[name].map(value => ({ value, label: label(name, value) }));

const act = (whole, { offerId, reference }, said, name, ...args) => carryOut(
  whole, { reference, path: '/console/supervise?part=dangers', said }, name, offerId, ...args);
