import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, personsKey, phonesKey, seal } from '../../../src/VcasConsole/web/locks.js';

const secret = filled => Buffer.alloc(32, filled).toString('base64');
const content = { draft: { contact: { phone: '07700 900321', name: 'Robin Example' } } };

test('what one person recorded opens with their key again, and with nobody else’s', async () => {
  const closed = await seal(await personsKey(secret(1)), 'row', content);
  assert.deepEqual(await open(await personsKey(secret(1)), 'row', closed), content);
  assert.equal(await open(await personsKey(secret(2)), 'row', closed), undefined);
  assert.equal(await open(await phonesKey(), 'row', closed), undefined);
});

test('moved to another row it does not open', async () => {
  const key = await personsKey(secret(3));
  assert.equal(await open(key, 'other', await seal(key, 'row', content)), undefined);
});

test('no key is given out, and nothing sealed can be read', async () => {
  const [own, phone] = [await personsKey(secret(4)), await phonesKey()];
  assert.deepEqual([own.extractable, phone.extractable], [false, false]);
  const { sealed } = await seal(phone, 'row', content);
  assert.doesNotMatch(Buffer.from(sealed).toString('latin1'), /07700|Robin/);
});
