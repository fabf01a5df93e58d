import assert from 'node:assert/strict';
import { test } from 'node:test';
import './elements.mjs';
import './served.mjs';
import { chart } from '../../../src/VcasConsole/web/chart.js';
import { idOf } from '../../../src/VcasConsole/web/controls.js';
import { fill, h, summaryList } from '../../../src/VcasConsole/web/dom.js';
import { table } from '../../../src/VcasConsole/web/tables.js';

test('what was typed is a text, never markup', () => {
  const made = h('p', {}, '<img src=x>', [['a', [null, false, undefined]], 0]);
  assert.deepEqual(made.children, ['<img src=x>', 'a', '0']);
});

test('an attribute that is nothing is left out, and one that is true stands without a value', () => {
  const attributes = { id: 'a', hidden: false, title: null, lang: undefined, checked: true, value: '', tabindex: 0, onclick: () => {} };
  const made = h('input', attributes);
  assert.deepEqual([...made.attributes], [['id', 'a'], ['checked', ''], ['value', ''], ['tabindex', '0']]);
  assert.deepEqual(made.heard.map(([name]) => name), ['click']);
});

test('what is filled anew holds nothing of before', () => {
  assert.deepEqual(fill(h('div', {}, 'before'), ['after', null]).children, ['after']);
});

test('a pair without a value is not shown, and nought is one', () => {
  const shown = summaryList([['a', undefined], ['b', ''], ['c', null], ['d', 0], ['e', 'yes']]);
  assert.deepEqual(shown.all('dt').map(one => one.textContent), ['d', 'e']);
});

test('a table names its columns and its rows, and its figures stand right', () => {
  const made = table('Offers by team', ['Team', 'Offers'], [['north', '31'], ['In all', '31']], { last: true });
  const [columns, rows] = [made.all('thead')[0].all('th'), made.all('tbody')[0].all('tr')];
  assert.deepEqual(columns.map(cell => [cell.textContent, cell.getAttribute('scope')]), [['Team', 'col'], ['Offers', 'col']]);
  assert.deepEqual(columns.map(cell => /--numeric/.test(cell.getAttribute('class'))), [false, true]);
  const names = rows.flatMap(row => row.all('th')).map(cell => [cell.textContent, cell.getAttribute('scope')]);
  assert.deepEqual(names, [['north', 'row'], ['In all', 'row']]);
  assert.ok(rows.every(row => row.all('td').every(cell => /--numeric/.test(cell.getAttribute('class')))));
  assert.deepEqual(rows.map(row => /vcas-table__last/.test(row.getAttribute('class'))), [false, true]);
});

test('a table’s heading names it, and it can be scrolled by keyboard', () => {
  const made = table('What became of the 3 referrals', ['a'], []);
  const [heading] = made.all('h2');
  const region = made.all('div').find(one => one.getAttribute('role') === 'region');
  assert.equal(region.getAttribute('aria-labelledby'), heading.getAttribute('id'));
  assert.equal(made.all('table')[0].getAttribute('aria-labelledby'), heading.getAttribute('id'));
  assert.equal(region.getAttribute('tabindex'), '0');
  assert.match(heading.getAttribute('id'), /^[a-z-]+$/);
});

test('words in a table stand left, and no row is its sum unless it is said', () => {
  const made = table('Rows', ['Row', 'Error'], [['3', 'No.']], { text: true });
  assert.ok([...made.all('th'), ...made.all('td')].every(cell => !/--numeric/.test(cell.getAttribute('class'))));
  assert.ok(made.all('tr').every(row => !/vcas-table__last/.test(row.getAttribute('class'))));
});

test('a chart draws the parts of each line side by side, and nothing of what is hidden', () => {
  const lines = [
    { group: 'a', offers: 50, acceptedAtOffer: 10, acceptedAtCallBack: 5, acceptedOtherwise: 0 },
    { group: 'b', offers: 25, acceptedAtOffer: 'few', acceptedAtCallBack: 5, acceptedOtherwise: 0 },
    { group: 'c', offers: 'withheld', acceptedAtOffer: 3, acceptedAtCallBack: 5, acceptedOtherwise: 0 },
  ];
  const picture = chart('By team', lines, one => one.group, () => '').all('svg').at(-1);
  const drawn = picture.all('rect').map(one => ['class', 'x', 'width'].map(name => one.getAttribute(name)));
  assert.deepEqual(drawn, [
    ['vcas-chart__acceptedAtOffer', '0.000%', '20.000%'],
    ['vcas-chart__acceptedAtCallBack', '20.000%', '10.000%'],
    ['vcas-chart__rest', '30.000%', '70.000%'],
    ['vcas-chart__untold', '0.000%', '50.000%'],
  ]);
  assert.deepEqual(picture.all('tspan').filter(one => one.getAttribute('class')).map(one => one.textContent), ['a', 'b', 'c']);
});

test('the id of a field has nothing in it that a style sheet or an address would read', () => {
  assert.deepEqual(
    ['contact.phone', 'contact.safeTimes[2].from', 'household.people[0]', 'team'].map(idOf),
    ['contact-phone', 'contact-safeTimes-2-from', 'household-people-0', 'team']);
});
