import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phone, tab } from '../../../src/VcasConsole/web/remembered.js';

const kept = new Map();
const working = {
  getItem: key => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: key => kept.delete(key),
};
const refuse = () => { throw new DOMException('no', 'SecurityError'); };

test('what the browser keeps is kept there, and taken off there', () => {
  globalThis.sessionStorage = working;
  tab.set('a', 'one');
  assert.deepEqual([tab.get('a'), kept.get('a')], ['one', 'one']);
  tab.remove('a');
  assert.deepEqual([tab.get('a'), kept.size], [null, 0]);
});

test('what it refuses to keep, the page remembers', () => {
  globalThis.sessionStorage = { getItem: refuse, setItem: refuse, removeItem: refuse };
  tab.set('b', 'two');
  assert.equal(tab.get('b'), 'two');
  tab.remove('b');
  assert.equal(tab.get('b'), null);
});

test('where it refuses even to be asked, the same', () => {
  Object.defineProperty(globalThis, 'localStorage', { get: refuse, configurable: true });
  phone.set('c', 'three');
  assert.equal(phone.get('c'), 'three');
});

test('of what is kept again, nothing old comes back', () => {
  globalThis.sessionStorage = { ...working, setItem: refuse };
  tab.set('d', 'old');
  globalThis.sessionStorage = working;
  tab.set('d', 'new');
  kept.delete('d');
  assert.equal(tab.get('d'), null);
});
