/**
 * The time at which a call is safe has an end, and what is on the screen must not outlast it: not in a hidden tab, nor
 * after a laptop was asleep.
 */
import { serviceNow } from './service-time.js';

const aSecond = 1_000;
const aMinute = 60_000;

/** Whether this instant is over; none never is. */
export const isOver = (end, now = serviceNow()) => Boolean(end) && Date.parse(end) <= now;

/** Whole minutes that are left, at least one. */
export const minutesLeft = (end, now = serviceNow()) => Math.max(1, Math.ceil((Date.parse(end) - now) / aMinute));

/**
 * Looks at the clock each second while a page is open, and at once when it is seen again: a timer alone sleeps with the machine.
 * @param turn  The page.
 * @param {string} end  The instant.
 * @param {(minutes: number) => void} tell  Told as minutes pass.
 * @param {() => void} over  Done once, at the end.
 */
export function untilEnd(turn, end, tell, over) {
  let told;
  const timer = setInterval(look, aSecond);
  document.addEventListener('visibilitychange', look);
  addEventListener('focus', look);
  turn.onEnd(stop);
  look();

  function look() {
    if (isOver(end)) {
      stop();
      over();
    } else if (told !== minutesLeft(end)) {
      told = minutesLeft(end);
      tell(told);
    }
  }

  function stop() {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
    removeEventListener('focus', look);
  }
}
