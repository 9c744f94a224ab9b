// Our own side, by the page's scripting interface: the measures of `measures.js`, and
// `chunked`, which only we have. Each is a run, which starts a pool and warms it up by itself.
//
// The workload `custom` is to stand here. Until it does, others of the same shape stand in for
// it, and what these give says little: the tasks are not those of `task.js`.

/** Fewer samples would be warned of. */
const REPEATS = 6;

/** One tiny task. */
const ONE = { workload: "primes", params: { numbers: [7] } };
/** Many, and how many these are. */
const MANY = { workload: "mandelbrot", params: { width: 1, height: 2048, maxIter: 1 } };
const MANY_TASKS = 2048;
/** 16 MB, all of it read, in tasks of 1 MB. */
const PAYLOAD = { workload: "array-sum", params: { n: (16 << 20) / 4 } };

/** A run on processes with these options: until they were ready, and the median sample. */
const run = async (work, options, repeats = REPEATS) => {
  const executors = [{ id: "processes", ...options }];
  // Spans are for charts; nobody else draws any.
  const report = await playground.run({ ...work, executors, repeats, spans: false });
  const [{ startupMs, summary }] = report.results;
  return { startupMs, medianMs: summary.medianMs };
};

const medianMs = async (work, options) => (await run(work, options)).medianMs;
/** Thousands of tasks per second. */
const rate = async (options) => MANY_TASKS / (await medianMs(MANY, options));

export const measures = {
  warmUp: () => run(ONE, { workers: 2 }, 1),
  roundTrip: () => medianMs(ONE, { workers: 1 }),
  tasks: () => rate({ workers: 2, chunkSize: 1 }),
  chunked: () => rate({ workers: 2, chunkSize: 256 }),
  ready: async () => (await run(ONE, { workers: 2 }, 1)).startupMs,
  copied: () => medianMs(PAYLOAD, { workers: 1, dataMode: "copy" }),
  transferred: () => medianMs(PAYLOAD, { workers: 1, dataMode: "transfer" }),
};
