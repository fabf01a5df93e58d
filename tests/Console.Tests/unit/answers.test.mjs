import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as answers from '../../../src/VcasConsole/web/answers.js';
import { Refused, Unreachable } from '../../../src/VcasConsole/web/failures.js';

const id = '3f0a7c52-0d3e-4c39-9a53-2f1f6f0f8c77';
const attemptId = 'a1b2c3d4-0000-4000-8000-0123456789ab';
const states = ['waiting', 'due', 'held'];
const offer = { offerId: id, reference: 'CB-1A2B3C', state: 'waiting', attempts: [] };
const json = 'application/json; charset=utf-8';
const problems = 'application/problem+json';
const problem = { type: 'urn:vcas:problem:1005', title: 'Fields need correction', status: 422, code: 1005, detail: 'One field.' };
const wanted = { statuses: [200, 201], media: answers.json, proof: answers.isOffer(id, states) };

const judge = (answer, text, asked = wanted) =>
  answers.judge(answer, typeof text === 'string' ? text : JSON.stringify(text), asked, Date.UTC(2024, 2, 11));

test('the API’s own word for this id is believed', () => {
  assert.equal(judge({ status: 201, contentType: json }, offer).reference, 'CB-1A2B3C');
  assert.equal(judge({ status: 200, contentType: 'application/json' }, { ...offer, offerId: id.toUpperCase() }).state, 'waiting');
});

for (const [what, answer, text] of [
  ['a proxy’s page with 200', { status: 200, contentType: 'text/html' }, '<p>Welcome to our Wi-Fi</p>'],
  ['the right JSON named as a page', { status: 200, contentType: 'text/html' }, offer],
  ['the right JSON named as text', { status: 200, contentType: 'text/plain' }, offer],
  ['JSON without a content type', { status: 200, contentType: null }, offer],
  ['JSON of a kind that only looks like it', { status: 200, contentType: 'application/jsonp' }, offer],
  ['204', { status: 204, contentType: null }, ''],
  ['202 with the right JSON', { status: 202, contentType: json }, offer],
  ['206 with half of it', { status: 206, contentType: json }, offer],
  ['304', { status: 304, contentType: json }, ''],
  ['an opaque answer', { status: 0, contentType: null }, ''],
  ['a redirect that was not followed', { status: 302, contentType: 'text/html' }, ''],
  ['200 cut short', { status: 200, contentType: json }, JSON.stringify(offer).slice(0, -9)],
  ['an empty body', { status: 201, contentType: json }, ''],
  ['JSON of somebody else', { status: 200, contentType: json }, { ok: true }],
  ['another household', { status: 200, contentType: json }, { ...offer, offerId: attemptId }],
  ['a state that is none', { status: 200, contentType: json }, { ...offer, state: 'queued' }],
  ['a list in place of an offer', { status: 200, contentType: json }, [offer]],
  ['null', { status: 200, contentType: json }, 'null'],
  ['a gateway’s 403', { status: 403, contentType: json }, { statusCode: 403, message: 'Forbidden' }],
  ['a firewall’s 403 as a page', { status: 403, contentType: 'text/html' }, '<h1>Request blocked</h1>'],
  ['a problem of another service', { status: 422, contentType: problems }, { type: 'about:blank', title: 'No', status: 422 }],
  ['a problem that names another status', { status: 409, contentType: problems }, problem],
  ['a problem under 200', { status: 200, contentType: problems }, { ...problem, status: 200 }],
  [
    'a problem of the API’s that is not for now',
    { status: 503, contentType: problems },
    { ...problem, type: 'urn:vcas:problem:9002', code: 9002, status: 503 },
  ],
]) {
  test(`${what} is no answer`, () => {
    assert.throws(() => judge(answer, text), failure => failure instanceof Unreachable);
  });
}

test('a refusal of the API’s own is a refusal', () => {
  const answer = { status: 422, contentType: 'application/problem+json; charset=utf-8' };
  assert.throws(() => judge(answer, problem), failure => failure instanceof Refused && failure.problem.code === 1005);
});

test('what asks to come later says how long, in seconds or by a date', () => {
  for (const [status, retryAfter, wait] of [
    [429, '90', 90_000], [503, 'Mon, 11 Mar 2024 00:02:00 GMT', 120_000], [503, 'soon', 0], [429, '-5', 0], [425, null, 0],
    [429, '86400', 3_600_000],
  ]) {
    const answer = { status, contentType: 'text/html', retryAfter };
    assert.throws(() => judge(answer, ''), failure => failure instanceof Unreachable && failure.after === wait, `${status} ${retryAfter}`);
  }
});

test('an attempt is recorded when it stands among the household’s attempts', () => {
  const proof = answers.isAttempted(id, states, attemptId);
  assert.equal(proof({ ...offer, attempts: [{ attemptId: attemptId.toUpperCase() }] }), true);
  assert.equal(proof({ ...offer, attempts: [{ attemptId: id }, null] }), false);
  assert.equal(proof({ ...offer, offerId: attemptId, attempts: [{ attemptId }] }), false);
});

test('an acceptance, a file and figures prove themselves', () => {
  assert.equal(answers.isAccepted(id, states)({ ...offer, acceptance: { at: '2024-03-11T10:00:00Z' } }), true);
  assert.equal(answers.isAccepted(id, states)(offer), false);
  assert.equal(answers.isHistory(true)({ households: 5, preview: true }), true);
  assert.equal(answers.isHistory(false)({ households: 5, preview: true }), false);
  assert.equal(answers.isHistory(false)({ households: '5', preview: false }), false);
  assert.equal(answers.isFigures('\uFEFFgroup,offers\n2023,7'), true);
  assert.equal(answers.isFigures('<html>'), false);
  assert.equal(answers.hasLists('roles', 'teams')({ roles: [], teams: {} }), false);
});
