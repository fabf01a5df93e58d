/** The safe route to somebody: as a form holds it, as the API gets it, and what is wrong with it. */
import { readNumber } from './numbers.js';
import { t } from './texts.js';
import { faultInHours } from './times.js';

/** Whether there is a number to be called, shown or not. */
export const hasNumber = contact =>
  Boolean(contact?.routes?.some(({ kind, confirmedInPerson }) => kind === 'phone' && confirmedInPerson));

/** What the API gets: nothing that was left empty. One number goes as it is; with another way, or without any, all ways are listed. */
export function bodyOf(values) {
  const { other, noNumber } = values;
  const body = numberAlone(values);
  if (!other?.kind && !(noNumber && !values.phone?.trim())) return body;
  const { phone, voicemailAllowed, safeTimes, ...person } = body;
  const number = phone?.trim() ? [{ kind: 'phone', phone, voicemailAllowed, safeTimes, confirmedInPerson: true }] : [];
  return { ...person, routes: [...number, ...(other?.kind ? [otherRoute(other)] : [])].map(withoutEmpty) };
}

const withoutEmpty = body => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined && value !== ''));

const otherRoute = ({ kind, email, professional, reachedBy, place, isConfirmed }) => ({
  kind, confirmedInPerson: Boolean(isConfirmed),
  ...{ email: { email }, professional: { professional, reachedBy }, inPerson: { place } }[kind],
});

function numberAlone(values) {
  const body = {
    phone: values.phone,
    name: values.name,
    voicemailAllowed: Boolean(values.voicemailAllowed),
    safeTimes: values.when === 'some' ? values.hours.map(({ days: on, from, to }) => ({ days: on, from, to })) : undefined,
    codeWord: values.codeWord,
    whoElseMayAnswer: values.whoElseMayAnswer,
    interpreterLanguage: values.interpreterLanguage,
    relationship: values.relationship,
    accessibilityNeeds: values.accessibilityNeeds,
  };
  return withoutEmpty(body);
}

/** What the API gave, as values of a form. The number is left out: where the form stands, it is the wrong one. */
export const valuesOf = ({
  name, voicemailAllowed, codeWord, whoElseMayAnswer, interpreterLanguage, accessibilityNeeds, relationship, safeTimes = [],
} = {}) => ({
  name, voicemailAllowed, codeWord, whoElseMayAnswer, interpreterLanguage, accessibilityNeeds, relationship,
  when: safeTimes.length > 0 ? 'some' : 'any',
  hours: safeTimes.map(({ days, from, to }) => ({ days, from: from.slice(0, 5), to: to.slice(0, 5) })),
});

/** Whether anything is known of how to reach them. */
export const isGiven = values =>
  Boolean(values.phone || values.other?.kind || values.name || values.codeWord || values.whoElseMayAnswer || values.accessibilityNeeds);

/** What is wrong with a number that may be left out. */
export function numberErrors(field, written) {
  const { fault } = written?.trim() ? readNumber(written.trim()) : {};
  return fault ? [{ field, message: t(`fields.phone.${fault}`) }] : [];
}

/** What the API gets where a number is known and may stay: an empty field leaves it, and unanswered the hours in which it is safe. */
export const bodyBeside = ({ safeTimes, routes = [] }, values) => {
  const { phone, ...body } = bodyOf(values);
  if (!phone?.trim() && !hasNumber({ routes }) && routes.length > 0) return besideOthers(routes, body);
  return { ...body, ...(phone?.trim() ? { phone } : {}), ...(values.when ? {} : { safeTimes }) };
};

// There is no number, and the other ways stay as they are: their addresses are shown to nobody, and kept where they are left out.
const besideOthers = (routes, { voicemailAllowed, safeTimes, ...person }) => ({
  ...person,
  routes: routes.map(route => withoutEmpty({
    kind: route.kind, confirmedInPerson: route.confirmedInPerson, safeTimes: route.safeTimes, voicemailAllowed: route.voicemailAllowed,
  })),
});

/** What can be told without the API, so that nothing is refused hours later when signal returns. */
export function errorsIn(values, { numberStays = false } = {}) {
  const errors = numberErrors('contact.phone', values.phone);
  errors.push(...otherErrors(values.other ?? {}));
  if (!values.phone?.trim() && numberStays) return [...errors, ...hoursErrors(values)];
  if (!values.phone?.trim() && (values.noNumber || values.other?.kind)) return errors;
  if (!values.phone?.trim()) errors.push({ field: 'contact.phone', message: t('fields.phoneMissing') });
  // Of a number alone can it be said that it is safe.
  else if (!values.confirmed) errors.push({ field: 'confirmed', message: t('fields.confirmed') });
  return [...errors, ...hoursErrors(values)];
}

function otherErrors({ kind, email, professional, reachedBy }) {
  const missing = kind === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email?.trim() ?? '') ? ['email']
    : kind === 'professional' ? Object.entries({ professional, reachedBy }).filter(([, text]) => !text?.trim()).map(([name]) => name)
    : [];
  return missing.map(name => ({ field: `contact.routes.${name}`, message: t(`fields.contact-routes-${name}`) }));
}

function hoursErrors({ when, hours }) {
  if (when !== 'some') return [];
  return hours.flatMap((one, index) => {
    const message = faultInHours(one);
    return message ? [{ field: `contact.safeTimes[${index}]`, message }] : [];
  });
}
