/** The words of a call, in the order in which they are said. */
import { openingOf } from './calls.js';
import { h, heading, para } from './dom.js';
import { list, t } from './texts.js';

/** What to say in steps, what to say to others, and what to do when somebody is in danger. */
export function script(offer, { controlRoom }) {
  const { contact: route } = offer;
  return [
    heading(2, t('call.words')),
    h('ol', { class: 'govuk-list govuk-list--number' }, stepsOf(offer).map(step => h('li', {}, step))),
    para(h('strong', {}, t('call.otherAnswers')), ' ', t('call.sayToOthers')),
    route.voicemailAllowed && para(h('strong', {}, t('call.onVoicemail')), ' ', t('call.sayToVoicemail')),
    h('div', { class: 'vcas-danger' },
      heading(3, t('call.danger'), 's'),
      h('ul', { class: 'govuk-list govuk-list--bullet' },
        [...list('call.inDanger'), t('call.ownLine', { line: controlRoom })].map(text => h('li', {}, text)))),
  ];
}

/** The steps: the code word before anything else, then the opening, then the offer itself. */
export function stepsOf(offer) {
  const { name, codeWord } = offer.contact;
  const steps = list(openingOf(offer)).map(text => text.replace('{name}', name ?? t('call.somebody')));
  // After a death nobody is asked by rote.
  return [codeWord && t('call.sayCodeWord', { word: codeWord }), ...steps, ...(offer.death ? [] : list('call.offer'))].filter(Boolean);
}
