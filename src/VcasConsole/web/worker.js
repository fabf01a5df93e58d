/**
 * Keeps the pages on the phone, so that the form opens without signal. `shell`, the files with their digests and their version, is put in
 * front of this by the app. The API is never kept and never asked: nothing of a household stands in this cache, and nothing is sent from
 * here, for a worker doesn't know who is signed in. What waits to be sent is sent by a page, as whoever recorded it (outbox.js).
 */
const cacheName = `console-${shell.version}`;
const settingsPath = '/console/settings.json';

self.addEventListener('install', event => event.waitUntil((async () => {
  const cache = await caches.open(cacheName);
  // Past the browser's own cache: every file of one version, and each what the app made. A network's sign-in page answers for any
  // address.
  await Promise.all(Object.entries(shell.files).map(async ([name, digest]) => {
    await cache.put(`/console/${name}`, await genuine(`/console/${name}`, digest));
  }));
  await freshest(new Request(settingsPath, { cache: 'no-cache' }));
  await self.skipWaiting();
})()));

self.addEventListener('activate', event => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('console-') && name !== cacheName) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || !url.pathname.startsWith('/console')) return;
  // Teams' way out is a page of the app's own, not one of these.
  if (url.pathname.startsWith('/console/teams/')) return;
  if (url.pathname === settingsPath) event.respondWith(freshest(event.request));
  else if (event.request.mode === 'navigate') event.respondWith(kept(new Request('/console/shell.html')));
  else event.respondWith(kept(event.request));
});

async function kept(request) {
  const cache = await caches.open(cacheName);
  return await cache.match(request) ?? fetch(request);
}

async function genuine(url, digest) {
  const answer = await fetch(url, { cache: 'no-cache', redirect: 'error' });
  const found = hex(await crypto.subtle.digest('SHA-256', await answer.clone().arrayBuffer()));
  if (!answer.ok || found !== digest) throw new Error('This is not the file that the app made.');
  return answer;
}

const hex = bytes => [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('');

async function freshest(request) {
  const cache = await caches.open(cacheName);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(4000), redirect: 'error' });
    if (!answer.ok || typeof (await answer.clone().json()).authority !== 'string') throw new Error('These are not the settings.');
    await cache.put(settingsPath, answer.clone());
    return answer;
  } catch {
    return await cache.match(settingsPath) ?? Response.error();
  }
}
