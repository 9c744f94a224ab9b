// The beginning of every worker: a process, the coordinator of a pool of threads, or one of
// those threads, as its first message says. All further messages are handled in Rust: see
// src/compute. The build makes one file of this and what it imports.
import init, { initThreadPool, serve, wbg_rayon_start_worker } from "./compute.js";

// Before anything is loaded: so the page can tell a browser that starts no more workers from one
// that is slow.
postMessage({ starting: "begun" });

// When a worker takes its lock that need not have it at its start: taking it would be some milliseconds of that.
const SOON_MS = 500;

const failed = (what) => postMessage({ failed: String(what) });

addEventListener("message", async ({ data }) => {
  const { module, image, receiver, threads, base, lock, isLockedAtStart } = data;
  try {
    // Without a compiled module the worker fetches and compiles its own.
    const memory = image ? copyOf(image) : data.memory;
    await init({ module_or_path: module, memory });
    if (lock && isLockedAtStart) await heldForLife(lock);
    else if (lock) setTimeout(heldForLife, SOON_MS, lock);
    postMessage({ starting: "ready" });
    if (receiver !== undefined) return wbg_rayon_start_worker(receiver);
    // This worker is the first thread of its pool.
    if (threads > 1) await initThreadPool(threads - 1);
    serve(base, threads);
  } catch (error) {
    // It has closed itself, on purpose and without a word: see src/compute/faults.rs.
    if (error?.message === "[closed]") return;
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

// Called by wasm-bindgen-rayon, in place of its own. The page has started the threads already, and sends them
// where to find this pool. Building it waits until they are there, and a page that does not hear of them in
// time ends this worker with them.
async function startWorkers(module, memory, builder) {
  postMessage({ pool: { memory, receiver: builder.receiver() } });
  builder.build();
}
