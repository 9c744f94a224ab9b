// What a script may choose, what is refused by name, what a pool says of itself, and pools beside the lab.

// Two models, so that the report says whether they agree.
const models = [{ id: "main-thread" }, { id: "event-loop" }];
const run = { workload: "primes", params: { count: 100 }, repeats: 1, warmup: 0, executors: models };

// How many workers `use` starts.
async function workersStartedBy(use) {
  const Real = window.Worker;
  let started = 0;
  window.Worker = class extends Real { constructor(...given) { super(...given); started += 1; } };
  try {
    await use();
  } finally {
    window.Worker = Real;
  }
  return started;
}

Object.assign(cases, {
  async two_hundred_workers_are_refused_before_anything_starts() {
    const started = await workersStartedBy(async () => {
      await refused("workers", () => playground.pool({ workers: 200 }));
      await refused("workers", () => playground.pool({ workers: 200, start: "at-once" }));
    });
    equal(started, 0, "the number of workers started");
  },

  async a_bad_number_of_workers_is_refused() {
    for (const workers of [0, -1, 33, 2.5, NaN, Infinity, "a string", "4", null, true, [2], {}, 5n]) {
      await refused(typeof workers === "bigint" ? "pool" : "workers", () => playground.pool({ workers }));
    }
  },

  async bad_options_of_a_pool_are_refused_by_name() {
    const started = await workersStartedBy(async () => {
      for (const bad of [5, null, "processes", [], () => 1]) await refused("pool", () => playground.pool(bad));
      await refused("maxWorkers", () => playground.pool({ maxWorkers: 2 }));
      await refused("kind", () => playground.pool({ kind: "threads" }));
      await refused("start", () => playground.pool({ start: "fork" }));
      for (const bad of [0, -1, 1.5, NaN, "3"]) {
        await refused("maxTasksPerChild", () => playground.pool({ maxTasksPerChild: bad }));
        await refused("timeoutMs", () => playground.pool({ timeoutMs: bad }));
      }
      await refused("initializer", () => playground.pool({ initializer: () => 1 }));
      await refused("initializer", () => playground.pool({ initializer: "primes" }));
      await refused("workload", () => playground.pool({ initializer: { workload: "prime" } }));
      await refused("conut", () => playground.pool({ initializer: { workload: "primes", params: { conut: 1 } } }));
    });
    equal(started, 0, "the number of workers started");
  },

  async bad_calls_are_refused_by_name() {
    await withPool({ workers: 1 }, async (pool) => {
      for (const bad of [undefined, null, 5, "primes", [], () => 1]) await refused("call", () => pool.submit(bad));
      await refused("workload", () => pool.submit({}));
      await refused("workload", () => pool.submit({ workload: "prime" }));
      await refused("workload", () => pool.submit({ workload: "requests" }));
      await refused("params", () => pool.submit({ workload: "primes", params: 5 }));
      await refused("param", () => pool.submit({ workload: "primes", param: {} }));
      await refused("count", () => pool.submit({ workload: "primes", params: { count: NaN } }));
      await refused("count", () => pool.submit({ workload: "primes", params: { count: "5" } }));
      await refused("conut", () => pool.submit({ workload: "primes", params: { conut: 5 } }));
      const circle = { workload: "primes" };
      circle.params = circle;
      await refused("call", () => pool.submit(circle));
      await refused("call", () => pool.submit({ get workload() { throw new Error("no"); } }));
      equal([pool.state.queued, pool.state.started], [0, 0], "what waits, and what was started");
      equal((await pool.submit(prime(7)).result()).value, 1, "what it computes afterwards");
    });
  },

  async bad_options_of_a_call_are_refused_by_name() {
    await withPool({ workers: 1 }, async (pool) => {
      for (const bad of [null, 5, "x", []]) await refused("options", () => pool.submit(prime(7), bad));
      await refused("timeout", () => pool.submit(prime(7), { timeout: 5 }));
      for (const bad of [0, -1, NaN, "5", null]) await refused("timeoutMs", () => pool.submit(prime(7), { timeoutMs: bad }));
      for (const bad of [0, "yes", null]) await refused("repeatable", () => pool.submit(prime(7), { repeatable: bad }));
      equal(pool.state.started, 0, "the number of workers started");
    });
  },

  async bad_options_of_a_future_are_refused_by_name() {
    await withPool({ workers: 1 }, async (pool) => {
      const future = pool.submit(prime(7));
      for (const ask of ["result", "exception"]) {
        for (const bad of [-1, NaN, "5", null]) await refused("waitMs", () => future[ask]({ waitMs: bad }));
        await refused("timeout", () => future[ask]({ timeout: 5 }));
        for (const bad of [5, null]) await refused("options", () => future[ask](bad));
      }
      equal((await future.result({ waitMs: Infinity })).value, 1, "what it settles with");
    });
  },

  async a_pool_without_a_size_has_a_worker_per_core() {
    await withPool(undefined, async (pool) => {
      const { mostWorkers } = pool.state;
      check(mostWorkers >= 1 && mostWorkers <= 32, `it has up to ${mostWorkers} workers`);
      check(mostWorkers <= Math.max(2, navigator.hardwareConcurrency), `it has up to ${mostWorkers} workers`);
    });
  },

  async no_worker_starts_before_there_is_a_task() {
    const started = await workersStartedBy(() => withPool({ workers: 4 }, () => sleep(100)));
    equal(started, 0, "the number of workers started");
  },

  async all_workers_start_with_the_pool_where_asked_to() {
    await withPool({ workers: 3, start: "at-once" }, async (pool) => {
      equal([pool.state.workers, pool.state.started], [3, 3]);
      equal((await pool.submit(prime(7)).result()).value, 1);
      equal(pool.state.started, 3, "the number of workers started");
    });
  },

  async the_lab_runs_once_all_workers_of_a_pool_have_started() {
    for (const more of [{}, { initializer: prime(7) }]) {
      await withPool({ workers: 2, start: "at-once", ...more }, async () => {
        const experiment = {
          ...prime(7), executors: [{ id: "main-thread" }], repeats: 1, warmup: 0,
        };
        let left = 500;
        for (; left > 0; left -= 1) {
          const failed = await playground.run(experiment).then(() => null, (error) => error);
          if (!failed) break;
          equal(failed.name, "Unavailable");
          await sleep(20);
        }
        check(left > 0, "the lab still waits for the pool");
      });
    }
  },

  async more_tasks_than_workers_wait() {
    await withPool({ workers: 2 }, async (pool) => {
      const futures = Array.from({ length: 30 }, () => pool.submit(work(3)));
      equal([pool.state.workers, pool.state.mostWorkers], [2, 2]);
      await pool.wait(futures);
      equal([pool.state.workers, pool.state.started], [2, 2]);
    });
  },

  async an_idle_worker_is_used_again() {
    await withPool({ workers: 4 }, async (pool) => {
      for (const number of [2, 3, 4]) await pool.submit(prime(number)).result();
      equal(pool.state.started, 1, "the number of workers started");
    });
  },

  async idle_workers_are_used_before_others_start() {
    await withPool({ workers: 5 }, async (pool) => {
      await pool.submit(prime(2)).result();
      for (let round = 0; round < 3; round += 1) {
        await pool.wait([pool.submit(prime(3)), pool.submit(prime(4))]);
      }
      check(pool.state.started <= 3, `${pool.state.started} workers were started`);
    });
  },

  async tasks_start_in_the_order_of_submission() {
    await withPool({ workers: 1 }, async (pool) => {
      const order = [];
      const futures = NUMBERS.map((number) => pool.submit(prime(number)));
      futures.forEach((future, index) => future.addDoneCallback(() => order.push(index)));
      await pool.wait(futures);
      equal(order, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });
  },

  async a_pool_says_what_it_is_at() {
    await withPool({ workers: 4 }, async (pool) => {
      const at = () => [pool.state.workers, pool.state.busy, pool.state.queued];
      equal(at(), [0, 0, 0], "before");
      const futures = Array.from({ length: 6 }, () => pool.submit(endless));
      await until(() => pool.state.busy === 4, "four tasks run");
      equal(at(), [4, 4, 2], "while tasks run");
      futures.slice(4).forEach((future) => future.cancel());
      equal(at(), [4, 4, 0], "after some were cancelled");
      futures.forEach((future) => future.terminate());
      equal(at(), [0, 0, 0], "after all were ended");
      const { lost, repeated, limit, broken } = pool.state;
      equal([typeof lost, repeated, limit, broken], ["number", 0, null, null]);
    });
  },

  async a_run_of_the_lab_is_refused_while_a_pool_has_tasks() {
    await withPool({ workers: 1 }, async (pool) => {
      const future = pool.submit(endless);
      const error = await thrownBy(() => playground.run(run));
      equal(error.name, "Unavailable");
      future.terminate();
      equal((await playground.run(run)).agreement, true, "whether a later run agrees");
      equal((await pool.submit(prime(7)).result()).value, 1, "what the pool computes afterwards");
    });
  },

  async a_pool_refuses_tasks_while_the_lab_runs() {
    await withPool({ workers: 1 }, async (pool) => {
      const said = new Set();
      const onProgress = () => {
        try {
          said.add(pool.submit(prime(7)).state);
        } catch (error) {
          said.add(error.name);
        }
      };
      equal((await playground.run(run, { onProgress })).agreement, true, "whether the run agrees");
      equal([...said], ["Unavailable"], "what it said meanwhile");
      equal((await pool.submit(prime(7)).result()).value, 1, "what the pool computes afterwards");
    });
  },

  async the_lab_runs_again_after_tasks_were_refused() {
    await withPool({ workers: 1 }, async (pool) => {
      await refused("call", () => pool.submit(5));
      await pool.shutdown();
      await thrownBy(() => pool.submit(prime(7)));
      equal((await playground.run(run)).agreement, true, "whether the run agrees");
    });
  },
});
