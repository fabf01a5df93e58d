import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import './browser.mjs';
import { isDanger, welfareErrorsIn } from '../../../src/VcasConsole/web/dangers.js';
import { words } from '../../../src/VcasConsole/web/words.js';

test('what cannot wait for three weeks is a danger, whatever else is ticked', () => {
  const today = words.Risk.filter(risk => isDanger({ risks: ['other', risk] }));
  assert.deepEqual(today.sort(), ['childAtRisk', 'selfHarm', 'violence']);
});

test('that a child may be a direct victim is one by itself', () => {
  assert.equal(isDanger({ childMayBeDirectVictim: true }), true);
  for (const nothing of [{}, { risks: [] }, { risks: [], childMayBeDirectVictim: false }, { childMayBeDirectVictim: undefined }])
    assert.equal(isDanger(nothing), false);
});

test('a welfare contact says what came of it, and who got in touch has checked before', () => {
  const missing = contact => welfareErrorsIn(contact).map(error => error.field);
  assert.deepEqual(missing({}), ['welfare']);
  assert.deepEqual(missing({ outcome: 'spokenTo' }), ['by', 'checked']);
  assert.deepEqual(missing({ outcome: 'noAnswer', by: 'visit' }), ['checked']);
  assert.deepEqual(missing({ outcome: 'noAnswer', by: 'visit', safetyChecked: true }), []);
  for (const outcome of ['unsafeToContact', 'seenByAnother', 'notPossible']) assert.deepEqual(missing({ outcome }), []);
});
