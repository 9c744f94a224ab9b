// Short tasks, of which workers are sent some before they have done those that they have.

// Has a pool's tasks be known to be short.
async function warmedUp(pool) {
  for (let task = 0; task < 40; task += 1) await pool.submit(prime(7)).result();
}

Object.assign(cases, {
  async many_short_tasks_settle_each_with_its_own_answer() {
    await withPool({ workers: 2 }, async (pool) => {
      await warmedUp(pool);
      const futures = Array.from({ length: 2_000 }, (_, task) => pool.submit(prime(NUMBERS[task % 10])));
      const answers = await Promise.all(futures.map((future) => future.result()));
      answers.forEach((answer, task) => equal(answer.value, PRIMES[task % 10], `task ${task}`));
      equal([pool.state.queued, pool.state.busy], [0, 0]);
    });
  },

  async short_tasks_can_be_cancelled_wherever_they_wait() {
    await withPool({ workers: 1 }, async (pool) => {
      await warmedUp(pool);
      const futures = Array.from({ length: 60 }, (_, task) => pool.submit(prime(NUMBERS[task % 10])));
      const isEnded = futures.map((future, task) => task % 3 === 1 && (task % 2 ? future.cancel() : future.terminate()));
      equal(isEnded.filter(Boolean).length, 20, "how many were cancelled");
      for (const [task, future] of futures.entries()) {
        const error = await future.result().then((answer) => {
          equal(answer.value, PRIMES[task % 10], `task ${task}`);
          return null;
        }, (error) => error.name);
        equal(error, isEnded[task] ? "Cancelled" : null, `the error of task ${task}`);
      }
      equal(pool.state.lost, 0, "the number of workers lost");
      await goesOn(pool);
    });
  },

  async short_tasks_behind_one_that_loses_its_worker_run_on_another() {
    for (const how of ["panic", "close"]) {
      await withPool({ workers: 1 }, async (pool) => {
        await warmedUp(pool);
        const bad = pool.submit(fault(how));
        const good = NUMBERS.map((number) => pool.submit(prime(number)));
        check(await bad.exception() !== null, how);
        equal((await Promise.all(good.map((future) => future.result()))).map((answer) => answer.value), PRIMES);
        equal(pool.state.lost, 1, "the number of workers lost");
      });
    }
  },

  async short_tasks_behind_one_that_is_terminated_run_on_another() {
    await withPool({ workers: 1 }, async (pool) => {
      await warmedUp(pool);
      const bad = pool.submit(endless);
      const good = NUMBERS.map((number) => pool.submit(prime(number)));
      await sleep(50);
      check(bad.terminate(), "it should still run");
      equal((await Promise.all(good.map((future) => future.result()))).map((answer) => answer.value), PRIMES);
    });
  },
});
