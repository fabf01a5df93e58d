import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.mjs';
import { queryOf, valuesIn } from '../../../src/VcasConsole/web/addresses.js';
import { menu } from '../../../src/VcasConsole/web/menu.js';
import { pageOf } from '../../../src/VcasConsole/web/pages.js';
import { t } from '../../../src/VcasConsole/web/texts.js';

test('an address is read by its pattern', () => {
  assert.deepEqual(valuesIn('/console/call-backs/{offerId}', '/console/call-backs/7b2e'), { offerId: '7b2e' });
  assert.deepEqual(valuesIn('/console/', '/console'), {});
  assert.deepEqual(valuesIn('/console/{a}/{b}', '/console/x/y/'), { a: 'x', b: 'y' });
  for (const other of ['/console', '/console/call-backs', '/console/call-backs/7b2e/more', '/console/supervise/7b2e'])
    assert.equal(valuesIn('/console/call-backs/{offerId}', other), null);
});

test('a query leaves out what is empty, and keeps a nought', () => {
  assert.equal(`${queryOf({ a: '', b: null, c: undefined, d: 0, e: false, f: 'x y&z' })}`, 'd=0&e=false&f=x+y%26z');
});

test('every entry of the menu has a page of its own, and its texts', () => {
  const nowhere = pageOf('/console/nowhere').page.open;
  const opened = menu().map(({ path, title, about }) => {
    assert.deepEqual([typeof t(title), typeof t(about)], ['string', 'string']);
    return pageOf(path).page.open;
  });
  assert.ok(opened.length >= 6 && !opened.includes(nowhere));
  assert.equal(new Set(opened).size, opened.length);
});

test('a household and a referral have their pages beside those of their lists', () => {
  for (const list of ['/console/call-backs', '/console/supervise', '/console/record']) {
    const one = pageOf(`${list}/7b2e`);
    assert.notEqual(one.page.open, pageOf(list).page.open);
    assert.deepEqual(Object.values(one.values), ['7b2e']);
  }
});

test('what is no address of a page says so', () => {
  const missing = pageOf('/console/nowhere').page.open;
  for (const path of ['/console/record/a/b', '/console/pages.js', '/other']) assert.equal(pageOf(path).page.open, missing, path);
  assert.notEqual(pageOf('/console/').page.open, missing);
});
