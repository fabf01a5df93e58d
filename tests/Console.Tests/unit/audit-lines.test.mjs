import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import {
  daysIn, fileOf, linesOf, moreOf, queryFor, referenceIn, referenceOf, toOf, whatOf, whyOf,
} from '../../../src/VcasConsole/web/audit-lines.js';
import { t } from '../../../src/VcasConsole/web/texts.js';

const line = {
  at: '2024-03-11T10:00:00Z', kind: 'consultation', what: 'offerRead', by: 'caller', byId: 'e0000000-0000-4000-8000-000000000001',
  why: 'callBack', offerId: '7f3a1c00-0000-4000-8000-000000000001', entry: 'read-000001', data: '{}',
};

test('a reference is read as it was meant, and by an id it is the same', () => {
  for (const text of ['CB-7F3A1C', 'cb 7f3a1c', ' 7f3a1c ', 'CB–7F3A1C', 'cb-7f3aLc']) assert.equal(referenceIn(text), 'CB-7F3A1C', text);
  assert.equal(referenceIn('CB-O0IL00'), 'CB-001100');
  for (const text of ['', 'CB-', 'Alex', 'CB-7F3A1', 'CB-7F3A1C0', 'CB-7G3A1C']) assert.equal(referenceIn(text), null, text);
  assert.equal(referenceOf(line.offerId), 'CB-7F3A1C');
});

test('without days the last week is asked for, and of one household everything', () => {
  assert.deepEqual(queryFor({ from: '', to: '' }, '2024-03-11'), {
    reference: undefined, actor: undefined, kind: undefined, from: '2024-03-05', to: '2024-03-11',
  });
  assert.equal(queryFor({ reference: 'CB-7F3A1C', from: '', to: '' }, '2024-03-11').from, '2001-01-01');
  assert.equal(queryFor({ from: '', to: '2024-03-03' }, '2024-03-11').from, '2024-02-26');
  assert.deepEqual([daysIn({ from: '2024-03-05', to: '2024-03-11' }), daysIn({ from: '2024-03-11', to: '2024-03-11' })], [7, 1]);
});

test('half an answer is none', () => {
  assert.deepEqual(linesOf(`${JSON.stringify(line)}\n`), [line]);
  assert.deepEqual(linesOf(''), []);
  assert.equal(linesOf(`${JSON.stringify(line)}\n{"at":"20`), undefined);
});

test('an entry says in words what was done and why, and one that nobody knows keeps its name', () => {
  assert.equal(whatOf(line), t('audit.what.offerRead'));
  assert.equal(whatOf({ what: 'offerRecorded' }), t('trail.offerRecorded'));
  assert.equal(whatOf({ what: 'moonSeen' }), 'moonSeen');
  assert.equal(whyOf(line), t('words.ReadReason.callBack'));
  assert.equal(whyOf({ why: 'publicTask' }), t('words.LawfulBasis.publicTask'));
  assert.equal(whyOf({}), undefined);
  assert.equal(toOf({ to: 'vcas' }), t('audit.to.vcas'));
});

test('a refusal says what was asked for and why not, a list how many were shown', () => {
  const refused = t('audit.refused', { command: 'RecordOffer', code: 2003, why: t('problems.2003.message') });
  assert.equal(moreOf({ data: '{"command":"RecordOffer","status":422,"code":2003}' }), refused);
  assert.equal(moreOf({ data: '{"asked":{"command":"RecordOffer","status":422,"code":2003},"count":0}' }), refused);
  assert.match(moreOf({ data: '{"command":"X","status":404,"code":1}' }), new RegExp(t('audit.noWords')));
  assert.equal(moreOf({ data: '{"asked":{"states":["sent"]},"count":2}' }), t('audit.count', { count: 2 }));
  assert.equal(moreOf({ data: '{"asked":{},"count":0}' }), '');
  assert.equal(moreOf({ data: 'altered' }), '');
});

test('the file has what is shown, with what each entry means', () => {
  const [names, first, end] = fileOf([line]).split('\r\n');
  assert.equal(names, 'at,meaning,kind,what,by,byId,why,to,reference,offerId,entry,data');
  assert.equal(first, [
    line.at, t('audit.what.offerRead'), 'consultation,offerRead,caller', line.byId, 'callBack,,CB-7F3A1C', line.offerId, 'read-000001,{}',
  ].join(','));
  assert.equal(end, '');
});
