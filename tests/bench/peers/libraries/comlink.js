// Comlink has no pool: tasks are dealt to its workers in turn.
import { transfer as transferring, wrap } from "comlink";

const URL_OF_WORKER = new URL("workers/comlink.js", import.meta.url);

export const open = (workers) => {
  const started = Array.from({ length: workers }, () => new Worker(URL_OF_WORKER, { type: "module" }));
  const proxies = started.map((worker) => wrap(worker));
  let turn = 0;
  const next = () => proxies[turn++ % workers];
  return {
    run: (n) => next().tiny(n),
    read: (bytes, step, transfer) =>
      next().read(transfer ? transferring(bytes, [bytes.buffer]) : bytes, step),
    close: () => started.forEach((worker) => worker.terminate()),
  };
};
