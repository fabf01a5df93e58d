/**
 * This phone's storage, which may be full, blocked or broken. Then rows live in this page's memory, and every row says so (`isInMemory`):
 * what is not kept can still be sent, and whoever typed it must be told to keep the page open.
 */
const database = 'vcas';
const version = 2;
const patience = 5_000;

const memory = new Map();
const inMemoryKeys = new Map();
let opened;

let isShut = false;

/** Whether something could not be kept here, or the storage can't even be read. */
export const isBroken = () => isShut || memory.size > 0;

/** All rows. */
export async function rows() {
  const kept = await attempt(() => request('kept', 'readonly', store => store.getAll())) ?? [];
  return [...kept.filter(row => !memory.has(row.id)), ...[...memory.values()].map(row => ({ ...row, isInMemory: true }))];
}

/**
 * Changes a row in one step, so that two tabs don't undo each other: `make` gets what stands there and gives what is to stand there, null
 * to take it off, undefined to leave it.
 */
export async function change(id, make) {
  const known = memory.get(id);
  let before = known;
  const done = await attempt(() => request('kept', 'readwrite', store => {
    const asked = store.get(id);
    asked.onsuccess = () => {
      before = known ?? asked.result;
      const next = make(before);
      try {
        if (next === null) store.delete(id);
        else if (next !== undefined) store.put(next);
        // The row in memory stands for one that could not be written: untouched, it goes into the storage now.
        else if (known) store.put(known);
      } catch {
        asked.transaction.abort();
      }
    };
    return asked;
  }).then(() => true));
  if (done) {
    memory.delete(id);
    return;
  }
  // Full, or gone: what stood there can often be read all the same.
  const next = make(before);
  if (next === null) memory.delete(id);
  else if (next !== undefined) memory.set(id, next);
}

/** A key of this name; made by `make` where there is none. */
export async function keyOf(name, make) {
  if (inMemoryKeys.has(name)) return inMemoryKeys.get(name);
  const known = await attempt(() => request('keys', 'readonly', store => store.get(name)));
  if (known) return known;
  const made = await make();
  // Another tab may have been quicker: the first key stays.
  await attempt(() => request('keys', 'readwrite', store => store.add(made, name)));
  const stands = await attempt(() => request('keys', 'readonly', store => store.get(name)));
  if (stands) return stands;
  inMemoryKeys.set(name, made);
  return made;
}

/** Asks the browser not to clear what is kept here when it needs room. */
export async function persist() {
  try {
    await navigator.storage?.persist?.();
  } catch { /* It may say no: nothing else follows from it. */ }
}

async function attempt(work) {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

function connect() {
  opened ??= new Promise((resolve, reject) => {
    // Some browsers neither open a blocked storage nor say that they don't.
    const timer = setTimeout(() => reject(new Error('The storage does not answer.')), patience);
    const asked = indexedDB.open(database, version);
    asked.onupgradeneeded = () => {
      for (const name of [...asked.result.objectStoreNames]) asked.result.deleteObjectStore(name);
      asked.result.createObjectStore('kept', { keyPath: 'id' });
      asked.result.createObjectStore('keys');
    };
    asked.onsuccess = () => {
      clearTimeout(timer);
      isShut = false;
      asked.result.onversionchange = () => { asked.result.close(); opened = undefined; };
      asked.result.onclose = () => { opened = undefined; };
      resolve(asked.result);
    };
    asked.onerror = () => { clearTimeout(timer); reject(asked.error); };
  });
  opened.catch(() => { isShut = true; opened = undefined; });
  return opened;
}

function begin(connection, store, mode) {
  try {
    return connection.transaction(store, mode);
  } catch (failure) {
    // A connection that broke is not used again.
    opened = undefined;
    throw failure;
  }
}

async function request(store, mode, work) {
  const connection = await connect();
  return new Promise((resolve, reject) => {
    const transaction = begin(connection, store, mode);
    const asked = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
