import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import * as figures from '../../../src/VcasConsole/web/figures.js';
import { t } from '../../../src/VcasConsole/web/texts.js';

const line = { group: '2025-02', offers: 40, acceptedAtOffer: 7, acceptedAtCallBack: 5, acceptedOtherwise: 0, accepted: 12, uptake: 30 };
const wantedIn = query => figures.wantedIn(new URLSearchParams(query));

test('what is not told stands as a word in place of its figure', () => {
  const flat = figures.flat({ group: 'south', figures: { offers: 31, accepted: null }, hidden: { accepted: 'few', uptake: 'withheld' } });
  assert.deepEqual(flat, { group: 'south', offers: 31, accepted: 'few', uptake: 'withheld' });
  assert.deepEqual(figures.flat(line), line);
  assert.deepEqual(
    ['offers', 'accepted', 'uptake', 'daysToCall'].map(name => figures.figureOf(name, flat[name])),
    ['31', t('uptake.few'), t('uptake.withheld'), t('uptake.none')]);
});

test('a share is said in per cent, and nought is a figure', () => {
  assert.equal(figures.figureOf('uptake', 30), t('uptake.percent', { value: 30 }));
  assert.equal(figures.figureOf('uptakeOfAsked', 0), t('uptake.percent', { value: 0 }));
  assert.equal(figures.figureOf('offers', 0), '0');
  assert.equal(figures.figureOf('daysToCall', null), t('uptake.none'));
});

test('what is written over a bar tells no figure that is hidden', () => {
  assert.equal(figures.saidOf(line), t('uptake.said', line));
  assert.equal(figures.saidOf({ ...line, accepted: 'few' }), t('uptake.saidUntold', { offers: 40, accepted: t('uptake.few') }));
  assert.equal(figures.saidOf({ ...line, offers: 'withheld' }), t('uptake.offersUntold', { offers: t('uptake.withheld') }));
  for (const hidden of ['few', 'withheld']) assert.doesNotMatch(figures.saidOf({ ...line, offers: hidden }), /12|30/);
});

test('a bar is made of its parts, in their order, and of what is left', () => {
  assert.deepEqual(figures.lengthsOf(line), [['acceptedAtOffer', 7], ['acceptedAtCallBack', 5], ['rest', 28]]);
  assert.deepEqual(figures.lengthsOf({ ...line, offers: 12 }), [['acceptedAtOffer', 7], ['acceptedAtCallBack', 5]]);
});

test('a bar has no parts where one of them is hidden, and there is none where the whole is', () => {
  for (const name of ['acceptedAtOffer', 'acceptedAtCallBack', 'acceptedOtherwise']) {
    for (const hidden of ['few', 'withheld', null, undefined])
      assert.deepEqual(figures.lengthsOf({ ...line, [name]: hidden }), [['untold', 40]]);
  }
  for (const hidden of ['few', 'withheld', null]) assert.deepEqual(figures.lengthsOf({ ...line, offers: hidden }), []);
});

test('the longest bar is that of the most offers that are told', () => {
  assert.equal(figures.longestOf([line, { offers: 'withheld' }, { offers: 55 }]), 55);
  assert.equal(figures.longestOf([{ offers: 'few' }]), 1);
  assert.equal(figures.longestOf([]), 1);
});

test('each month in a group’s name reads as people say it', () => {
  assert.deepEqual(
    ['2025-02', '2025-04 to 2025-06', '2024, south', 'south', '2024-11, east-2024'].map(group => figures.nameOf({ group })),
    ['February 2025', 'April 2025 to June 2025', '2024, south', 'south', 'November 2024, east-2024']);
});

test('an address asks for the figures by year, and for publication for the finest, unless it says otherwise', () => {
  assert.deepEqual(wantedIn(''), { by: 'year', from: '', to: '', isPublished: false });
  assert.deepEqual(wantedIn('publish=yes'), { by: 'finest', from: '', to: '', isPublished: true });
  const team = { by: 'team', from: '2025-01-01', to: '2025-03-31', isPublished: false };
  assert.deepEqual(wantedIn('by=team&from=2025-01-01&to=2025-03-31'), team);
});

test('what an address should not say is taken for nothing', () => {
  assert.deepEqual(wantedIn('by=person&from=1.1.2025&to=2025-3-1&publish=true'), { by: 'year', from: '', to: '', isPublished: false });
  assert.equal(wantedIn('by=finest').by, 'year');
  assert.equal(wantedIn('by=month&publish=yes').by, 'month');
});

test('the address of a choice asks for that choice', () => {
  for (const isPublished of [false, true]) {
    const chosen = { by: 'quarter', from: '2025-01-01', to: '', isPublished };
    assert.deepEqual(wantedIn(figures.addressOf(chosen, isPublished).split('?')[1]), chosen);
  }
});

test('whoever turns to publication, or away from it, is proposed its own first cut', () => {
  assert.equal(wantedIn(figures.addressOf({ by: 'month', isPublished: true }, false).split('?')[1]).by, 'finest');
  assert.equal(wantedIn(figures.addressOf({ by: 'finest', isPublished: false }, true).split('?')[1]).by, 'year');
});

test('every way to cut the figures has its name, and every length its legend', () => {
  for (const way of figures.waysOf(true)) assert.equal(typeof t(`uptake.ways.${way}`), 'string');
  for (const name of figures.lengthNames) assert.equal(typeof t(`uptake.legend.${name}`), 'string');
  assert.deepEqual(figures.waysOf(true), ['finest', ...figures.waysOf(false)]);
});

test('what other ways would show stands with what they hide, the longest table first', () => {
  const choices = figures.choicesOf([
    { by: 'year', lines: 3, tooSmall: 0, tellsUptake: true }, { by: 'month', lines: 27, tooSmall: 54, tellsUptake: false },
    { by: 'total', lines: 0, tooSmall: 2, tellsUptake: true },
  ], { from: '2022-01-01', to: '' });
  assert.deepEqual(choices.map(({ by, lines, tooSmall }) => [by, lines, tooSmall]), [
    ['month', '27', '54'], ['year', '3', '0'], ['total', '0', '2'],
  ]);
  assert.deepEqual(choices.map(({ address }) => wantedIn(address.split('?')[1])), ['month', 'year', 'total'].map(
    by => ({ by, from: '2022-01-01', to: '', isPublished: true })));
});

test('the proposal says what it is, how many rows it has and what it hides', () => {
  assert.equal(
    figures.proposalSaid({ lines: [{}, {}], hidden: 0 }, 'Quarter'),
    `${t('uptake.proposed', { cut: 'Quarter', count: 2 })} ${t('uptake.nothingHidden')}`);
  assert.equal(
    figures.proposalSaid({ lines: [], hidden: 3 }, 'Total'), `${t('uptake.proposedTotal')} ${t('uptake.hiddenCount', { count: 3 })}`);
});
