// The page's service worker does two things: it adds the headers that isolate the page where its
// host does not, and it answers the requests of the workloads (answering.js). It keeps nothing.
// Whatever else is in its scope is not this site's and is left alone: at the root of a domain that
// is every other page there.

importScripts("answering.js");

// What the site is made of, by paths relative to it. Tests compare it with the build.
const PAGES = ["", "index.html"];
const FILES = [
  "answering.js", "app.js", "app_bg.wasm", "app_deferred.wasm", "boot.js", "code.css", "deferred.css", "guide.css",
  "icon.svg", "isolation.js", "models.css", "not_started.js", "pool.js", "print.css", "site.css", "style.css", "sw.js",
  "pitfalls/named.js", "pitfalls/program.js", "pitfalls/receiver.js", "pitfalls/values.js",
  "primitives/process.js",
  "compute/compute.js", "compute/compute_bg.wasm", "compute/worker.js",
];
// Of these the rest of the name changes with the build.
const FOLDERS = ["compute/snippets/wasm-bindgen-rayon-", "snippets/concurrency-playground-"];

// What the page loads of the guide; its static pages need no service worker.
const CHAPTER = /^guide\/[a-z-]+(\.recorded)?\.postcard$/;

const isOurs = (path) =>
  FILES.includes(path) || CHAPTER.test(path) || FOLDERS.some((folder) => path.startsWith(folder));

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("message", ({ data }) => {
  // A page that was reloaded past its service worker asks to be taken back.
  if (data === "claim") clients.claim();
  if (data?.over) endRequests(data.over);
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  const { searchParams } = new URL(request.url);
  const path = request.url.slice(registration.scope.length).split(/[?#]/)[0];
  if (request.mode === "navigate") {
    // Static pages of the guide need no isolation.
    if (PAGES.includes(path)) event.respondWith(isolated(request));
    return;
  }
  const answered = answer(path, searchParams);
  if (answered) event.respondWith(answered);
  else if (isOurs(path)) event.respondWith(isolated(request));
});

const HEADERS = {
  "cross-origin-embedder-policy": "require-corp",
  // Course pages that are isolated themselves may embed this one.
  "cross-origin-resource-policy": "cross-origin",
};

async function isolated(request) {
  // Names carry no hash, so that a new file must never meet an old one.
  const response = await fetch(request, { cache: "no-cache" });
  // An opaque answer, or a redirect to follow, cannot be rebuilt.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  if (request.destination === "iframe") {
    // Isolates a frame inside a page that is not (Chromium).
    headers.set("document-isolation-policy", "isolate-and-credentialless");
  } else if (request.mode === "navigate") {
    headers.set("cross-origin-opener-policy", "same-origin");
  }
  // A body is not allowed for these, not even an empty one.
  const body = [204, 205, 304].includes(response.status) ? null : response.body;
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}
