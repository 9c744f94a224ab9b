// The part of the service worker that answers the requests of the workloads, for every model
// alike. Each request names its run, so that the page can end all that are still under way.

const MAX_DELAY_MS = 10_000; // as in src/workloads/request.rs
const MAX_BYTES = 1 << 20;
const MAX_COUNT = 1000;
const MAX_READ_BYTES = 8_000_000; // as in src/workloads/urls.rs
const LONGEST_MS = 30_000; // as in src/workloads/no_answer.rs

/** What became of a request. Every answer says it in this header: a host that sends its first
 *  page for whatever it does not know must not pass for an answer. */
const OUTCOME = "playground-outcome"; // as in src/workloads/no_answer.rs

const ENDPOINTS = { "io/delay/": delayed, "io/bodies": makeBodies, "io/database/": lookUp, "io/url": ask };

/** The promise of an answer to a request for `path`, or nothing where none is due here. */
function answer(path, params) {
  const begin = Object.keys(ENDPOINTS).find((begin) => path.startsWith(begin));
  return begin && endable(params.get("run") ?? "", (signal) =>
    ENDPOINTS[begin](path.slice(begin.length), params, signal));
}

const underWay = new Map(); // from what ends a request to the request's run
const ended = []; // the names of runs that are over
const bodies = new Map(); // from the name of a run to the bodies of its answers

/** Ends all requests whose run begins with `name`. A name of a whole run, or of a model's part
 *  of it, ends in a full stop: what is asked under it later is refused. */
function endRequests(name) {
  if (name.endsWith(".")) ended.push(name);
  bodies.delete(name);
  for (const [controller, run] of underWay) if (run.startsWith(name)) controller.abort();
}

async function endable(run, answered) {
  // Chromium does not tell a service worker that nobody waits for an answer any more.
  const controller = new AbortController();
  if (ended.some((name) => run.startsWith(name))) return Response.error();
  underWay.set(controller, run);
  try {
    return await answered(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) return Response.error();
    return outcome(`refused ${String(error?.message ?? error).replace(/[^ -~]/g, "?")}`);
  } finally {
    underWay.delete(controller);
    // Whatever has not been read of an answer is not wanted, and its connection is let go.
    controller.abort();
  }
}

const outcome = (what, body = null) => new Response(body, {
  headers: { "content-type": "application/octet-stream", "cache-control": "no-store", [OUTCOME]: what, ...HEADERS },
});

/** io/delay/<ms>?bytes=&seed=&i= : byte j is r(seed + i, j) >> 56, after <ms> ms. */
async function delayed(text, params, signal) {
  const begun = performance.now();
  const ms = wholeNumber(text, MAX_DELAY_MS);
  const { bytes, seed, i } = numbers(params);
  if ([ms, bytes, seed, i].includes(undefined)) return outcome("status 400");
  let body = bodies.get(runOf(params))?.[i];
  if (!body) {
    // Requests that came together are all seen to have come before any body is made,
    // and what making it takes is part of the time asked for.
    await sleep(0, signal);
    body = randomBytes(seed + i, bytes);
  }
  const left = ms - (performance.now() - begun);
  if (left > 0) await sleep(left, signal);
  return outcome("answered", body);
}

/** io/bodies?bytes=&seed=&count= : makes the bodies of a whole run beforehand, as it takes too
 *  long to do while it is measured. The browser hands out a blob without this thread's help. */
async function makeBodies(_, params, signal) {
  const { bytes, seed, count } = numbers(params);
  if ([bytes, seed, count].includes(undefined)) return outcome("status 400");
  const made = [];
  for (let i = 0; i < count; i += 1) {
    made.push(new Blob([randomBytes(seed + i, bytes)]));
    await sleep(0, signal);
  }
  bodies.set(runOf(params), made);
  return outcome("answered");
}

/** io/database/<table>?i= : record i of what src/browser/database.rs has stored. */
async function lookUp(table, params) {
  const { i } = numbers(params);
  const store = (await database()).transaction(table).objectStore(table);
  const record = i === undefined ? undefined : await settled(store.get(i));
  return record ? outcome("answered", record) : outcome("status 404");
}

