import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { answerWith, asked, open, phone, said, secretOf, signIn } from './browser.mjs';

const officer = 'a0000000-0000-4000-8000-0000000000a1';
const colleague = 'a0000000-0000-4000-8000-0000000000a2';
const [first, second] = ['10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002'];
const content = {
  draft: { contact: { phone: '07700 900619', name: 'Sam Example' } }, offer: { answer: 'declined', contact: { phone: '07700 900619' } },
};
const recorded = id => ({
  status: 201, body: { offerId: id, reference: 'CB-000001', state: 'waiting', attempts: [], dueAt: '2024-04-01T09:00:00Z' },
});
const problem = (status, code) => ({
  status, type: 'application/problem+json', body: { type: `urn:vcas:problem:${code}`, title: 'No', status, code, detail: 'No.' },
});
const me = bearer => ({
  body: { id: bearer.split(' ').at(-1), phoneKey: secretOf(bearer), roles: [], teams: [], callBackTeams: [], operations: [] },
});
const [drafts, outbox] = [await open('drafts.js'), await open('outbox.js')];

/** What the API answers to an offer; who one is it always says. */
const offersAre = answer => answerWith(
  request => request.path === '/api/me' ? me(request.bearer) : answer(request, request.path.split('/').at(-1)));
const sent = () => asked.filter(({ method }) => method === 'PUT');
const rows = () => drafts.all();
const stored = () => JSON.stringify([...phone.tables.get('kept').values()].map(
  row => ({ ...row, sealed: row.sealed && Buffer.from(row.sealed).toString('latin1') })));

beforeEach(async () => {
  Object.assign(phone, { isFull: false, isShut: false });
  for (const { id } of await rows()) await drafts.remove(id);
  asked.length = said.length = 0;
  offersAre(() => { throw new TypeError('no signal'); });
});

test('an offer is sent as its recorder and as nobody else, and only its recorder reads it', async () => {
  signIn(officer);
  await outbox.keepToSend(first, officer, content);
  await outbox.send(true);
  assert.equal((await rows())[0].why, 'noAnswer');
  assert.doesNotMatch(stored(), /07700|Sam/);

  offersAre((_, id) => recorded(id));
  signIn(colleague);
  asked.length = 0;
  await outbox.send(true);
  assert.equal(sent().length, 0);
  const [seen] = await rows();
  assert.deepEqual([seen.isMine, seen.isClaimable, seen.content], [false, false, undefined]);

  signIn(null);
  assert.equal((await rows())[0].content, undefined);

  signIn(officer);
  await outbox.send(true);
  assert.deepEqual(sent().map(({ bearer }) => bearer), [`Bearer token of ${officer}`]);
  assert.deepEqual((({ state, reference }) => [state, reference])((await rows())[0]), ['arrived', 'CB-000001']);
});

test('one that fails keeps no newer one back, and each waits its own time', async () => {
  signIn(officer);
  offersAre((_, id) => id === first ? problem(500, 9001) : recorded(id));
  await outbox.keepToSend(first, officer, content);
  await outbox.keepToSend(second, officer, content);
  await outbox.send(true);
  const states = Object.fromEntries((await rows()).map(({ id, state, tries }) => [id, `${state} ${tries ?? ''}`]));
  assert.deepEqual(states, { [first]: 'waiting 1', [second]: 'arrived ' });
  await outbox.send();
  assert.equal(sent().filter(({ path }) => path.endsWith(first)).length, 1);
});

