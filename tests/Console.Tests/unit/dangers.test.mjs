import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import './browser.mjs';
import { isDanger } from '../../../src/VcasConsole/web/dangers.js';
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
