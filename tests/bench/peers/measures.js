// What is measured, of any library that opens a pool as those in `libraries` do:
//
//   open(workers) -> { run(n), read(bytes, step, transfer), close() }
//
// `run` and `read` promise what the functions of `task.js` give. All but `ready` take
// pools that have worked before: starting and first compiling are not in them.
import { read, tiny } from "./task.js";

const TRIPS = 200;
const TASKS = 10_000;
const PAYLOAD_BYTES = 16 << 20;
const PAYLOADS = 5;
/** Of memory, in bytes. */
const PAGE = 4096;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const expect = (found, wanted) => {
  if (found !== wanted) throw new Error(`the answer is ${found}, not ${wanted}`);
};

/** One task after another on one worker: the median of their times, in ms. */
const roundTrip = async (pool, trips = TRIPS) => {
  const took = [];
  for (let n = 0; n < trips; n += 1) {
    const began = performance.now();
    const answer = await pool.run(n);
    took.push(performance.now() - began);
    expect(answer, tiny(n));
  }
  return median(took);
};

/** Many tasks at once, a promise each: thousands per second. */
const tasks = async (pool, count = TASKS) => {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const began = performance.now();
  const answers = await Promise.all(numbers.map((n) => pool.run(n)));
  const tookMs = performance.now() - began;
  answers.forEach((answer, n) => expect(answer, tiny(n)));
  return count / tookMs;
};

/** 16 MB there and a number back: the median of some, in ms. */
const payload = async (pool, transfer, step) => {
  const took = [];
  for (let i = 0; i < PAYLOADS; i += 1) {
    const bytes = new Uint8Array(PAYLOAD_BYTES).fill(i + 1);
    const wanted = read(bytes, step);
    const began = performance.now();
    const answer = await pool.read(bytes, step, transfer);
    took.push(performance.now() - began);
    expect(answer, wanted);
    expect(bytes.length, transfer ? 0 : PAYLOAD_BYTES);
  }
  return median(took);
};

/** A pool of two, from nothing until both workers have answered, in ms. */
const ready = async (open) => {
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
        await roundTrip(pool(workers), 2 * TRIPS);
        await tasks(pool(workers), TASKS / 10);
      }
      await payload(pool(1), false, PAGE);
      await payload(pool(1), true, PAGE);
    },
    roundTrip: () => roundTrip(pool(1)),
    tasks: () => tasks(pool(2)),
    ready: () => ready(open),
    copied: () => payload(pool(1), false, PAGE),
    transferred: () => payload(pool(1), true, PAGE),
    copiedUnread: () => payload(pool(1), false, PAYLOAD_BYTES),
    transferredUnread: () => payload(pool(1), true, PAYLOAD_BYTES),
  };
};
