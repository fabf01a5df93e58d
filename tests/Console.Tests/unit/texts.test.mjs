import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from './served.mjs';
import { givenReasons, label, language, list, maybe, t } from '../../../src/VcasConsole/web/texts.js';

const texts = JSON.parse(textOf('texts.en.json'));

test('a text is filled with its values; one that is missing leaves no braces behind', () => {
  assert.equal(t('phone.arrived', { reference: 'CB-7F7F7F' }), texts.phone.arrived.replace('{reference}', 'CB-7F7F7F'));
  assert.doesNotMatch(t('phone.arrived'), /[{}]/);
});

test('what was filled in is not filled once more', () => {
  const expected = texts.times.dayAndTime.replace('{time}', '09:00').replace('{day}', '{time}');
  assert.equal(t('times.dayAndTime', { day: '{time}', time: '09:00' }), expected);
});

test('a count chooses the form of a text', () => {
  const outcome = 'x';
  assert.equal(t('callBacks.attempts', { count: 1, outcome }), texts.callBacks.attempts.one.replace('{outcome}', outcome));
  for (const count of [0, 2, 21]) {
    const expected = texts.callBacks.attempts.other.replace('{count}', count).replace('{outcome}', outcome);
    assert.equal(t('callBacks.attempts', { count, outcome }), expected);
  }
});

test('a text that is not there, or is none, fails aloud', () => {
  for (const path of ['phone.nowhere', 'nowhere.at.all', 'phone', 'callBacks.attempts', 'guide.door.steps'])
    assert.throws(() => t(path), Error, path);
  assert.throws(() => list('phone.title'), Error);
  assert.throws(() => list('phone.nowhere'), Error);
  assert.equal(maybe('problems.9999'), undefined);
  assert.equal(maybe('problems.9999.message'), undefined);
});

test('a list gives its texts', () => {
  assert.ok(list('guide.door.steps').every(text => typeof text === 'string'));
});

test('a label is that of a word in its list', () => {
  assert.equal(label('CallOutcome', 'noAnswer'), texts.words.CallOutcome.noAnswer);
  assert.throws(() => label('CallOutcome', 'noanswer'), Error);
});

test('what follows from another offer is no reason that a person gives', () => {
  assert.deepEqual(givenReasons(['bailChanged', 'neverToBeCalled', 'likelyDuplicate', 'wrongNumber']), ['bailChanged', 'wrongNumber']);
});

test('every text that changes with a count has a form for every count', () => {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const found = [];
  const visit = (node, path) => {
    if (typeof node !== 'object' || node === null) return;
    const keys = Object.keys(node);
    if (typeof node.other === 'string' && keys.every(key => forms.includes(key))) found.push([path, keys]);
    else for (const [key, inner] of Object.entries(node)) visit(inner, `${path}.${key}`);
  };
  visit(texts, '');
  assert.ok(found.length >= 10, `Only ${found.length} were found.`);
  for (const [path, has] of found.filter(([, keys]) => keys.length > 1)) assert.deepEqual(has.sort(), [...forms].sort(), path);
});
