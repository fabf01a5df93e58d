/**
 * Offers on this phone: unfinished, waiting for signal, refused, or arrived. What they say of people is sealed (AES-GCM) with a key that this
 * browser made and never gives out; of what has arrived only its reference is kept, for a day.
 */
const database = 'vcas';
const algorithm = 'AES-GCM';
const keepArrived = 24 * 3600_000;
const keepUnfinished = 7 * 24 * 3600_000;

let opened;
let writing = Promise.resolve();

/** Tells pages that something here has changed. */
export const changes = new EventTarget();

/**
 * Keeps something true to what is on this phone: at once, and again after each change, one after the other. It listens before it looks, so that
 * nothing that happens meanwhile is missed. Gives what ends it.
 */
export async function follow(refresh) {
  let last = Promise.resolve();
  const again = () => { last = last.catch(() => {}).then(refresh); return last; };
  changes.addEventListener('change', again);
  await again();
  return () => changes.removeEventListener('change', again);
}

/** What an offer on this phone can be. */
export const State = Object.freeze({ unfinished: 'unfinished', waiting: 'waiting', refused: 'refused', arrived: 'arrived' });

/**
 * Writes an offer down. `content` is sealed; leave it out to forget what was written before. Writes follow one another; a function is asked
 * for the content when its turn has come.
 */
export function write(id, state, content, open = {}) {
  writing = writing.catch(() => {}).then(async () => {
    const row = { id, state, at: Date.now(), ...open };
    if (content !== undefined) Object.assign(row, await seal(typeof content === 'function' ? content() : content));
    await request('offers', 'readwrite', store => store.put(row));
    changes.dispatchEvent(new Event('change'));
  });
  return writing;
}

/** All offers on this phone, newest first, with their content opened. */
export async function all() {
  await writing.catch(() => {});
  const rows = await request('offers', 'readonly', store => store.getAll());
  const opened = await Promise.all(rows.map(async ({ iv, sealed, ...row }) => ({ ...row, content: sealed ? await open(iv, sealed) : undefined })));
  return opened.sort((one, other) => other.at - one.at);
}

/** One of them. */
export const find = async id => (await all()).find(offer => offer.id === id);

/** Takes one off this phone. */
export async function remove(id) {
  await writing.catch(() => {});
  await request('offers', 'readwrite', store => store.delete(id));
  changes.dispatchEvent(new Event('change'));
}

/** Takes off what nobody needs any more. What waits to be sent is never taken off by itself. */
export async function tidy(now = Date.now()) {
  for (const { id, state, at } of await request('offers', 'readonly', store => store.getAll())) {
    const keep = state === State.arrived ? keepArrived : state === State.unfinished ? keepUnfinished : Infinity;
    if (now - at > keep) await remove(id);
  }
}

async function seal(content) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt({ name: algorithm, iv }, await key(), new TextEncoder().encode(JSON.stringify(content))) };
}

async function open(iv, sealed) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: algorithm, iv }, await key(), sealed)));
}

// The key is an object that the browser stores and nobody can read, not even this code.
async function key() {
  const known = await request('keys', 'readonly', store => store.get('offers'));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: algorithm, length: 256 }, false, ['encrypt', 'decrypt']);
  // Another tab may have been quicker: the first key stays.
  await request('keys', 'readwrite', store => store.add(made, 'offers')).catch(() => {});
  return request('keys', 'readonly', store => store.get('offers'));
}

function connect() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(database, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('offers', { keyPath: 'id' });
      asked.result.createObjectStore('keys');
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function request(store, mode, work) {
  const connection = await connect();
  return new Promise((resolve, reject) => {
    const transaction = connection.transaction(store, mode);
    const asked = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error);
  });
}
