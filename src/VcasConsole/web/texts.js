/**
 * Every text that people read, from one file a language. A key that is missing throws: better in a test than at a doorstep.
 */
const answer = await fetch('/console/texts.en.json');
const texts = await answer.json();

/** The language, for dates and names of languages. */
export const language = texts.shell.lang;

/** The text at a path such as `record.title`, with `{name}` filled from the values; with `count`, its form for that number. */
export function t(path, values = {}) {
  let text = find(path);
  if (typeof text === 'object' && text !== null && 'count' in values)
    text = text[new Intl.PluralRules(language).select(values.count)] ?? text.other;
  if (typeof text !== 'string') throw new Error(`There is no text ${path}.`);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** The texts of a list. */
export function list(path) {
  const found = find(path);
  if (!Array.isArray(found)) throw new Error(`There is no list of texts ${path}.`);
  return found;
}

/** The text at a path, or undefined: for what the API may say and the file may not know. */
export const maybe = path => find(path);

/** The reasons that a person can give for a hold; the others follow from what was said under another offer. */
export const givenReasons = reasons => reasons.filter(reason => reason !== 'neverToBeCalled' && reason !== 'likelyDuplicate');

/** The label of one of the API's words: `label('CallOutcome', 'noAnswer')`. */
export const label = (enumName, word) => t(`words.${enumName}.${word}`);

function find(path) {
  return path.split('.').reduce((found, step) => found?.[step], texts);
}
