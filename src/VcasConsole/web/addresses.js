/** Addresses of the console and of the API: their parts, and their queries. */

/** The values that stand in an address where its pattern has names in braces; null where it is another address. */
export function valuesIn(pattern, path) {
  const [wanted, steps] = [stepsOf(pattern), stepsOf(path)];
  if (wanted.length !== steps.length) return null;
  const values = {};
  const fits = wanted.every((step, index) => {
    if (!step.startsWith('{')) return step === steps[index];
    values[step.slice(1, -1)] = steps[index];
    return true;
  });
  return fits ? values : null;
}

/** A query of these values; what is empty is left out. */
export const queryOf = values =>
  new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''));

const stepsOf = path => path.split('/').filter(Boolean);
