/**
 * A chart of bars: how many households were offered support, and how many of them accepted it. The table of the same figures stands beneath
 * it on the page. Drawn here, in lengths that grow with the text; colours come from console.css.
 */
import { h } from './dom.js';
import { lengthNames, lengthsOf, longestOf } from './figures.js';
import { t } from './texts.js';

const rowHeight = 3.25;
const barTop = 1.5;
const barHeight = 1.25;

/**
 * The chart.
 * @param {string} title
 * @param lines  Lines of the report.
 * @param {(line) => string} nameOf  What a line is called.
 * @param {(line) => string} saidOf  What is written over its bar.
 */
export function chart(title, lines, nameOf, saidOf) {
  const most = longestOf(lines);
  const picture = svg('svg', {
    class: 'vcas-chart', role: 'img', 'aria-labelledby': 'chart-title chart-about', width: '100%', height: `${lines.length * rowHeight}rem`,
  },
    svg('title', { id: 'chart-title' }, title),
    svg('desc', { id: 'chart-about' }, t('uptake.chartAbout')),
    ...lines.flatMap((line, index) => bar(line, index * rowHeight, most, nameOf, saidOf)));
  return h('figure', { class: 'vcas-figure' }, h('figcaption', { class: 'govuk-heading-m' }, title), legend(), picture);
}

function bar(line, top, most, nameOf, saidOf) {
  const text = svg('text', { x: 0, y: `${top + 1}rem` }, svg('tspan', { class: 'vcas-chart__name' }, nameOf(line)),
    svg('tspan', { dx: '0.6rem' }, saidOf(line)));
  const lengths = lengthsOf(line);
  let from = 0;
  return [text, ...lengths.map(([part, length]) => {
    const made = svg('rect', {
      class: `vcas-chart__${part}`,
      x: percent(from, most),
      y: `${top + barTop}rem`,
      width: percent(length, most),
      height: `${barHeight}rem`,
    });
    from += length;
    return made;
  })];
}

function legend() {
  return h('ul', { class: 'govuk-list vcas-legend' }, lengthNames.map(part => h('li', {},
    svg('svg', { class: 'vcas-legend__sign', 'aria-hidden': 'true', width: '1rem', height: '1rem' },
      svg('rect', { class: `vcas-chart__${part}`, width: '100%', height: '100%' })),
    ' ', t(`uptake.legend.${part}`))));
}

const percent = (value, most) => `${(100 * value / most).toFixed(3)}%`;

function svg(name, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
