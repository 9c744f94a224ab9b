// What a script gets from playground.pool(): a pool and its futures, as Python's concurrent.futures has them.
// Here is only what is JavaScript's own, promises and iteration; what decides is in Rust (src/pool).

// A pool that has no core yet, and how it hears of what becomes of its tasks.
export function createPool() {
  const pool = new ProcessPool();
  const attach = (core) => { openPools.add(pool); coreOf.set(pool, core); };
  return { pool, hear: (...news) => hear(pool, ...news), attach };
}

// Those that are not closed. Chromium keeps a page for the way back with workers that were ended, as long as they
// compute; but it drops a page that a message comes for.
const openPools = new Set();
addEventListener("pagehide", () => {
  if (openPools.size === 0) return;
  const [here, there] = Array(2).fill(String(Math.random())).map((name) => new BroadcastChannel(name));
  here.onmessage = () => {};
  there.postMessage("left");
  addEventListener("pageshow", () => { here.close(); there.close(); }, { once: true });
});

const coreOf = new WeakMap();
const futuresOf = new WeakMap();
// The promise that settles once the pool is closed, and how to settle it.
const closingOf = new WeakMap();

class ProcessPool {
  // Why it takes no more tasks, where no worker can be had.
  #broken = null;
  // How many workers the browser gives, where that is fewer than were asked for.
  #limit = null;
  // What it was at when it closed.
  #last = null;

  constructor() {
    futuresOf.set(this, new Map());
    closingOf.set(this, Promise.withResolvers());
  }

  // Submits a call; gives its future.
  submit(call, options) {
    return this.#submit([call], options, ([came]) => answerOf(came));
  }

