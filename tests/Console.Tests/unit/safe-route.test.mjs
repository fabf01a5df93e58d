import assert from 'node:assert/strict';
import { test } from 'node:test';
import './served.mjs';
import { errorsIn as errorsInCallHours } from '../../../src/VcasConsole/web/call-hours.js';
import * as route from '../../../src/VcasConsole/web/safe-route.js';
import { t } from '../../../src/VcasConsole/web/texts.js';

const whole = {
  phone: '07700 900482', confirmed: 'any', name: 'Jo Sample', when: 'any', hours: [], voicemailAllowed: false, codeWord: '',
  whoElseMayAnswer: '', interpreterLanguage: '', relationship: '', accessibilityNeeds: '',
};
const fieldsOf = errors => errors.map(({ field }) => field);

test('what was left empty is not sent, and no voicemail is something that was said', () => {
  assert.deepEqual(route.bodyOf(whole), { phone: '07700 900482', name: 'Jo Sample', voicemailAllowed: false });
  assert.equal(route.bodyOf({ ...whole, voicemailAllowed: undefined }).voicemailAllowed, false);
});

test('hours are sent where some were named, and not where they are left over from before', () => {
  const hours = [{ days: ['monday'], from: '09:00', to: '10:30', of: 'the form' }];
  assert.deepEqual(route.bodyOf({ ...whole, when: 'some', hours }).safeTimes, [{ days: ['monday'], from: '09:00', to: '10:30' }]);
  assert.equal('safeTimes' in route.bodyOf({ ...whole, when: 'any', hours }), false);
});

test('what the API gave fills the form, without the number', () => {
  const given = {
    phone: '+447700900482', name: 'Jo Sample', voicemailAllowed: true, ageBand: 'adult',
    safeTimes: [{ days: ['sunday'], from: '09:00:00', to: '10:30:00' }],
  };
  const values = route.valuesOf(given);
  assert.equal('phone' in values, false);
  assert.deepEqual([values.name, values.voicemailAllowed, values.when], ['Jo Sample', true, 'some']);
  assert.deepEqual(values.hours, [{ days: ['sunday'], from: '09:00', to: '10:30' }]);
  assert.deepEqual(route.bodyOf({ ...values, phone: '07700 900483' }).safeTimes, values.hours);
});

test('without anything from the API the form is empty', () => {
  assert.deepEqual([route.valuesOf().when, route.valuesOf(undefined).hours], ['any', []]);
});

test('a route is complete with a number and when it is safe', () => {
  assert.deepEqual(route.errorsIn(whole), []);
  assert.deepEqual(fieldsOf(route.errorsIn({ ...whole, phone: '' })), ['contact.phone']);
  assert.deepEqual(fieldsOf(route.errorsIn({ ...whole, phone: '   ', confirmed: '' })), ['contact.phone']);
  assert.deepEqual(fieldsOf(route.errorsIn({ ...whole, confirmed: undefined })), ['confirmed']);
  assert.deepEqual(fieldsOf(route.errorsIn({ ...whole, phone: '0770 900', confirmed: '' })), ['contact.phone', 'confirmed']);
});

test('a number is told what is wrong with it, where there is one', () => {
  assert.deepEqual(route.numberErrors('never.phone', '999'), [{ field: 'never.phone', message: t('fields.phone.shortCode') }]);
  for (const none of [undefined, '', '  ']) assert.deepEqual(route.numberErrors('never.phone', none), []);
  assert.deepEqual(route.numberErrors('never.phone', ' 01632 960 555 '), []);
});

test('each of the hours is named that is wrong', () => {
  const hours = [{ from: '09:00', to: '10:00' }, { from: '10:00', to: '09:00' }, { from: '', to: '' }];
  assert.deepEqual(route.errorsIn({ ...whole, confirmed: 'some', when: 'some', hours }), [
    { field: 'contact.safeTimes[1]', message: t('fields.contact-safeTimes') },
    { field: 'contact.safeTimes[2]', message: t('fields.hoursMissing') },
  ]);
  assert.deepEqual(route.errorsIn({ ...whole, hours }), []);
});

