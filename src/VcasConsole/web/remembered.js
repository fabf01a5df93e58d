/**
 * Small texts that a browser remembers for a tab or for this phone. Where it refuses to (private windows, blocked storage) the page
 * remembers them itself.
 */
function over(storage) {
  const own = new Map();
  return {
    get(key) {
      try {
        return storage().getItem(key) ?? own.get(key) ?? null;
      } catch {
        return own.get(key) ?? null;
      }
    },
    set(key, value) {
      own.delete(key);
      try {
        storage().setItem(key, value);
      } catch {
        own.set(key, value);
      }
    },
    remove(key) {
      own.delete(key);
      try {
        storage().removeItem(key);
      } catch { /* Then nothing was there. */ }
    },
  };
}

/** Ends with the tab. */
export const tab = over(() => sessionStorage);

/** Stays on this phone: nothing about anybody. */
export const phone = over(() => localStorage);

/** Under which a tab keeps what a caller has done today; signing out takes it away. */
export const shiftKey = 'vcas.shift';
