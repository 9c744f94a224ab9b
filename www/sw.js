// The page's service worker does three things: it adds the headers that isolate the
// page where its host does not; it answers the requests of the workload "requests" after
// the time that they ask for; and it looks up records that the page has stored. It keeps
// nothing.

const MAX_DELAY_MS = 10_000; // as in src/workloads/request.rs
const MAX_BYTES = 1 << 20;
const MAX_COUNT = 1000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// A page that was reloaded past its service worker asks to be taken back.
addEventListener("message", ({ data }) => data === "claim" && clients.claim());

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  const behind = (path) => {
    const endpoint = new URL(path, registration.scope).pathname;
    return url.pathname.startsWith(endpoint) ? url.pathname.slice(endpoint.length) : undefined;
  };
  const [delay, table] = [behind("io/delay/"), behind("io/database/")];
  if (delay !== undefined) {
    event.respondWith(delayed(delay, url.searchParams));
  } else if (table !== undefined) {
    event.respondWith(lookedUp(table, url.searchParams));
  } else if (event.request.cache !== "only-if-cached" || event.request.mode === "same-origin") {
    // Chromium's developer tools make requests that may not be passed on.
    event.respondWith(isolated(event.request));
  }
});

/** io/delay/<ms>?bytes=&seed=&i= : byte j is r(seed + i, j) >> 56, after <ms> ms. */
async function delayed(text, params) {
  const begun = performance.now();
  const ms = wholeNumber(text, MAX_DELAY_MS);
  const bytes = wholeNumber(params.get("bytes") ?? "0", MAX_BYTES);
  const seed = wholeNumber(params.get("seed") ?? "0", Number.MAX_SAFE_INTEGER);
  const i = wholeNumber(params.get("i") ?? "0", MAX_COUNT);
  if ([ms, bytes, seed, i].includes(undefined)) {
    return new Response("A number is missing or out of its bounds.", { status: 400 });
  }
  // Requests that came together are all seen to have come before any body is made,
  // and what making it takes is part of the time asked for.
  await sleep(0);
  const body = randomBytes(BigInt(seed) + BigInt(i), bytes);
  const left = ms - (performance.now() - begun);
  if (left > 0) await sleep(left);
  return bytesResponse(body);
}

/** io/database/<table>?i= : record i of what src/browser/database.rs has stored. */
async function lookedUp(table, params) {
  const i = wholeNumber(params.get("i") ?? "", MAX_COUNT);
  try {
    const store = (await database()).transaction(table).objectStore(table);
    const record = i === undefined ? undefined : await settled(store.get(i));
    return record ? bytesResponse(record) : new Response("There is no such record.", { status: 404 });
  } catch (error) {
    return new Response(String(error?.message ?? error), { status: 404 });
  }
}

let opening; // A promise of the open database, while there is one.

function database() {
  opening ??= (async () => {
    const request = indexedDB.open("concurrency-playground");
    // The page makes it. One made here would be in its way.
    request.onupgradeneeded = () => request.transaction.abort();
    const opened = await settled(request);
    const forget = () => { opening = undefined; };
    // The page removes it after the run.
    opened.onversionchange = () => {
      opened.close();
      forget();
    };
    // The browser may, too, for want of room.
    opened.onclose = forget;
    return opened;
  })();
  opening.catch(() => { opening = undefined; });
  return opening;
}

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const bytesResponse = (body) => new Response(body, {
  headers: { "content-type": "application/octet-stream", "cache-control": "no-store", ...HEADERS },
});

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function wholeNumber(text, max) {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return number <= max ? number : undefined;
}

/** SplitMix64 as a counter, the top byte of each value. See src/workloads/splitmix.rs. */
function randomBytes(seed, length) {
  const body = new Uint8Array(length);
  const wrap = (value) => BigInt.asUintN(64, value);
  for (let j = 0; j < length; j += 1) {
    let z = wrap(seed + BigInt(j + 1) * 0x9e3779b97f4a7c15n);
    z = wrap((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = wrap((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    body[j] = Number((z ^ (z >> 31n)) >> 56n);
  }
  return body;
}

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