/** io/url?to=&most= : what is at the address `to`. It is asked here because a blocking request
 *  cannot be kept from the browser's cache, which lends one answer to several requests or has
 *  them wait for one another; and because it is bounded, and ended, here. */
async function ask(_, params, signal) {
  const to = new URL(params.get("to"));
  const most = wholeNumber(params.get("most"), MAX_READ_BYTES) ?? 0;
  const own = to.href.startsWith(registration.scope) && to.href.slice(registration.scope.length);
  // A service worker's own requests do not come by way of it.
  const answered = own && answer(own.split(/[?#]/)[0], to.searchParams);
  if (answered) return answered;
  const inTime = AbortSignal.timeout(LONGEST_MS);
  try {
    const response = await fetch(to, { cache: "no-store", signal: AbortSignal.any([signal, inTime]) });
    if (!response.ok) return outcome(`status ${response.status}`);
    const body = await readAtMost(most, response.body);
    return body ? outcome("answered", body) : outcome("too-long");
  } catch (error) {
    if (inTime.aborted) return outcome("late");
    throw error;
  }
}

/** All that `stream` brings, or nothing as soon as that is more than `most` bytes. */
async function readAtMost(most, stream) {
  const parts = [];
  const reader = stream?.getReader();
  for (let length = 0; reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) return undefined;
    parts.push(value);
  }
  return new Blob(parts);
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

const sleep = (ms, signal) => new Promise((resolve, reject) => {
  setTimeout(resolve, ms);
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
});

/** The name of the whole run, of which that in `params` is a part. */
const runOf = (params) => `${(params.get("run") ?? "").split(".")[0]}.`;

const numbers = (params) => ({
  bytes: wholeNumber(params.get("bytes") ?? "0", MAX_BYTES),
  seed: wholeNumber(params.get("seed") ?? "0", Number.MAX_SAFE_INTEGER - MAX_COUNT),
  i: wholeNumber(params.get("i") ?? "0", MAX_COUNT),
  count: wholeNumber(params.get("count") ?? "0", MAX_COUNT),
});

function wholeNumber(text, max) {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return number <= max ? number : undefined;
}

/** SplitMix64 as a counter, the top byte of each value (see src/workloads/splitmix.rs), in halves
 *  of 32 bits: with BigInt a megabyte takes ten times as long. */
function randomBytes(seed, length) {
  const body = new Uint8Array(length);
  let low = seed | 0; // Modulo 2³².
  let high = Math.floor(seed / 2 ** 32) | 0;
  for (let j = 0; j < length; j += 1) {
    const sum = (low >>> 0) + 0x7f4a7c15;
    low = sum | 0;
    high = (high + 0x9e3779b9 + (sum > 0xffffffff ? 1 : 0)) | 0;
    let l = low ^ ((low >>> 30) | (high << 2));
    let h = high ^ (high >>> 30);
    h = (timesHigh(l, 0x1ce4e5b9) + Math.imul(l, 0xbf58476d) + Math.imul(h, 0x1ce4e5b9)) | 0;
    l = Math.imul(l, 0x1ce4e5b9);
    l ^= (l >>> 27) | (h << 5);
    h ^= h >>> 27;
    // The last step of SplitMix64 leaves the top byte as it is.
    body[j] = (timesHigh(l, 0x133111eb) + Math.imul(l, 0x94d049bb) + Math.imul(h, 0x133111eb)) >>> 24;
  }
  return body;
}

/** The high half of the product of two unsigned numbers of 32 bits. */
function timesHigh(a, b) {
  const a0 = a & 0xffff, a1 = a >>> 16, b0 = b & 0xffff, b1 = b >>> 16;
  const mid = Math.imul(a1, b0) >>> 0;
  const other = Math.imul(a0, b1) >>> 0;
  const carry = (mid & 0xffff) + (other & 0xffff) + (Math.imul(a0, b0) >>> 16);
  return (Math.imul(a1, b1) + (mid >>> 16) + (other >>> 16) + (carry >>> 16)) | 0;
}
