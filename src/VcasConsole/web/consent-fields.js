/** The words in which consent is asked and what was answered, and the force's own words on the law: parts of the record form. */
import { radios, select, valueOf } from './controls.js';
import { details, h, para } from './dom.js';
import { label, t } from './texts.js';
import { words } from './words.js';

/** Folded away: who did not ask leaves it closed, and nothing is claimed. */
export const consentFields = ({ said = {}, by, how } = {}, { consentWords } = {}) => details(
  t('consent.title'),
  h('div', { 'data-field': 'consent', class: 'govuk-form-group' },
    para(t('consent.about')),
    consentWords && h('p', { class: 'govuk-inset-text' }, consentWords),
    words.ConsentTo.map(to => radios(`consent.${to}`, label('ConsentTo', to),
      ['yes', 'no', ''].map(value => ({ value, label: t(`consent.${value || 'unsaid'}`) })),
      { value: said[to] ?? '', size: 's', small: true })),
    select('consent.by', t('consent.by'), choicesOf('ConsentBy'), { value: by }),
    select('consent.how', t('consent.how'), choicesOf('ConsentHow'), { value: how })));

/** What was ticked; the version of the words goes with it, as they were shown. */
export const readConsent = (whole, { consentWordsVersion } = {}) => ({
  said: Object.fromEntries(words.ConsentTo.map(to => [to, valueOf(whole, `consent.${to}`) || undefined])),
  by: valueOf(whole, 'consent.by'),
  how: valueOf(whole, 'consent.how'),
  wordsVersion: consentWordsVersion,
});

/** On what the force says that it relies; that nothing is set, where nothing is. */
export function lawWords(law) {
  if (!law?.isSet) return h('p', { class: 'govuk-hint' }, t('law.notSet'));
  const codes = [['LawfulBasis', law.article6], ['Article9Condition', law.article9], ['Schedule1Condition', law.schedule1]]
    .filter(([, word]) => word).map(([name, word]) => label(name, word)).join('; ');
  return h('p', { class: 'govuk-hint' }, t('law.set', { version: law.version, codes }), law.words && ` ${law.words}`);
}

const choicesOf = name => [['', t('record.choose')], ...words[name].map(word => [word, label(name, word)])];
