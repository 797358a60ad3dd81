//! The service worker: after the first visit the page opens without a network, and never with parts of two releases.
//!
//! The build (xtask/offline.mjs) fills in the release: its version, and each file with its digest. All files of a release
//! are fetched before it is used; a file that is not the one of this release, because a server is between two releases,
//! ends the installation, and the browser tries again later.
const { version, files } = RELEASE;

const scope = self.registration.scope;
// Other pages of this origin have caches too: only those with this beginning are ours.
const ours = `scp-playground ${scope} `;
const cacheName = ours + version;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(scope)) event.respondWith(answer(event.request));
});
// The person has been asked: the page that they look at is loaded again afterwards.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

/** Where a file lies: as the page asks for it. */
const address = (name) => (name === "index.html" ? scope : `${scope}${name}?v=${version}`);

async function install() {
  const cache = await caches.open(cacheName);
  await Promise.all(Object.entries(files).map(async ([name, integrity]) => cache.put(address(name), await load(name, integrity))));
}

async function load(name, integrity) {
  // The address of the page itself says nothing about its release, so what the browser remembers of it does not count.
  const first = name === "index.html" ? "no-cache" : "default";
  const response = await fetch(address(name), { integrity, cache: first }).catch(() => fetch(address(name), { integrity, cache: "reload" }));
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${name}`);
  // A redirected answer may not be shown as a page.
  const { status, headers } = response;
  return new Response(await response.blob(), { status, headers });
}

async function activate() {
  const releases = (await caches.keys()).filter((name) => name.startsWith(ours));
  // Pages of the release before may still be open and want the rest of their parts.
  const stay = new Set([cacheName, releases.filter((name) => name !== cacheName).at(-1)]);
  await Promise.all(releases.filter((name) => !stay.has(name)).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request) {
  const url = new URL(request.url);
  const name = url.href.slice(scope.length).replace(/[?#].*/s, "") || "index.html";
  const wanted = url.searchParams.get("v") ?? version;
  if (request.mode !== "navigate" || name === "index.html") {
    const kept = name in files && wanted === version ? await inRelease(name) : await caches.match(url.href);
    if (kept) return kept;
  }
  return fetch(request);
}

async function inRelease(name) {
  return (await caches.open(cacheName)).match(address(name));
}
