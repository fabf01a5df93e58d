/**
 * Keeps the pages on the phone, so that the form opens without signal. `shell`, the list of files and their version, is put in front of this
 * by the app. The API is never kept: nothing of a household stands in this cache.
 */
const cacheName = `console-${shell.version}`;
const settingsPath = '/console/settings.json';

self.addEventListener('install', event => event.waitUntil((async () => {
  const cache = await caches.open(cacheName);
  // Past the browser's own cache: every file of one version.
  await cache.addAll([...shell.files.map(name => `/console/${name}`), settingsPath].map(url => new Request(url, { cache: 'no-cache' })));
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

async function freshest(request) {
  const cache = await caches.open(cacheName);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(4000) });
    if (answer.ok) await cache.put(settingsPath, answer.clone());
    return answer;
  } catch {
    return await cache.match(settingsPath) ?? Response.error();
  }
}