test('anything by which they can be reached is a route', () => {
  for (const field of ['phone', 'name', 'codeWord', 'whoElseMayAnswer', 'accessibilityNeeds'])
    assert.equal(route.isGiven({ [field]: 'x' }), true, field);
  assert.equal(route.isGiven({ confirmed: 'any', voicemailAllowed: true, hours: [{}] }), false);
});

test('hours that a supervisor opens have a day, a beginning and a later end', () => {
  const errors = (days, from, to) => fieldsOf(errorsInCallHours({ days, from, to }));
  assert.deepEqual(errors(['monday'], '18:00', '19:00'), []);
  assert.deepEqual(errors([], '18:00', '19:00'), ['days']);
  assert.deepEqual(errors(['monday'], '', ''), ['from']);
  assert.deepEqual(errors(['monday'], '', '19:00'), ['from']);
  assert.deepEqual(errors(['monday'], '18:00', ''), ['to']);
  assert.deepEqual(errors([], '19:00', '18:00'), ['days', 'to']);
});

test('one number goes as it is, and with another way all are listed', () => {
  const hours = [{ days: ['monday'], from: '09:00', to: '10:30' }];
  const other = {
    kind: 'professional', professional: 'Jo Example, nurse', reachedBy: 'the school', place: 'left over', isConfirmed: 'yes',
  };
  assert.equal('routes' in route.bodyOf({ ...whole, other: { kind: '' } }), false);
  assert.deepEqual(route.bodyOf({ ...whole, when: 'some', hours, other }), {
    name: 'Jo Sample',
    routes: [
      { kind: 'phone', phone: '07700 900482', voicemailAllowed: false, safeTimes: hours, confirmedInPerson: true },
      { kind: 'professional', confirmedInPerson: true, professional: 'Jo Example, nurse', reachedBy: 'the school' },
    ],
  });
});

test('who has no safe number says so, and needs none', () => {
  assert.deepEqual(route.errorsIn({ ...whole, phone: '', confirmed: '', noNumber: 'yes' }), []);
  assert.deepEqual(route.bodyOf({ ...whole, phone: '', noNumber: 'yes' }), { name: 'Jo Sample', routes: [] });
  const met = { ...whole, phone: '', confirmed: '', other: { kind: 'inPerson' } };
  assert.deepEqual(route.errorsIn(met), []);
  assert.deepEqual(route.bodyOf(met).routes, [{ kind: 'inPerson', confirmedInPerson: false }]);
});

test('another way is told what is missing', () => {
  const missing = other => fieldsOf(route.errorsIn({ ...whole, other }));
  assert.deepEqual(missing({ kind: 'email', email: 'sam' }), ['contact.routes.email']);
  assert.deepEqual(missing({ kind: 'email', email: ' sam@example.org ' }), []);
  assert.deepEqual(missing({ kind: 'professional', professional: ' ' }), ['contact.routes.professional', 'contact.routes.reachedBy']);
});

test('only a phone that was confirmed is a number to be called', () => {
  assert.equal(route.hasNumber(undefined), false);
  const [unconfirmed, confirmed] = [false, true].map(confirmedInPerson => ({ kind: 'phone', confirmedInPerson }));
  assert.equal(route.hasNumber({ routes: [unconfirmed, { kind: 'email', confirmedInPerson: true }] }), false);
  assert.equal(route.hasNumber({ routes: [unconfirmed, confirmed] }), true);
});

test('who is reached in another way stays reached in it, and its address need not be known', () => {
  const routes = [{ kind: 'email', confirmedInPerson: true, safeTimes: [] }];
  const known = { safeTimes: [], routes };
  assert.deepEqual(route.bodyBeside(known, { ...whole, phone: '' }), { name: 'Jo Sample', routes });
  assert.equal(route.bodyBeside(known, whole).phone, '07700 900482');
});
