/**
 * Figures that may leave the house. Of a count from 1 to 4 a household could be recognised: it is not told. Nor is what would give it
 * away: other counts are withheld until no sum, down a column or across a row, tells one of the small counts.
 * docs/decisions/0031-small-numbers-in-published-figures.md
 */

/** A count from 1 to 4. */
export const few = 'few';

/** A count of any size that is not told because another could be worked out from it. */
export const withheld = 'withheld';

const least = 5;
const rounds = 30;

/** What is counted. */
export const counts = [
  'offers', 'acceptedAtOffer', 'acceptedAtCallBack', 'acceptedOtherwise', 'accepted',
  'callBacksDue', 'attempted', 'reached', 'notReached', 'held', 'missed', 'open', 'notRecorded',
];

// What adds up within a row. Where `rest` is more than nothing (households that asked never to be contacted, calls that lie ahead), whoever
// knows the cases may know it: it hides nothing.
const sums = [
  { sum: 'accepted', parts: ['acceptedAtOffer', 'acceptedAtCallBack', 'acceptedOtherwise'] },
  { sum: 'attempted', parts: ['reached', 'notReached'] },
  { sum: 'offers', parts: ['acceptedAtOffer', 'callBacksDue'] },
  { sum: 'callBacksDue', parts: ['attempted', 'notRecorded'] },
];

/**
 * The lines of a report and its total as they may be published: `few` or `withheld` in place of a count that is not told.
 * @param lines  Those that add up to the total; none where the total stands alone.
 */
export function publish(lines, total) {
  const rows = [...lines, total].map(line => ({ ...line }));
  const cells = rows.map((row, index) => Object.fromEntries(counts.map(name => [name, cellOf(row[name], name, index)])));
  const equations = equationsOf(cells);
  for (let [exposed] = exposedIn(cells, equations); exposed; [exposed] = exposedIn(cells, equations)) withhold(exposed, cells, equations);
  const published = rows.map((row, index) => derive(row, cells[index]));
  return { lines: published.slice(0, -1), total: published.at(-1) };
}

const cellOf = (value, name, row) => ({ value, name, row, shown: value > 0 && value < least ? few : value });
const isTold = cell => typeof cell.shown === 'number';
const canBeWithheld = cell => isTold(cell) && !cell.isRest && cell.value >= least;

function equationsOf(cells) {
  const total = cells.at(-1);
  const down = cells.length > 1 ? counts.map(name => ({ sum: total[name], parts: cells.slice(0, -1).map(row => row[name]) })) : [];
  const across = cells.flatMap(row => sums.map(({ sum, parts }) => ({ sum: row[sum], parts: [...parts.map(name => row[name]), restOf(row, sum, parts)] })));
  return [...down, ...across];
}

function restOf(row, sum, parts) {
  const value = row[sum].value - parts.reduce((all, name) => all + row[name].value, 0);
  return { value, shown: value, low: value, high: value, isRest: true };
}

/** The small counts that the sums tell although they are not shown. */
function exposedIn(cells, equations) {
  const all = cells.flatMap(row => Object.values(row));
  for (const cell of all) {
    cell.low = isTold(cell) ? cell.value : cell.shown === few ? 1 : 0;
    cell.high = isTold(cell) ? cell.value : cell.shown === few ? least - 1 : Infinity;
  }
  for (let round = 0, isMoving = true; isMoving && round < rounds; round++) {
    isMoving = equations.map(tighten).some(Boolean);
  }
  return all.filter(cell => !isTold(cell) && cell.value > 0 && cell.value < least && cell.low === cell.high);
}

const countExposed = (cells, equations) => exposedIn(cells, equations).length;

function tighten({ sum, parts }) {
  const total = side => parts.reduce((all, part) => all + part[side], 0);
  let hasMoved = narrow(sum, total('low'), total('high'));
  for (const part of parts) {
    const others = side => parts.reduce((all, other) => all + (other === part ? 0 : other[side]), 0);
    hasMoved = narrow(part, sum.low - others('high'), sum.high - others('low')) || hasMoved;
  }
  return hasMoved;
}

function narrow(cell, low, high) {
  const [newLow, newHigh] = [Math.max(cell.low, low), Math.min(cell.high, high)];
  if (newLow === cell.low && newHigh === cell.high) return false;
  Object.assign(cell, { low: newLow, high: newHigh });
  return true;
}

// What hides it at the smallest price: another count of its row or its column, or the three that make up a rectangle with it, so that
// neither sum is left with one unknown. Where that is not to be had, the sum that tells it loses one count after another.
function withhold(exposed, cells, equations) {
  const before = countExposed(cells, equations);
  const found = candidates(exposed, cells)
    .map(chosen => ({ chosen, price: chosen.reduce((price, cell) => price + priceOf(cell, cells), 0) }))
    .sort((one, other) => one.price - other.price)
    .find(({ chosen }) => {
      for (const cell of chosen) cell.shown = withheld;
      const isBetter = countExposed(cells, equations) < before;
      if (!isBetter) for (const cell of chosen) cell.shown = cell.value;
      return isBetter;
    });
  if (found) return;
  const near = equations.filter(({ sum, parts }) => [sum, ...parts].includes(exposed)).flatMap(({ sum, parts }) => [...parts, sum]);
  const all = [...near, ...cells.flatMap(row => Object.values(row))];
  const last = all.find(canBeWithheld) ?? all.find(cell => cell.shown === few) ?? all.find(cell => isTold(cell) && !cell.isRest);
  last.shown = withheld;
}

function candidates(exposed, cells) {
  const related = sums.map(({ sum, parts }) => [sum, ...parts]).filter(names => names.includes(exposed.name)).flat();
  const across = [...new Set(related)].filter(name => name !== exposed.name);
  const down = cells.filter(row => row !== cells[exposed.row]);
  const own = cells[exposed.row];
  const sets = [
    ...across.map(name => [own[name]]),
    ...down.map(row => [row[exposed.name]]),
    ...across.flatMap(name => down.map(row => [own[name], row[exposed.name], row[name]])),
  ];
  // A nought can't be withheld: everybody sees that nothing is hidden behind it.
  return sets.filter(set => set.every(cell => cell.value > 0)).map(set => set.filter(isTold)).filter(set => set.length > 0);
}

// The sums are what people read first, and of all sums the last row.
const priceOf = (cell, cells) => 50 + cell.value + (sums.some(({ sum }) => sum === cell.name) ? 300 : 0) + (cell.row === cells.length - 1 ? 1000 : 0);

// A share or a median of a handful of households tells of them as well.
function derive(row, cells) {
  const shown = Object.fromEntries(counts.map(name => [name, cells[name].shown]));
  const isEnough = name => isTold(cells[name]) && cells[name].value >= least;
  return {
    group: row.group,
    ...shown,
    uptake: isTold(cells.offers) && isTold(cells.accepted) ? row.uptake : withheld,
    daysToCall: isEnough('attempted') || cells.attempted.shown === 0 ? row.daysToCall : withheld,
    daysToAnswer: isEnough('accepted') || cells.accepted.shown === 0 ? row.daysToAnswer : withheld,
  };
}
