import workerpool from "workerpool";

const URL_OF_WORKER = new URL("workers/workerpool.js", import.meta.url).href;

export const open = (workers) => {
  const pool = workerpool.pool(URL_OF_WORKER, {
    minWorkers: workers,
    maxWorkers: workers,
    workerType: "web",
    workerOpts: { type: "module" },
  });
  return {
    run: (n) => pool.exec("tiny", [n]),
    read: (bytes, step, transfer) =>
      pool.exec("read", [bytes, step], { transfer: transfer ? [bytes.buffer] : [] }),
    close: () => pool.terminate(true),
  };
};
