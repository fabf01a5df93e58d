/** The guide: for training officers and for briefing VCAS. Needs nobody to be signed in. */
import { bullets, h, heading, link, para } from '../dom.js';
import { show } from '../page.js';
import { settings } from '../settings.js';
import { list, t } from '../texts.js';

/** Shows it, with the days that this force waits. */
export async function open(turn) {
  const { intervalDays: days } = await settings();
  const said = texts => texts.map(text => text.replaceAll('{days}', days));
  const part = (id, title, ...children) =>
    h('section', { 'aria-labelledby': id }, h('h2', { class: 'govuk-heading-m', id, tabindex: '-1' }, title), ...children);
  const sections = [
    ['offer', said(list('guide.offer.text')).map(text => para(text))],
    ['door', [
      h('ol', { class: 'govuk-list govuk-list--number' }, said(list('guide.door.steps')).map(text => h('li', {}, text))),
      heading(3, t('guide.door.wordsTitle'), 's'),
      said(list('guide.door.words')).map(text => h('blockquote', { class: 'govuk-inset-text vcas-words' }, text)),
      heading(3, t('guide.door.answersTitle'), 's'),
      bullets(said(list('guide.door.answers'))),
    ]],
    ['safe', [para(t('guide.safe.text')), bullets(list('guide.safe.evidence')), heading(3, t('guide.safe.askTitle'), 's'), bullets(
      list('guide.safe.ask'))]],
    ['after', [h('ol', { class: 'govuk-list govuk-list--number' }, said(list('guide.after.steps')).map(text => h('li', {}, text)))]],
    ['call', [para(t('guide.call.text')), bullets(list('guide.call.checks')), heading(3, t('guide.call.wordsTitle'), 's'), bullets(
      list('guide.call.words'))]],
    ['vcas', [para(t('guide.vcas.text')), bullets(list('guide.vcas.points'))]],
    ['rules', [
      h('div', { class: 'vcas-rules' },
        h('div', {}, heading(3, t('guide.rules.doTitle'), 's'), bullets(said(list('guide.rules.do')))),
        h('div', {}, heading(3, t('guide.rules.dontTitle'), 's'), bullets(said(list('guide.rules.dont'))))),
    ]],
    ['counted', said(list('guide.counted.text')).map(text => para(text))],
  ];
  show(
    turn, t('guide.title'),
    h('p', { class: 'govuk-body' }, h('strong', {}, t('guide.lead', { days }))),
    h('nav', { class: 'vcas-contents', 'aria-label': t('guide.contents') }, h('ul', { class: 'govuk-list' },
      sections.map(([id]) => h('li', {}, h('a', { class: 'govuk-link', href: `#${id}`, onclick: goTo }, t(`guide.${id}.title`)))))),
    sections.map(([id, children]) => part(id, t(`guide.${id}.title`), ...children)),
    para(link('/console/record', t('guide.record'))));
}

// The address stays: a step to another part is no other page.
function goTo(event) {
  event.preventDefault();
  document.querySelector(event.currentTarget.getAttribute('href')).focus();
}
