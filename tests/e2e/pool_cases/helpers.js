// What the cases share. Each file adds its cases to `cases`, and `runCases` runs them one after the other.

const cases = {};

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function check(holds, what) {
  if (!holds) throw new Error(what);
}

function equal(found, wanted, what = "it") {
  const [a, b] = [found, wanted].map((value) => JSON.stringify(value));
  check(a === b, `${what} is ${a}, not ${b}`);
}

// Waits until something holds, for 20 s at most.
async function until(holds, what) {
  for (let left = 2_000; left > 0; left -= 1) {
    if (holds()) return;
    await sleep(10);
  }
  throw new Error(`not within 20 s: ${what}`);
}

// What a call throws, or rejects with.
async function thrownBy(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error(`${call} throws nothing`);
}

// Checks that a call is refused as InvalidInput that begins with the key.
async function refused(key, call) {
  const error = await thrownBy(call);
  equal(error.name, "InvalidInput", `the error of ${call}, ${error.message},`);
  check(error.message.startsWith(`${key}: `), `${call} should name ${key}: ${error.message}`);
}

// Calls: whether a number is prime, work of so many ms or so, one that does not end, and one that fails.
const prime = (number) => ({ workload: "primes", params: { numbers: [number] } });
const work = (ms) => ({ workload: "faults", params: { tasks: Math.ceil(ms / 400) || 1, computeUnits: Math.min(ms, 400) * 200 } });
const fault = (fault) => ({ workload: "faults", params: { fault, tasks: 1, at: 0, computeUnits: 0 } });
const endless = fault("hang");
const NUMBERS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const PRIMES = [1, 1, 0, 1, 0, 1, 0, 0, 0, 1];

async function all(iterator) {
  const found = [];
  for await (const answer of iterator) found.push(answer.value);
  return found;
}

// Runs `use` with a pool of its own, and ends that whatever happens.
async function withPool(options, use) {
  const pool = await playground.pool(options);
  try {
    return await use(pool);
  } finally {
    await pool.terminateWorkers();
  }
}

// Futures in every state that a future can be in. `running` runs until it is terminated.
async function everyState(pool) {
  const finished = pool.submit(prime(7));
  const failed = pool.submit(fault("panic"));
  await finished.result();
  await failed.exception();
  const running = pool.submit(endless);
  await until(() => running.running(), "the endless task runs");
  const pending = pool.submit(prime(7));
  const cancelled = pool.submit(prime(7));
  cancelled.cancel();
  return { pending, running, cancelled, failed, finished };
}

async function runCases(wanted) {
  const results = [];
  for (const [name, run] of Object.entries(cases).filter(([name]) => name.includes(wanted))) {
    const began = performance.now();
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("it takes longer than 40 s")), 40_000);
    });
    const failure = await Promise.race([run(), late]).then(() => null, (error) => String(error.stack ?? error));
    clearTimeout(timer);
    results.push({ name, ms: Math.round(performance.now() - began), failure });
  }
  return results;
}
