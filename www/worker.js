// The beginning of every worker: a process, the coordinator of a pool of threads, or one of
// those threads, as its first message says. All further messages are handled in Rust: see
// src/compute. The build makes one file of this and what it imports.
import init, { initThreadPool, serve, wbg_rayon_start_worker } from "./compute.js";

// Before anything is loaded: so the page can tell a browser that starts no more workers from one
// that is slow.
postMessage({ starting: "begun" });

const failed = (what) => postMessage({ failed: String(what) });

// Where a thread says why it stopped: its coordinator waits for it, deaf to messages.
let channel;

// The lock by which this worker is watched, if it is.
let lock;

addEventListener("message", async ({ data }) => {
  const { module, image, receiver, threads, base } = data;
  channel = data.channel;
  try {
    // Without a compiled module the worker fetches and compiles its own.
    const memory = image ? copyOf(image) : data.memory;
    await init({ module_or_path: module, memory });
    lock = data.lock;
    // A thread that serves its pool hears nothing any more.
    if (lock) await heldForLife(lock);
    postMessage({ starting: "ready" });
    if (receiver !== undefined) return serveThread(receiver);
    // This worker is the first thread of its pool.
    if (threads > 1) await initThreadPool(threads - 1);
    serve(base, threads);
  } catch (error) {
    failed(error?.message ?? error);
  }
}, { once: true });

// Takes a lock and keeps it. The browser releases it when this worker is gone, which nothing else tells: not
// a worker that closes itself, nor one that ran out of memory.
function heldForLife(name) {
  return new Promise((held) => {
    const granted = () => {
      postMessage({ starting: "locked", lock: name });
      held();
      return new Promise(() => {});
    };
    // Where there are no locks, nobody is watched.
    (navigator.locks?.request(name, granted) ?? Promise.reject()).catch(held);
  });
}

// A memory with the bytes of another process's: the program finds its data there, as it was.
function copyOf(image) {
  const initial = image.byteLength / 65536;
  const memory = largestMemory({ initial, maximum: 16384, shared: true });
  new Uint8Array(memory.buffer).set(image);
  return memory;
}

// Blocks for as long as the thread lives.
function serveThread(receiver) {
  try {
    wbg_rayon_start_worker(receiver);
  } catch (error) {
    // It has closed itself, on purpose and without a word: see src/compute/faults.rs.
    if (error?.message === "[closed]") return;
    new BroadcastChannel(channel).postMessage(String(error?.message ?? error));
  }
}

// The threads of this pool, kept from their creation on: Firefox ends a worker that nothing
// refers to (https://bugzilla.mozilla.org/show_bug.cgi?id=1592227).
const pool = [];

// Called by wasm-bindgen-rayon, in place of its own, which keeps its workers only once all of
// them are ready, and says nothing of those that are not.
async function startWorkers(module, memory, builder) {
  const receiver = builder.receiver();
  await Promise.all(Array.from({ length: builder.numThreads() }, (_, at) => new Promise((ready) => {
    const thread = new Worker(import.meta.url, { type: "module" });
    pool.push(thread);
    thread.onmessage = ({ data }) => {
      // The page hears how far each thread is, and why it is no further.
      postMessage(data);
      if (data.starting === "ready") ready();
    };
    thread.onerror = (event) => failed(event.message || "the script of a thread could not be loaded");
    thread.postMessage({ module, memory, receiver, channel, lock: lock && `${lock}-${at}` });
  })));
  builder.build();
}
