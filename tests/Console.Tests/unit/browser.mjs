/** As much of a browser as what is kept on a phone needs: a storage that can be full or shut, a tab, an API that answers as a test says. */
import { readFileSync } from 'node:fs';

const web = new URL('../../../src/VcasConsole/web/', import.meta.url);

export const phone = { isFull: false, isShut: false, tables: new Map() };
export const asked = [];
export const said = [];
let answers = () => undefined;

/** What the API answers: gets method, path, body and the bearer; gives `{ status, type, body }`, or throws. */
export const answerWith = answer => { answers = answer; };

/** Somebody signs in, and the API has given them their key; nobody where null. */
export function signIn(id, hasKey = true) {
  tab.clear();
  if (!id) return;
  tab.set('vcas.tokens', JSON.stringify({ access: `token of ${id}`, expiresAt: Date.now() + 3_600_000, subject: id, name: id }));
  if (hasKey) tab.set('vcas.phoneKey', JSON.stringify({ of: id, secret: secretOf(id) }));
}

/** The secret that the API gives to this person. */
export const secretOf = id => Buffer.alloc(32, id.at(-1)).toString('base64');

/** The pages' modules. */
export const open = name => import(new URL(name, web));

// What is planned for later keeps no test waiting.
const { setTimeout } = globalThis;
globalThis.setTimeout = (...planned) => setTimeout(...planned).unref();

const tab = new Map();
const storageOf = map => ({
  getItem: key => map.get(key) ?? null, setItem: (key, value) => map.set(key, value), removeItem: key => map.delete(key),
});
const notice = { replaceChildren: (...children) => { if (children.length) said.push(children.map(child => child.text).join('')); } };
Object.assign(globalThis, {
  sessionStorage: storageOf(tab),
  localStorage: storageOf(new Map()),
  location: { pathname: '/console/', search: '', origin: 'http://localhost', assign() {} },
  addEventListener() {},
  removeEventListener() {},
  document: Object.assign(new EventTarget(), {
    visibilityState: 'visible', getElementById: () => notice,
    createElement: () => ({
      text: '', setAttribute() {}, addEventListener() {}, append(...children) { this.text = children.join(''); },
    }),
  }),
  fetch: async (path, options = {}) => {
    if (`${path}`.endsWith('texts.en.json')) return new Response(readFileSync(new URL('texts.en.json', web)));
    const request = {
      method: options.method ?? 'GET', path, body: options.body && JSON.parse(options.body), bearer: options.headers?.Authorization,
    };
    asked.push(request);
    const { status = 200, type = 'application/json; charset=utf-8', body, retryAfter } = await answers(request) ?? {};
    const headers = { 'Content-Type': type, ...(retryAfter ? { 'Retry-After': retryAfter } : {}) };
    return new Response(status === 204 ? null : typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  },
});
Object.defineProperty(globalThis, 'indexedDB', { get() {
  if (phone.isShut) throw new DOMException('no', 'SecurityError');
  return { open: () => later(asking => {
    asking.result = database;
    if (phone.tables.size === 0) asking.onupgradeneeded();
  }) };
} });

function later(work, transaction) {
  const asking = { transaction };
  setImmediate(() => {
    try {
      work(asking);
      asking.onsuccess?.();
    } catch (failure) {
      asking.error = failure;
      asking.onerror?.();
      transaction?.abort(failure);
    }
    transaction?.done();
  });
  return asking;
}

const database = {
  get objectStoreNames() { return [...phone.tables.keys()]; },
  createObjectStore: (name, options) => phone.tables.set(name, Object.assign(new Map(), options)),
  transaction(name) {
    if (phone.isShut) throw new DOMException('gone', 'InvalidStateError');
    const [table, before] = [phone.tables.get(name), new Map(phone.tables.get(name))];
    let open = 0;
    const transaction = {
      abort(error) {
        table.clear();
        for (const [key, value] of before) table.set(key, value);
        transaction.error = error;
        transaction.onabort?.();
        transaction.oncomplete = undefined;
      },
      done() { if (--open === 0) transaction.oncomplete?.(); },
      objectStore: () => ({
        get: key => ask(asking => { asking.result = table.get(key); }),
        getAll: () => ask(asking => { asking.result = [...table.values()]; }),
        put: row => ask(() => { write(row.id, row); }),
        add: (value, key) => ask(() => { write(key, value); }),
        delete: key => ask(() => table.delete(key)),
      }),
    };
    const write = (key, value) => {
      if (phone.isFull) throw new DOMException('full', 'QuotaExceededError');
      table.set(key, value);
    };
    const ask = work => { open++; return later(work, transaction); };
    return transaction;
  },
};
