import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { open, phone, signIn } from './browser.mjs';

const officer = 'b0000000-0000-4000-8000-0000000000b1';
const colleague = 'b0000000-0000-4000-8000-0000000000b2';
const [drafts, { begin }] = [await open('drafts.js'), await open('turns.js')];
const { State } = drafts;
const content = { draft: { contact: { phone: '07700 900755' } } };
const aDay = 24 * 3_600_000;

beforeEach(async () => {
  Object.assign(phone, { isFull: false, isShut: false });
  signIn(officer);
  for (const { id } of await drafts.all()) await drafts.remove(id);
});

test('what is typed is written in its order, and the last of it stays', async () => {
  for (const answer of ['a', 'b', 'c']) drafts.write('one', State.unfinished, officer, { answer });
  assert.deepEqual((await drafts.find('one')).content, { answer: 'c' });
});

test('what is asked for its content is asked when its turn has come', async () => {
  const typed = { answer: 'before' };
  const writing = drafts.write('one', State.unfinished, officer, () => ({ ...typed }));
  typed.answer = 'after';
  await writing;
  assert.deepEqual((await drafts.find('one')).content, { answer: 'after' });
});

test('the newest stands first', async () => {
  const real = Date.now;
  try {
    for (const [id, at] of [['old', 1], ['new', 3], ['middle', 2]]) {
      Date.now = () => at;
      await drafts.write(id, State.unfinished, officer, content);
    }
  } finally {
    Date.now = real;
  }
  assert.deepEqual((await drafts.all()).map(({ id }) => id), ['new', 'middle', 'old']);
});

test('what has been settled in another tab is not marked as waiting any more', async () => {
  await drafts.write('one', State.waiting, officer, content);
  await drafts.mark('one', { tries: 1 });
  await drafts.settle('one', officer, State.arrived, undefined, { reference: 'CB-1C1C1C' });
  await drafts.mark('one', { tries: 2 });
  await drafts.settle('one', officer, State.refused, content, {});
  const { state, reference, tries } = await drafts.find('one');
  assert.deepEqual([state, reference, tries], [State.arrived, 'CB-1C1C1C', undefined]);
});

test('of an offer that has arrived nothing stays that was typed', async () => {
  await drafts.write('one', State.waiting, officer, content);
  await drafts.settle('one', officer, State.arrived, undefined, { reference: 'CB-1C1C1C' });
  const row = phone.tables.get('kept').get('one');
  assert.deepEqual([row.sealed, row.iv, row.lock], [undefined, undefined, undefined]);
});

test('what somebody recorded is claimed by nobody else', async () => {
  await drafts.write('mine', State.waiting, officer, content);
  signIn(colleague);
  await drafts.claim('mine');
  assert.equal(phone.tables.get('kept').get('mine').by, officer);
});

test('whoever is signed out claims nothing', async () => {
  signIn(null);
  await drafts.write('nobodys', State.waiting, null, content);
  await drafts.claim('nobodys');
  assert.equal((await drafts.find('nobodys')).isClaimable, true);
});

test('what was begun goes after a week, what arrived after three days, and what waits stays', async () => {
  for (const state of Object.values(State)) await drafts.write(state, state, officer, content);
  const left = async days => {
    await drafts.tidy(Date.now() + days * aDay + 60_000);
    return (await drafts.all()).map(({ id }) => id).sort();
  };
  assert.deepEqual(await left(2.9), ['arrived', 'refused', 'unfinished', 'waiting']);
  assert.deepEqual(await left(3), ['refused', 'unfinished', 'waiting']);
  assert.deepEqual(await left(7), ['refused', 'waiting']);
});

test('a page that follows is told of each change, one after the other, until it is left', async () => {
  const turn = begin({});
  const seen = [];
  const thrice = new Promise(resolve => {
    drafts.follow(turn, async () => { if (seen.push((await drafts.all()).length) === 3) resolve(); });
  });
  await drafts.write('one', State.unfinished, officer, content);
  await drafts.write('two', State.unfinished, officer, content);
  await thrice;
  assert.deepEqual([seen, seen.at(-1)], [[...seen].sort(), 2]);
  turn.end();
  await drafts.write('three', State.unfinished, officer, content);
  await drafts.all();
  assert.equal(seen.length, 3);
});
