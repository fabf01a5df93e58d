import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import './served.mjs';
import { asTyped, inGroups, readNumber } from '../../../src/VcasConsole/web/numbers.js';
import { t } from '../../../src/VcasConsole/web/texts.js';

// The service is held to the same examples.
const examples = JSON.parse(readFileSync(new URL('../../Shared/phone-numbers.json', import.meta.url), 'utf8'));

test('the pages take and refuse what the service takes and refuses', () => {
  assert.ok(examples.length > 100, `Only ${examples.length} examples were found.`);
  // What costs extra abroad the service alone can know.
  const fault = ({ written, e164, fault: wanted, serviceAlone }) => {
    if (serviceAlone) return [];
    const read = readNumber(written);
    return read.e164 === (e164 ?? undefined) && read.fault === (wanted ?? undefined) ? [] : [`${written}: ${JSON.stringify(read)}`];
  };
  assert.deepEqual(examples.flatMap(fault), []);
});

test('every fault of a number has its words', () => {
  const faults = new Set(examples.map(({ fault }) => fault).filter(Boolean));
  assert.ok(faults.size >= 8);
  for (const fault of faults) assert.equal(typeof t(`fields.phone.${fault}`), 'string', fault);
});

test('a number is read back in groups that can be spoken', () => {
  for (const [number, spoken] of [
    ['+447700900123', '07700 900 123'], ['+442079460958', '020 7946 0958'], ['+441214960123', '0121 496 0123'],
    ['+441134960123', '0113 496 0123'], ['+441632960001', '01632 960 001'], ['+44120412345', '01204 12345'],
    ['+443069990123', '0306 999 0123'], ['+448081570123', '0808 157 0123'], ['+33123456789', '+33 123 456 789'],
    ['+353851234567', '+353 851 234 567'],
  ]) assert.equal(inGroups(number), spoken);
});

test('a number is shown as it is typed: at home with a nought, abroad with its plus', () => {
  assert.equal(asTyped('+447700900655'), '07700 900655');
  assert.equal(asTyped('+33123456789'), '+33123456789');
  for (const number of ['+447700900655', '+442079460958', '+33123456789']) assert.equal(readNumber(asTyped(number)).e164, number);
});
