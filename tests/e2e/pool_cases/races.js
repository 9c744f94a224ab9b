// submit, cancel, terminate, resize, shutdown and terminateWorkers, raced against one another and against workers.

// Mulberry32, so that a race is told by its seed.
function dice(seed) {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}

// One race: things happen to a pool in an order that the seed says. Gives how its futures settled.
async function race(seed) {
  const roll = dice(seed);
  const pool = await playground.pool({
    workers: 1 + (roll(4) === 0 ? 1 : 0),
    start: roll(4) === 0 ? "at-once" : "on-demand",
    ...(roll(4) === 0 ? { maxTasksPerChild: 2 } : {}),
  });
  const futures = [];
  const settled = new Map();
  const submit = () => {
    const call = roll(6) === 0 ? fault(["panic", "trap", "close"][roll(3)]) : work(roll(4));
    const future = pool.submit(call, { repeatable: roll(4) === 0 });
    futures.push(future);
    settled.set(future, 0);
    future.addDoneCallback(() => settled.set(future, settled.get(future) + 1));
  };
  const any = () => futures[roll(futures.length)];
  submit();
  // In half of the races a worker is there before the rest happens.
  if (roll(2) === 0) await pool.wait(futures);
  for (let left = 3 + roll(8); left > 0; left -= 1) {
    const what = roll(20);
    try {
      if (what < 9) submit();
      else if (what < 12) any().cancel();
      else if (what < 13) any().terminate();
      else if (what < 15) pool.resize(1 + roll(3));
      else if (what < 16) any().addDoneCallback(() => futures[0].cancel());
      else if (what < 17) pool.shutdown({ wait: false, cancelFutures: roll(2) === 0 });
      else await sleep(roll(3) * roll(15));
    } catch (error) {
      // What a pool that is shut down says.
      if (error.name !== "Unavailable") throw error;
    }
  }
  await (roll(6) === 0 ? pool.terminateWorkers() : pool.shutdown({ cancelFutures: roll(3) === 0 }));
  const wrong = futures.filter((future) => settled.get(future) !== 1 || !future.done());
  check(wrong.length === 0, `seed ${seed}: ${wrong.length} of ${futures.length} futures did not settle once`);
  equal([pool.state.workers, pool.state.queued, pool.state.broken], [0, 0, null], `seed ${seed}: the end`);
  return futures.map((future) => (future.failed() ? "failed" : future.state));
}

// `count` races, some at a time: a worker starts only once none has ended for a moment, anywhere.
async function races(first, count, atOnce) {
  const seen = { finished: 0, failed: 0, cancelled: 0 };
  for (let seed = first; seed < first + count; seed += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, first + count - seed) }, (_, index) => race(seed + index));
    for (const states of await Promise.all(some)) for (const state of states) seen[state] += 1;
  }
  return seen;
}
