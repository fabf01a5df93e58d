/**
 * A page that nobody touches locks itself, and with it every tab of this browser: the time of the last touch is shared, and it goes by the
 * clock on the wall, because a timer sleeps with a laptop. docs/decisions/0054-an-idle-page-locks-and-nothing-typed-is-lost.md
 */
import { phone, tab } from './remembered.js';

const touchedKey = 'vcas.touched';
const lockedTabKey = 'vcas.locked';
const lockedHereKey = 'vcas.lockedHere';
const aMinute = 60_000;
const aSecond = 1_000;
// Written no more often than this: every move of a mouse is a touch.
const rarely = 5_000;
const swallowed = ['pointerdown', 'keydown'];
const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];

/** Whether this tab is locked: nothing of anybody is shown in it until somebody signs in. */
export const isLocked = () => tab.get(lockedTabKey) !== null;

/** Whether a page of this browser was locked, and nobody has signed in since: then the issuer asks who it is, whoever it remembers. */
export const wasLocked = () => phone.get(lockedHereKey) !== null;

/** Locks this tab. The others see that nobody has touched them for ever, and lock themselves. */
export function lockTab() {
  tab.set(lockedTabKey, 'yes');
  phone.set(lockedHereKey, 'yes');
  phone.set(touchedKey, '0');
}

/** Somebody has signed in. */
export function unlockTab() {
  tab.remove(lockedTabKey);
  phone.remove(lockedHereKey);
  touched();
}

/** Somebody is here. */
export const touched = () => phone.set(touchedKey, `${Date.now()}`);

/** For how long nobody has touched any tab; none has ever been touched: no time. A clock that was put back counts as a touch. */
export function idleFor(now = Date.now()) {
  const at = phone.get(touchedKey);
  return at === null ? 0 : Math.max(0, now - Number(at));
}

/**
 * Watches until the page goes away.
 * @param {number} minutes  After which it locks; 0: never.
 * @param {(isSoon: boolean) => void} warn  Told when a minute is left, and when somebody came.
 * @param {() => void} lock  Locks it. Where nothing is shown that is anybody's it may leave it as it is; it is asked again then.
 */
export function watchIdle(minutes, warn, lock) {
  if (!minutes) return;
  const limit = minutes * aMinute;
  let isSoon = false;
  for (const name of touches) document.addEventListener(name, touch, { capture: true, passive: !swallowed.includes(name) });
  document.addEventListener('visibilitychange', look);
  for (const name of ['focus', 'pageshow', 'storage']) addEventListener(name, look);
  setInterval(look, aSecond);
  look();

  // What wakes a laptop up is no sign of who sits there, and what it would have pressed is gone.
  function touch(event) {
    if (isLocked()) return;
    if (idleFor() >= limit) {
      look();
      if (!isLocked()) return touched();
      event.stopImmediatePropagation();
      if (event.cancelable) event.preventDefault();
    } else if (isSoon || idleFor() >= rarely || phone.get(touchedKey) === null) {
      touched();
      look();
    }
    return undefined;
  }

  function look() {
    if (isLocked()) return tell(false);
    const idle = idleFor();
    if (idle >= limit) {
      tell(false);
      return lock();
    }
    return tell(idle >= limit - aMinute);
  }

  function tell(now) {
    if (now === isSoon) return;
    isSoon = now;
    warn(now);
  }
}
