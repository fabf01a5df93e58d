import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import { errorsOf, fieldsAround, messageOf } from '../../../src/VcasConsole/web/problems.js';
import { t } from '../../../src/VcasConsole/web/texts.js';

test('a problem is told in the pages’ words where there are some, otherwise in the API’s', () => {
  assert.equal(messageOf({ code: 2002, detail: 'A child.' }), t('problems.2002.message'));
  assert.equal(messageOf({ code: 2999, detail: 'Something new.' }), 'Something new.');
});

test('a problem stands at its field, or over the form', () => {
  assert.deepEqual(errorsOf({ code: 2003, detail: 'x' }), [{ field: 'offeredAt', message: t('problems.2003.message') }]);
  assert.deepEqual(errorsOf({ code: 2999, detail: 'Something new.', errors: [] }), [{ field: undefined, message: 'Something new.' }]);
});

test('each field that is wrong has its own words, also in a list', () => {
  const errors = [
    { field: 'crimeReference', message: 'a' }, { field: 'household.people[3].ageBand', message: 'b' },
    { field: 'contact.safeTimes[0]', message: 'c' }, { field: 'something.new[2]', message: 'd' },
  ];
  assert.deepEqual(errorsOf({ code: 1005, detail: 'x', errors }).map(({ message }) => message), [
    t('fields.crimeReference'), t('fields.household-people-ageBand'), t('fields.contact-safeTimes'), 'd',
  ]);
});

test('an error belongs to the nearest of what its field stands in', () => {
  assert.deepEqual(fieldsAround('contact.safeTimes[2].from'), [
    'contact.safeTimes[2].from', 'contact.safeTimes[2]', 'contact.safeTimes', 'contact',
  ]);
  assert.deepEqual(fieldsAround('team'), ['team']);
  assert.deepEqual(fieldsAround(''), []);
  for (const odd of ['a.', '[', 'a..b', 'row 3, answer', '].']) assert.equal(fieldsAround(odd)[0], odd);
});
