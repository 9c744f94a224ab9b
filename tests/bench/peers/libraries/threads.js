import { Pool, Transfer, Worker, spawn } from "threads";

// Given as text, the library would start it from a `blob:`, which the page's policy forbids.
const URL_OF_WORKER = new URL("workers/threads.js", import.meta.url);

export const open = (workers) => {
  const pool = Pool(() => spawn(new Worker(URL_OF_WORKER, { type: "module" })), workers);
  return {
    run: (n) => pool.queue((worker) => worker.tiny(n)),
    read: (bytes, step, transfer) =>
      pool.queue((worker) => worker.read(transfer ? Transfer(bytes, [bytes.buffer]) : bytes, step)),
    close: () => pool.terminate(true),
  };
};
