/** Instants as people in England say them. Every clock on these pages is London's, wherever the phone thinks it is. */
import { serviceNow } from './service-time.js';
import { language, t } from './texts.js';

const zone = 'Europe/London';
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
const date = new Intl.DateTimeFormat(language, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' });
const dateWithYear = new Intl.DateTimeFormat(
  language, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long' });

/** Monday, Tuesday … as the API writes them, in the order of a week in England. */
export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** The time of day, `09:30`. */
export const timeOf = instant => clock.format(new Date(instant));

/** The day, `2024-03-11`. */
export const isoDay = instant => dayOf.format(new Date(instant));

/** The day of the week as the API writes it. */
export const weekdayOf = instant => weekday.format(new Date(instant)).toLowerCase();

/** The day as people say it: today, tomorrow, yesterday, or its date. */
export function day(instant, now = serviceNow()) {
  const wanted = isoDay(instant);
  for (const [offset, name] of [[0, 'today'], [1, 'tomorrow'], [-1, 'yesterday']])
    if (wanted === addDays(isoDay(now), offset)) return t(`times.${name}`);
  return (wanted.slice(0, 4) === isoDay(now).slice(0, 4) ? date : dateWithYear).format(new Date(instant));
}

/** Day and time. */
export const moment = (instant, now = serviceNow()) => t('times.dayAndTime', { day: day(instant, now), time: timeOf(instant) });

/** A day some days later, `2024-03-12`. */
export function addDays(iso, count) {
  const then = new Date(`${iso}T12:00:00Z`);
  then.setUTCDate(then.getUTCDate() + count);
  return then.toISOString().slice(0, 10);
}

/** The instant at which London's clock shows this day and time; null where there is none, or are two: `wallFault` says which. */
export function instantOf(iso, time) {
  const found = instantsOf(iso, time);
  return found.length === 1 ? found[0].toISOString() : null;
}

/** What is wrong with hours of one day; undefined where nothing is. */
export function faultInHours({ from, to }) {
  if (!from || !to) return t('fields.hoursMissing');
  return from >= to ? t('fields.contact-safeTimes') : undefined;
}

/** The times of a day at each half hour, from the first up to the last, without that. */
export function halfHours(from, to) {
  const minutes = time => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const found = [];
  for (let at = minutes(from); at < minutes(to); at += 30)
    found.push(`${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`);
  return found;
}

/** Why a day and a time name no instant: `missing`, `skipped` or `twice`; null where they name one. */
export function wallFault(iso, time) {
  if (Number.isNaN(Date.parse(`${iso}T${time}:00Z`))) return 'missing';
  return ['skipped', null, 'twice'][instantsOf(iso, time).length];
}

// London is at UTC or an hour ahead. In the night when its clocks are put forward neither gives back the wanted wall clock, in the one when
// they are put back both do.
const instantsOf = (iso, time) => [60, 0].map(minutes => new Date(Date.parse(`${iso}T${time}:00Z`) - minutes * 60_000))
  .filter(candidate => !Number.isNaN(candidate.getTime()) && isoDay(candidate) === iso && timeOf(candidate) === time);

/** How long ago, in whole days on the wall. */
export function daysSince(instant, now = serviceNow()) {
  return Math.round((Date.parse(isoDay(now)) - Date.parse(isoDay(instant))) / 86_400_000);
}

/** Safe hours as one line: "Mon, Tue 09:30 to 12:00". */
export function hours({ days: on, from, to }) {
  const named = on.length === 7 ? t('times.everyDay') : days.filter(one => on.includes(one)).map(one => t(`times.short.${one}`)).join(', ');
  return t('times.hours', { days: named, from: from.slice(0, 5), to: to.slice(0, 5) });
}
