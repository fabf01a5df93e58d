import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, signIn } from './browser.mjs';

const { isId, nameOf, namedPeople, namePerson } = await open('people.js');
const { t } = await open('texts.js');
const id = '6b1f7c1e-7b0a-4f0e-9a53-2f4c8d1b9e60';

test('a person has the name that a supervisor gave them here, and another supervisor sees none of it', () => {
  signIn('supervisor1');
  assert.equal(nameOf(id), t('people.unnamed', { id: '6b1f7c1e' }));
  namePerson(id.toUpperCase(), 'Priya');
  assert.equal(nameOf(id), 'Priya');
  namePerson(id, 'Priya N');
  assert.deepEqual(namedPeople(), [{ id, name: 'Priya N' }]);
  sessionStorage.setItem('vcas.tokens', JSON.stringify({ access: 'x', expiresAt: Date.now() + 1000, subject: 'supervisor2', name: 'x' }));
  assert.deepEqual(namedPeople(), []);
});

test('oneself is you, and what is kept and damaged counts for nothing', () => {
  signIn(id);
  assert.equal(nameOf(id.toUpperCase()), t('people.me'));
  sessionStorage.setItem(`vcas.people.${id}`, '[{"id":"x","name":"Sam"},');
  assert.deepEqual(namedPeople(), []);
  sessionStorage.setItem(`vcas.people.${id}`, '[{"id":"x","name":"Sam"}]');
  assert.deepEqual(namedPeople(), []);
});

test('only a directory id is one', () => {
  assert.ok(isId(id));
  assert.ok(!isId('priya@example.org') && !isId(`${id}0`));
});