  #submit(calls, options, read) {
    const id = coreOf.get(this).submit(calls, options);
    const future = new Future(coreOf.get(this), id, read);
    const early = futuresOf.get(this).get(id);
    futuresOf.get(this).set(id, future);
    if (early) hear(this, "settled", id, ...early);
    return future;
  }

  // Submits all calls, `chunkSize` in a task; gives their answers in the order of the calls. With a
  // `bufferSize` no more than so many tasks are submitted ahead of the answer that is waited for.
  map(calls, options = {}) {
    const { chunkSize = 1, bufferSize = Infinity, waitMs, ...each } =
      known(options, ["chunkSize", "bufferSize", "waitMs", "timeoutMs", "repeatable"]);
    whole("chunkSize", chunkSize, 1, 4096);
    if (bufferSize !== Infinity) whole("bufferSize", bufferSize, 1, 100000);
    const until = deadline(waitMs);
    const left = chunksOf(listed("calls", calls), chunkSize);
    const waiting = [];
    const submitNext = () => {
      const { value: chunk, done } = left.next();
      if (!done) waiting.push(this.#submit(chunk, each, (answers) => answers));
      return !done;
    };
    const cancelAll = () => waiting.forEach((future) => future.cancel());
    try {
      while (waiting.length < bufferSize && submitNext());
    } catch (error) {
      cancelAll();
      throw error;
    }
    return (async function* () {
      try {
        while (waiting.length > 0) {
          const answers = await waiting[0].result({ waitMs: until() });
          waiting.shift();
          submitNext();
          for (const came of answers) yield answerOf(came);
        }
      } finally {
        cancelAll();
      }
    })();
  }

  // The futures in the order in which they settle; those that have settled come first.
  async *asCompleted(futures, options = {}) {
    const until = deadline(known(options, ["waitMs"]).waitMs);
    const left = new Set(futuresIn(futures));
    const all = left.size;
    const settled = [];
    let wake = () => {};
    for (const future of left) future.addDoneCallback(() => { settled.push(future); wake(); });
    while (left.size > 0) {
      if (settled.length === 0) {
        const more = new Promise((resolve) => { wake = resolve; });
        await inTime(more, until(), () => `${left.size} of ${all} futures have not settled.`);
      }
      for (const future of settled.splice(0)) {
        left.delete(future);
        yield future;
      }
    }
  }

  // Waits for futures; gives those that have settled and those that have not.
  async wait(futures, options = {}) {
    const { waitMs, returnWhen = "all-completed" } = known(options, ["waitMs", "returnWhen"]);
    const words = ["all-completed", "first-completed", "first-exception"];
    if (!words.includes(returnWhen)) throw invalid("returnWhen", `give one of ${words.join(", ")}.`);
    const until = deadline(waitMs);
    const all = new Set(futuresIn(futures));
    const enough = new Promise((resolve) => {
      let left = all.size;
      const note = (future) => {
        left -= 1;
        const isFirst = returnWhen === "first-completed"
          || (returnWhen === "first-exception" && future.failed());
        if (left === 0 || isFirst) resolve();
      };
      if (left === 0) resolve();
      for (const future of all) future.addDoneCallback(note);
    });
    // That it took too long is no error: the sets say so.
    await inTime(enough, until(), () => "").catch(() => {});
    const settled = new Set([...all].filter((future) => future.done()));
    return { done: settled, notDone: new Set([...all].filter((future) => !settled.has(future))) };
  }

  // Takes no more tasks. With `cancelFutures`, those that wait are cancelled; with `wait`, this settles
  // once all others have settled and the last worker is ended.
  async shutdown(options = {}) {
    const { wait = true, cancelFutures = false } = known(options, ["wait", "cancelFutures"]);
    flag("wait", wait);
    flag("cancelFutures", cancelFutures);
    coreOf.get(this).shutDown(cancelFutures, false);
    if (wait) await closingOf.get(this).promise;
  }

  // Ends all workers at once, whatever they run, cancels all futures, and shuts down.
  async terminateWorkers() {
    coreOf.get(this).shutDown(true, true);
    await closingOf.get(this).promise;
  }

  // Changes how many workers there may be. Those that are too many end once they have nothing to do.
  resize(workers) {
    coreOf.get(this).resize(workers);
    this.#limit = null;
  }

  // What it is at: workers, busy, queued, mostWorkers, started, lost, repeated; `limit` is how many workers
  // the browser gives where that is fewer than were asked for, and `broken` the error of a pool that
  // takes no more tasks.
  get state() {
    return { ...(this.#last ?? coreOf.get(this).state()), limit: this.#limit, broken: this.#broken };
  }

  static note(pool, news, what) {
    if (news === "limited") pool.#limit = what;
    else if (news === "closed") pool.#last = what;
    else pool.#broken = what;
  }

  [Symbol.asyncDispose]() { return this.shutdown(); }
}

class Future {
  #core;
  #id;
  #read;
  #state = "pending";
  #error = null;
  #value;
  #callbacks = [];
  #settling = Promise.withResolvers();

  constructor(core, id, read) {
    this.#core = core;
    this.#id = id;
    this.#read = read;
    // Nobody has to wait for it, as in Python.
    this.#settling.promise.catch(() => {});
  }

  // "pending", "running", "cancelled" or "finished".
  get state() {
    return this.#state === "pending" && this.#core.isRunning(this.#id) ? "running" : this.#state;
  }

  running() { return this.state === "running"; }
  cancelled() { return this.#state === "cancelled"; }
  done() { return this.#state === "cancelled" || this.#state === "finished"; }
  failed() { return this.#state === "finished" && this.#error !== null; }

  // Cancels the task where it has not started; whether it did, or had done before.
  cancel() { return this.cancelled() || this.#cancelledBy(this.#core.cancel(this.#id)); }

  // Cancels the task, and ends its worker where it has started; whether it was still to settle.
  terminate() { return this.#cancelledBy(this.#core.terminate(this.#id)); }

  // In a callback of another future the news comes only after that: this counts at once.
  #cancelledBy(did) {
    if (did) this.#state = "cancelled";
    return did;
  }

  // Settles with what the task came to; rejects with what it failed with, or TimedOut after `waitMs`, which
  // ends nothing.
  async result(options = {}) {
    const { waitMs } = known(options, ["waitMs"]);
    return inTime(this.#settling.promise, deadline(waitMs)(), () => "The future has not settled.");
  }

  // Settles with the error that the task failed with, or null; rejects where it was cancelled.
  async exception(options = {}) {
    const { waitMs } = known(options, ["waitMs"]);
    const failed = (error) => (this.cancelled() ? Promise.reject(error) : error);
    const settled = this.#settling.promise.then(() => null, failed);
    return inTime(settled, deadline(waitMs)(), () => "The future has not settled.");
  }

  // Calls `callback` with this future once it has settled; at once where it has. What it throws is reported
  // and keeps no other from being called.
  addDoneCallback(callback) {
    if (typeof callback !== "function") throw invalid("callback", "give a function.");
    if (this.done()) this.#call(callback);
    else this.#callbacks.push(callback);
  }

  #call(callback) {
    try {
      callback(this);
    } catch (error) {
      reportError(error);
    }
  }

  static settle(future, error, answers) {
    try {
      if (error) throw error;
      future.#value = future.#read(answers);
      future.#state = "finished";
      future.#settling.resolve(future.#value);
    } catch (thrown) {
      future.#error = thrown;
      future.#state = thrown.name === "Cancelled" ? "cancelled" : "finished";
      future.#settling.reject(thrown);
    }
    for (const callback of future.#callbacks.splice(0)) future.#call(callback);
  }
}

function hear(pool, news, ...about) {
  if (news === "settled") {
    const [id, error, answers] = about;
    const future = futuresOf.get(pool).get(id);
    futuresOf.get(pool).delete(id);
    if (future) Future.settle(future, error, answers);
    // It settled before submit() knew its number: it could not be sent.
    else futuresOf.get(pool).set(id, [error, answers]);
  } else if (news === "closed") {
    ProcessPool.note(pool, news, about[0]);
    openPools.delete(pool);
    closingOf.get(pool).resolve();
  } else {
    ProcessPool.note(pool, news, about[0]);
  }
}

function answerOf({ answer, error }) {
  if (error) throw error;
  return answer;
}

function* chunksOf(calls, size) {
  let chunk = [];
  for (const call of calls) {
    if (chunk.push(call) < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function futuresIn(futures) {
  const all = [...listed("futures", futures)];
  if (!all.every((future) => future instanceof Future)) throw invalid("futures", "give futures.");
  return all;
}

// How long is left of `waitMs`, whenever that is asked; undefined where there is no limit.
function deadline(waitMs) {
  if (waitMs === undefined) return () => undefined;
  if (typeof waitMs !== "number" || !(waitMs >= 0)) {
    throw invalid("waitMs", "give a number of milliseconds, 0 or more.");
  }
  const end = performance.now() + waitMs;
  return () => Math.max(0, end - performance.now());
}

async function inTime(promise, waitMs, what) {
  if (waitMs === undefined) return promise;
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(failure("TimedOut", what())), Math.min(waitMs, 2 ** 31 - 1));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function known(options, keys) {
  if (typeof options !== "object" || options === null) throw invalid("options", "give an object.");
  for (const key of Object.keys(options)) {
    if (!keys.includes(key)) throw invalid(key, `there is no such key. Use ${keys.join(", ")}.`);
  }
  return options;
}

function whole(key, value, min, max) {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalid(key, `give a whole number from ${min} to ${max}.`);
  }
}

function listed(key, value) {
  if (typeof value?.[Symbol.iterator] === "function") return value;
  throw invalid(key, "give an array or another iterable.");
}

function flag(key, value) {
  if (typeof value !== "boolean") throw invalid(key, "give true or false.");
}

function invalid(key, what) {
  return failure("InvalidInput", `${key}: ${what}`);
}

function failure(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}
