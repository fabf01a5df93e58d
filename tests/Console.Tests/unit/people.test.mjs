import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWith, asked, open, signIn } from './browser.mjs';

const { assignable, directoryFailed, isId, knownName, learnPeople, nameOf, namePerson } = await open('people.js');
const { absentToday, isAway, setAbsentToday } = await open('absent.js');
const { Turn } = await open('turns.js');
const { t } = await open('texts.js');
const id = '6b1f7c1e-7b0a-4f0e-9a53-2f4c8d1b9e60';
const turn = new Turn({});
const one = (number, name, more) => ({
  id: `c0000000-0000-4000-8000-0000000000a${number}`, name, source: 'signedIn', callBackTeams: ['call-back'], supervises: false,
  away: false, ...more,
});

function known(people, failed = false) {
  answerWith(({ path }) => path === '/api/people' && { body: { people, directoryFailed: failed } });
  return learnPeople(turn);
}

test('a person has the name that a supervisor gave them here, and another supervisor sees none of it', () => {
  signIn('supervisor1');
  assert.equal(nameOf(id), t('people.unnamed', { id: '6b1f7c1e' }));
  assert.equal(knownName(id), undefined);
  namePerson(id.toUpperCase(), 'Priya');
  assert.equal(nameOf(id), 'Priya');
  namePerson(id, 'Priya N');
  assert.deepEqual(assignable().map(({ name }) => name), ['Priya N']);
  sessionStorage.setItem('vcas.tokens', JSON.stringify({ access: 'x', expiresAt: Date.now() + 1000, subject: 'supervisor2', name: 'x' }));
  assert.deepEqual(assignable(), []);
});

test('oneself is you, and what is kept and damaged counts for nothing', () => {
  signIn(id);
  assert.equal(nameOf(id.toUpperCase()), t('people.me'));
  for (const kept of ['[{"id":"x","name":"Sam"},', '[{"id":"x","name":"Sam"}]', '{}']) {
    sessionStorage.setItem(`vcas.people.${id}`, kept);
    assert.deepEqual(assignable(), []);
  }
});

test('only a directory id is one', () => {
  assert.ok(isId(id));
  assert.ok(!isId('priya@example.org') && !isId(`${id}0`));
});

test('the service knows names better than the tab, callers come first, and who has left is a name alone', async () => {
  signIn('supervisor3');
  namePerson(one(1).id, 'My Priya');
  namePerson(id, 'Somebody else');
  await known([
    one(3, 'Ada', { callBackTeams: [], supervises: true }), one(1, 'Priya Shah'), one(2, 'Left Long Ago', { callBackTeams: [] }),
  ]);
  assert.deepEqual(assignable().map(({ name }) => name), ['Priya Shah', 'Ada', 'Somebody else']);
  assert.equal(nameOf(one(2).id.toUpperCase()), 'Left Long Ago');
  assert.deepEqual(JSON.parse(sessionStorage.getItem('vcas.people.supervisor3')), [{ id, name: 'Somebody else' }]);
  asked.length = 0;
  await learnPeople(turn);
  assert.equal(asked.length, 0);
  signIn('supervisor4');
  assert.deepEqual(assignable(), []);
});

test('two people of one name are told apart', async () => {
  signIn('supervisor5');
  await known([one(1, 'Sam Okoro'), one(2, 'Sam Okoro', { id })]);
  assert.deepEqual(assignable().map(({ name }) => name), [
    t('people.sameName', { name: 'Sam Okoro', id: 'c000' }), t('people.sameName', { name: 'Sam Okoro', id: '6b1f' })]);
});

test('a page goes on where nobody can say who the people are, and says where the directory failed', async () => {
  signIn('supervisor6');
  answerWith(() => ({ status: 503, type: 'text/html', body: 'busy' }));
  await learnPeople(turn);
  assert.deepEqual(assignable(), []);
  assert.equal(directoryFailed(), false);
  await known([], true);
  assert.equal(directoryFailed(), true);
});

test('who is not here is remembered for the day, for whoever said so', t => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2024-03-11T10:00:00Z') });
  signIn('supervisor7');
  setAbsentToday([id]);
  assert.ok(isAway({ id, away: false }) && isAway({ id: 'other', away: true }) && !isAway({ id: 'other', away: false }));
  t.mock.timers.setTime(Date.parse('2024-03-12T00:30:00Z'));
  assert.deepEqual(absentToday(), []);
  t.mock.timers.setTime(Date.parse('2024-03-11T23:00:00Z'));
  signIn('supervisor8');
  assert.deepEqual(absentToday(), []);
});
