// The beginning of every worker. The page's first message says what it is to be: a
// process, or the coordinator of a pool of threads. All further messages are
// handled in Rust: see src/compute. The build makes one file of this and what it imports.
import init, { initThreadPool, serve } from "./compute.js";

addEventListener("message", async ({ data: { module, threads, base, channel } }) => {
  try {
    // Without a compiled module the worker fetches and compiles its own.
    await init({ module_or_path: module });
    // This worker is the first thread of its pool.
    if (threads > 1) await initThreadPool(threads - 1);
    serve(base, threads, channel);
  } catch (error) {
    postMessage({ failed: String(error?.message ?? error) });
  }
}, { once: true });
