import { FixedThreadPool } from "poolifier-web-worker";

const URL_OF_WORKER = new URL("workers/poolifier.js", import.meta.url);

export const open = (workers) => {
  const pool = new FixedThreadPool(workers, URL_OF_WORKER);
  return {
    run: (n) => pool.execute(n, "tiny"),
    read: (bytes, step, transfer) =>
      pool.execute({ bytes, step }, "read", undefined, transfer ? [bytes.buffer] : []),
    close: () => pool.destroy(),
  };
};
