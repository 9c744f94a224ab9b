// Our own side, by the page's scripting interface: the measures of `measures.js`, and two that
// only we have. Each is a run, which starts a pool and warms it up by itself, and whose samples
// are of several computations in a row where one is too short for the clock.
import { PAYLOAD_BYTES, TASKS } from "./measures.js";

/** Fewer samples would be warned of. */
const REPEATS = 6;

/** Tasks that compute nothing but a number of a number. */
const tiny = (tasks) => ({ tasks, computeUnits: 0, waitMs: 0, payloadBytes: 0 });
/** One task with a payload, all of which its worker copies to its own memory. */
const PAYLOAD = { tasks: 1, computeUnits: 0, waitMs: 0, payloadBytes: PAYLOAD_BYTES };

/** A run of `custom` on processes with these options. */
const run = async (params, options, { repeats = REPEATS, spans = false } = {}) => {
  const executors = [{ id: "processes", ...options }];
  const report = await playground.run({ workload: "custom", params, executors, repeats, spans });
  const [{ answer, error, lanes, samples, startupMs, summary }] = report.results;
  if (!answer) throw new Error(error.message);
  return { lanes, computations: samples[0].computations, startupMs, medianMs: summary.medianMs };
};

const medianMs = async (params, options) => (await run(params, options)).medianMs;
/** Thousands of tasks per second. */
const rate = async (options) => TASKS / (await medianMs(tiny(TASKS), options));

/**
 * From the beginning of a message until its worker has the payload, in ms: the last one of a sample,
 * as the worker is awake by then. Copying takes so long that waking it does not count.
 */
const reached = async (dataMode) => {
  const { lanes } = await run(PAYLOAD, { workers: 1, dataMode }, { spans: true });
  const spans = (lane, phase) =>
    lanes.find(({ kind }) => kind === lane).spans.filter((span) => span.phase === phase);
  // Of each task two: receiving its message, and copying its payload to the worker's own memory.
  const received = spans("process", "deserialize").filter((_, i) => i % 2 === 0);
  const tookMs = received.at(-1).endMs - spans("page", "serialize").at(-1).startMs;
  if (!(tookMs > 0) || (dataMode === "transfer" && received.length < 2)) {
    throw new Error(`one way took ${tookMs} ms, the last of ${received.length}`);
  }
  return tookMs;
};

export const measures = {
  warmUp: () => run(tiny(1), { workers: 2 }, { repeats: 1 }),
  /** How many round trips are in one sample. */
  trips: async () => (await run(tiny(1), { workers: 1 }, { repeats: 2 })).computations,
  roundTrip: () => medianMs(tiny(1), { workers: 1 }),
  tasks: () => rate({ workers: 2 }),
  alone: () => rate({ workers: 2, chunkSize: 1 }),
  chunked: () => rate({ workers: 2, chunkSize: 256 }),
  ready: async () => (await run(tiny(1), { workers: 2 }, { repeats: 1 })).startupMs,
  copied: () => medianMs(PAYLOAD, { workers: 1, dataMode: "copy" }),
  transferred: () => medianMs(PAYLOAD, { workers: 1, dataMode: "transfer" }),
  copiedThere: () => reached("copy"),
  transferredThere: () => reached("transfer"),
};
