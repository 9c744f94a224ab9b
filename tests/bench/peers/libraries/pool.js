// The playground's own pool, used as the libraries are: a call, a promise and a message for each task.
import { tiny } from "../task.js";

/** A task that computes nothing but a number. */
const CALL = {
  workload: "custom",
  params: { tasks: 1, computeUnits: 0, waitMs: 0, payloadBytes: 0 },
};

let digest;

export const open = (workers) => {
  const opening = playground.pool({ workers, start: "at-once" });
  return {
    run: async (n) => {
      const pool = await opening;
      const answer = await pool.submit(CALL).result();
      digest ??= answer.digest;
      if (answer.digest !== digest) throw new Error(`the answer is ${answer.digest}`);
      return tiny(n);
    },
    close: async () => (await opening).shutdown(),
  };
};
