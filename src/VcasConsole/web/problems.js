/** The API's numbered problems in the words of these pages. */
import { maybe } from './texts.js';

/** A problem in one sentence: in our words where there are some, otherwise in the API's. */
export const messageOf = ({ code, detail }) => maybe(`problems.${code}`)?.message ?? detail;

/** A problem as errors of a form: each field's in our words where there are some, otherwise in the API's. */
export function errorsOf(problem) {
  if (problem.errors?.length) {
    return problem.errors.map(error => ({ field: error.field, message: ours(error.field) ?? error.message }));
  }
  return [{ field: maybe(`problems.${problem.code}`)?.field, message: messageOf(problem) }];
}

/** A field and what it stands in, from the inside: an error in the third hour of a list belongs to the list where the hour isn't shown. */
export function fieldsAround(field) {
  const found = [];
  for (let path = field; path && path !== found.at(-1); path = path.replace(/(\[\d+\]|\.?[^.[\]]+)$/, '')) found.push(path);
  return found;
}

// Under a name may stand several texts, of which this is none.
function ours(field) {
  const text = maybe(`fields.${field.replace(/\[\d+\]/g, '').replaceAll('.', '-')}`);
  return typeof text === 'string' ? text : undefined;
}