for (const [what, answer, state] of [
  ['a role that is missing', problem(403, 1013), 'waiting'],
  ['a token that is refused', problem(401, 1012), 'waiting'],
  ['a body that was too slow', problem(408, 1015), 'waiting'],
  ['too many requests', { ...problem(429, 1017), retryAfter: '60' }, 'waiting'],
  ['a gateway’s error', { status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' }, 'waiting'],
  ['a gateway’s refusal', { status: 403, type: 'text/html', body: '<h1>Blocked</h1>' }, 'waiting'],
  ['a page with 200', { status: 200, type: 'text/html', body: '<h1>Hotel</h1>' }, 'waiting'],
  ['an answer cut short', { status: 201, body: '{"offerId":"10000000-0000' }, 'waiting'],
  ['no content', { status: 204, body: '' }, 'waiting'],
  ['another offer’s answer', recorded(second), 'waiting'],
  ['a field that is wrong', problem(422, 1005), 'refused'],
  ['another body under this id', problem(409, 1007), 'refused'],
]) {
  test(`after ${what} it is ${state}, with all that it holds`, async () => {
    signIn(officer);
    offersAre(() => answer);
    await outbox.keepToSend(first, officer, content);
    await outbox.send(true);
    // A token that is refused ends the sign-in: then only its recorder's next one opens it.
    signIn(officer);
    const [row] = await rows();
    assert.equal(row.state, state);
    assert.deepEqual(row.content, content);
  });
}

test('what was recorded while nobody was signed in is sent by nobody until its recorder claims it', async () => {
  signIn(null);
  await outbox.keepToSend(first, null, content);
  offersAre((_, id) => recorded(id));
  signIn(colleague);
  await outbox.send(true);
  assert.equal(sent().length, 0);
  assert.deepEqual((({ isClaimable, content: seen }) => [isClaimable, seen])((await rows())[0]), [true, undefined]);
  signIn(officer);
  await drafts.claim(first);
  await outbox.send(true);
  assert.deepEqual(sent().map(({ bearer }) => bearer), [`Bearer token of ${officer}`]);
});

test('what could not be sealed with its recorder’s key is, once the key is at hand', async () => {
  signIn(officer, false);
  answerWith(() => { throw new TypeError('no signal'); });
  await outbox.keepToSend(first, officer, content);
  assert.match(stored(), /"lock":"phone"/);
  offersAre(() => problem(503, 9002));
  await outbox.send(true);
  await drafts.tidy();
  assert.match(stored(), /"lock":"own"/);
  assert.deepEqual((await rows())[0].content, content);
});

for (const way of ['isFull', 'isShut']) {
  test(`with a storage that ${way}, it is kept by the page and sent all the same`, async () => {
    signIn(officer);
    phone[way] = true;
    await outbox.keepToSend(first, officer, content);
    assert.equal(drafts.isBroken(), true);
    assert.equal((await rows())[0].isInMemory, true);
    await outbox.send(true);
    offersAre((_, id) => recorded(id));
    await outbox.send(true);
    assert.equal((await rows())[0].state, 'arrived');
    // There is room again: what the page held goes where it belongs.
    phone[way] = false;
    await drafts.mark(first, {});
    assert.equal(drafts.isBroken(), false);
  });
}

test('nothing stays longer than it is needed, and what waits stays', async () => {
  signIn(officer);
  const aDay = 24 * 3600_000;
  offersAre((_, id) => recorded(id));
  await outbox.keepToSend(first, officer, content);
  await outbox.send(true);
  offersAre(() => problem(503, 9002));
  await outbox.keepToSend(second, officer, content);
  await drafts.write('draft', drafts.State.unfinished, officer, { draft: content.draft });
  await drafts.tidy(Date.now() + 2 * aDay);
  assert.equal((await rows()).length, 3);
  await drafts.tidy(Date.now() + 400 * aDay);
  assert.deepEqual((await rows()).map(({ id, state }) => [id, state]), [[second, 'waiting']]);
});

test('a decision of long ago is not done any more, and its maker is told; a fact is', async () => {
  signIn(officer);
  offersAre(({ path }) => path.endsWith('/hold')
    ? { body: { ...recorded(first).body } }
    : { body: { ...recorded(first).body, attempts: [{ attemptId: second }] } });
  const kept = args => ({ args, reference: 'CB-000001', said: 'Done.' });
  await outbox.keepCommand('release', officer, 'releaseHold', kept([first]));
  await outbox.keepCommand('attempt', officer, 'recordAttempt', kept([first, { attemptId: second, outcome: 'noAnswer' }]));
  for (const row of phone.tables.get('kept').values()) row.at -= 3_600_000;
  await outbox.send(true);
  assert.deepEqual(asked.filter(({ path }) => path !== '/api/me').map(({ path }) => path.split('/').at(-1)), ['attempts']);
  assert.equal((await rows()).length, 0);
  assert.equal(said.length, 2);
});
