import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.mjs';
import { isNewer, upgrades, versionHeard } from '../../../src/VcasConsole/web/upgrade.js';

test('a page learns once that it is an old one, and only from another version', () => {
  let told = 0;
  upgrades.addEventListener('newer', () => { told++; });
  document.querySelector = () => ({ getAttribute: () => 'a' });
  for (const version of ['a', null, undefined, '']) versionHeard(version);
  assert.deepEqual([isNewer(), told], [false, 0]);
  versionHeard('b');
  versionHeard('c');
  assert.deepEqual([isNewer(), told], [true, 1]);
  delete document.querySelector;
});
