import assert from 'node:assert/strict';
import { test } from 'node:test';
import { challengeOf, isGood, random, tokensOf } from '../../../src/VcasConsole/web/tokens.js';

const now = Date.parse('2025-05-20T10:00:00Z');
const idToken = claims => ['{}', JSON.stringify(claims), 'x'].map(part => Buffer.from(part).toString('base64url')).join('.');

test('the challenge is the one of RFC 7636’s own example', async () => {
  assert.equal(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'), 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
});

test('a secret is long enough for PKCE, fits an address, and is never the same', () => {
  const made = Array.from({ length: 50 }, random);
  for (const secret of made) assert.match(secret, /^[A-Za-z0-9_-]{43}$/);
  assert.equal(new Set(made).size, 50);
});

test('a token is renewed a minute before it ends', () => {
  assert.equal(isGood({ expiresAt: now + 60_001 }, now), true);
  assert.equal(isGood({ expiresAt: now + 60_000 }, now), false);
  assert.equal(isGood({ expiresAt: now - 1 }, now), false);
});

test('a name with letters of any alphabet is read as it is written', () => {
  const name = 'Zoë Ünsal 𝒜 ?>';
  const given = { access_token: 'a', refresh_token: 'r', expires_in: 3600, id_token: idToken({ sub: 's', name }) };
  assert.deepEqual(tokensOf(given, null, now), { access: 'a', refresh: 'r', expiresAt: now + 3_600_000, subject: 's', name });
});

test('Entra’s object id is who somebody is, and the name they sign in by serves where there is no other', () => {
  const given = { access_token: 'a', expires_in: 60, id_token: idToken({ oid: 'o', sub: 's', preferred_username: 'zoe@force.example' }) };
  const { subject, name } = tokensOf(given, null, now);
  assert.deepEqual([subject, name], ['o', 'zoe@force.example']);
});

test('what a renewal does not say stays as it was', () => {
  const before = { access: 'old', refresh: 'r', expiresAt: 0, subject: 'o', name: 'Zoë' };
  assert.deepEqual(tokensOf({ access_token: 'new', expires_in: 60 }, before, now), { ...before, access: 'new', expiresAt: now + 60_000 });
});
