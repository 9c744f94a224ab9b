// What is measured, of any library that opens a pool as those in `libraries` do:
//
//   open(workers) -> { run(n), read(bytes, step, transfer), close() }
//
// `run` and `read` promise what the functions of `task.js` give. Bare workers can `reach`, too, and who takes no
// payload has no `read`.
// All but `ready` take pools that have worked before: starting and first compiling are not in
// them.
import { read, tiny } from "./task.js";

// Samples are taken as the playground's runs take theirs: this many, each after a pause in
// which the page could paint, and of what is too short for the clock, several in a row.
const SAMPLES = 6;
const PAUSE_MS = 24;
let trips = 12;
/** As many as the playground takes, which measures its clock first. */
export const setTrips = (count) => { trips = count; };

export const TASKS = 10_000;
export const PAYLOAD_BYTES = 16_000_000;
/** Of memory, in bytes. */
const PAGE = 4096;

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const expect = (found, wanted) => {
  if (found !== wanted) throw new Error(`the answer is ${found}, not ${wanted}`);
};

/** One task after another on one worker: the median of what one took, in ms. */
const roundTrip = async (pool, samples = SAMPLES) => {
  const took = [];
  for (let i = 0; i < samples; i += 1) {
    await pause();
    const answers = [];
    const began = performance.now();
    for (let n = 0; n < trips; n += 1) answers.push(await pool.run(n));
    took.push((performance.now() - began) / trips);
    answers.forEach((answer, n) => expect(answer, tiny(n)));
  }
  return median(took);
};

/** Many tasks at once, a promise each: thousands per second. */
const tasks = async (pool, count = TASKS) => {
  const numbers = Array.from({ length: count }, (_, n) => n);
  await pause();
  const began = performance.now();
  const answers = await Promise.all(numbers.map((n) => pool.run(n)));
  const tookMs = performance.now() - began;
  answers.forEach((answer, n) => expect(answer, tiny(n)));
  return count / tookMs;
};

/** 16 MB there and a number back: the median of some, in ms. */
const payload = async (pool, transfer, step) => {
  const took = [];
  for (let i = 0; i < SAMPLES; i += 1) {
    const bytes = new Uint8Array(PAYLOAD_BYTES).fill(i + 1);
    const wanted = read(bytes, step);
    await pause();
    const began = performance.now();
    const answer = await pool.read(bytes, step, transfer);
    took.push(performance.now() - began);
    expect(answer, wanted);
    expect(bytes.length, transfer ? 0 : PAYLOAD_BYTES);
  }
  return median(took);
};

/** 16 MB one way, until a worker that is awake has them: the median of some, in ms. */
const reach = async (pool, transfer) => {
  const took = [];
  for (let i = 0; i < SAMPLES; i += 1) {
    const bytes = new Uint8Array(PAYLOAD_BYTES).fill(i + 1);
    await pause();
    // Waking it would take longer than handing over.
    await pool.run(i);
    const began = performance.timeOrigin + performance.now();
    took.push((await pool.reach(bytes, transfer)) - began);
    expect(bytes.length, transfer ? 0 : PAYLOAD_BYTES);
  }
  return median(took);
};

/** A pool of two, from nothing until both workers have answered, in ms. */
const ready = async (open) => {
  await pause();
  const began = performance.now();
  const pool = open(2);
  const answers = await Promise.all([pool.run(1), pool.run(2)]);
  const tookMs = performance.now() - began;
  answers.forEach((answer, i) => expect(answer, tiny(i + 1)));
  await pool.close();
  return tookMs;
};

/** All that can be measured of a library, by name. Its pools stay open. */
export const measuresOf = ({ open }) => {
  const opened = new Map();
  const pool = (workers) => {
    opened.set(workers, opened.get(workers) ?? open(workers));
    return opened.get(workers);
  };
  return {
    warmUp: async () => {
      for (const workers of [1, 2]) {
        await roundTrip(pool(workers), 4 * SAMPLES);
        await tasks(pool(workers), TASKS / 10);
      }
      if (!pool(1).read) return;
      await payload(pool(1), false, PAGE);
      await payload(pool(1), true, PAGE);
    },
    roundTrip: () => roundTrip(pool(1)),
    tasks: () => tasks(pool(2)),
    ready: () => ready(open),
    copied: () => pool(1).read && payload(pool(1), false, PAGE),
    transferred: () => pool(1).read && payload(pool(1), true, PAGE),
    copiedThere: () => pool(1).reach && reach(pool(1), false),
    transferredThere: () => pool(1).reach && reach(pool(1), true),
  };
};
