// shutdown, terminateWorkers and resize.

const state = ({ state: { workers, busy, queued, mostWorkers } }) => ({ workers, busy, queued, mostWorkers });

Object.assign(cases, {
  async a_pool_that_is_shut_down_refuses_everything_that_submits() {
    const pool = await playground.pool({ workers: 1 });
    await pool.shutdown();
    for (const use of [() => pool.submit(prime(7)), () => pool.map([prime(7)])]) {
      const error = await thrownBy(use);
      equal(error.name, "Unavailable");
      check(error.message.includes("shut down"), error.message);
    }
    equal(await all(pool.map([])), [], "map of nothing, which submits nothing,");
  },

  async shutdown_waits_for_all_tasks() {
    const pool = await playground.pool({ workers: 2 });
    const futures = Array.from({ length: 50 }, () => pool.submit(work(2)));
    await pool.shutdown();
    equal(futures.filter((future) => future.state === "finished").length, 50, "the number of finished tasks");
    equal(state(pool), { workers: 0, busy: 0, queued: 0, mostWorkers: 2 });
  },

  async shutdown_right_after_submitting_ends() {
    const pool = await playground.pool({ workers: 2 });
    pool.map(NUMBERS.slice(0, 3).map(prime));
    await pool.shutdown();
    equal(pool.state.workers, 0, "the number of workers");
  },

  async shutdown_cancels_what_waits_where_asked_to() {
    const pool = await playground.pool({ workers: 2 });
    const futures = Array.from({ length: 50 }, () => pool.submit(work(20)));
    await until(() => futures[1].running(), "two tasks run");
    await pool.shutdown({ cancelFutures: true });
    const cancelled = futures.filter((future) => future.cancelled());
    check(cancelled.length > 20, `only ${cancelled.length} are cancelled`);
    check(futures.every((future) => future.done()), "one is pending");
    const others = futures.filter((future) => !future.cancelled());
    check(others.length > 0, "none was left to finish");
    for (const future of others) equal(await future.exception(), null);
  },

  async shutdown_without_waiting_lets_tasks_finish() {
    const pool = await playground.pool({ workers: 2 });
    const futures = Array.from({ length: 6 }, () => pool.submit(work(30)));
    await pool.shutdown({ wait: false });
    check(!futures.some((future) => future.done()), "it waited");
    equal((await thrownBy(() => pool.submit(prime(7)))).name, "Unavailable");
    await pool.wait(futures);
    equal(futures.filter((future) => future.failed() || future.cancelled()).length, 0, "the number that failed");
    await until(() => pool.state.workers === 0, "its workers are ended");
  },

  async shutdown_without_waiting_can_cancel_what_waits() {
    const pool = await playground.pool({ workers: 1 });
    const futures = [pool.submit(work(50)), pool.submit(prime(7))];
    await until(() => futures[0].running(), "the first runs");
    await pool.shutdown({ wait: false, cancelFutures: true });
    equal([futures[0].state, futures[1].state], ["running", "cancelled"]);
    await futures[0].result();
    await until(() => pool.state.workers === 0, "its workers are ended");
  },

  async shutdown_can_be_called_again() {
    const pool = await playground.pool({ workers: 1 });
    const future = pool.submit(work(50));
    await Promise.all([pool.shutdown(), pool.shutdown(), pool.shutdown({ wait: false })]);
    equal(future.state, "finished");
    await pool.shutdown();
    await pool.terminateWorkers();
  },

  async shutdown_after_a_task_was_cancelled_ends() {
    const pool = await playground.pool({ workers: 1 });
    await pool.submit(prime(7)).result();
    pool.submit(prime(7));
    pool.submit(prime(7)).cancel();
    await pool.shutdown();
  },

  async shutdown_after_the_last_task_failed_ends() {
    const pool = await playground.pool({ workers: 2 });
    const future = pool.submit(fault("close"));
    await pool.shutdown();
    equal((await future.exception()).name, "WorkerLost");
  },

  async shutdown_with_replaced_workers_and_a_failing_task_ends() {
    for (const workers of [2, 4]) {
      const pool = await playground.pool({ workers, maxTasksPerChild: 1 });
      const futures = [pool.submit(work(10)), pool.submit(fault("panic")), pool.submit(work(30))];
      await futures[1].exception();
      await pool.shutdown({ wait: false });
      equal((await pool.wait(futures, { waitMs: 10_000 })).notDone.size, 0, "the number of tasks left");
      await until(() => pool.state.workers === 0, "its workers are ended");
    }
  },

  async shutdown_refuses_unknown_and_bad_options() {
    await withPool({ workers: 1 }, async (pool) => {
      await refused("cancel_futures", () => pool.shutdown({ cancel_futures: true }));
      await refused("cancelFutures", () => pool.shutdown({ cancelFutures: 1 }));
      await refused("wait", () => pool.shutdown({ wait: "no" }));
      await refused("options", () => pool.shutdown(false));
      equal((await pool.submit(prime(7)).result()).value, 1, "what it still computes");
    });
  },

  async a_pool_disposes_of_itself() {
    const pool = await playground.pool({ workers: 2 });
    const values = await all(pool.map([prime(2), prime(4), prime(5)]));
    await pool[Symbol.asyncDispose]();
    equal(values, [1, 0, 1]);
    equal(pool.state.workers, 0, "the number of workers");
    equal((await thrownBy(() => pool.submit(prime(7)))).name, "Unavailable");
  },

  async terminating_workers_cancels_what_runs_and_what_waits() {
    const pool = await playground.pool({ workers: 1 });
    const futures = [pool.submit(endless), pool.submit(prime(7)), pool.submit(prime(8))];
    await until(() => futures[0].running(), "the first runs");
    const began = performance.now();
    await pool.terminateWorkers();
    check(performance.now() - began < 5_000, "it took long");
    equal(futures.map((future) => future.state), ["cancelled", "cancelled", "cancelled"]);
    equal(state(pool), { workers: 0, busy: 0, queued: 0, mostWorkers: 1 });
  },

  async terminating_workers_keeps_what_was_done() {
    const pool = await playground.pool({ workers: 2 });
    const quick = Array.from({ length: 20 }, () => pool.submit(prime(7)));
    await pool.wait(quick);
    const slow = Array.from({ length: 20 }, () => pool.submit(endless));
    await pool.terminateWorkers();
    check(quick.every((future) => future.state === "finished"), "what was done is lost");
    check(slow.every((future) => future.cancelled()), "one is not cancelled");
  },

  async terminating_workers_fails_a_map_that_goes_on() {
    const pool = await playground.pool({ workers: 1 });
    const answers = pool.map([prime(7), endless, endless]);
    await answers.next();
    await pool.terminateWorkers();
    equal((await thrownBy(() => answers.next())).name, "Cancelled");
  },

  async terminating_workers_that_are_lost_already_ends() {
    const pool = await playground.pool({ workers: 1 });
    equal((await pool.submit(fault("close")).exception()).name, "WorkerLost");
    await pool.terminateWorkers();
  },

  async terminating_workers_before_any_started_ends() {
    const pool = await playground.pool({ workers: 2 });
    await pool.terminateWorkers();
    equal([pool.state.started, pool.state.workers], [0, 0]);
    const starting = await playground.pool({ workers: 2, start: "at-once" });
    await starting.terminateWorkers();
    equal(starting.state.workers, 0);
  },

  async a_pool_whose_workers_were_terminated_refuses_tasks() {
    const pool = await playground.pool({ workers: 1 });
    await pool.submit(prime(7)).result();
    await pool.terminateWorkers();
    equal((await thrownBy(() => pool.submit(prime(7)))).name, "Unavailable");
  },

  async another_pool_works_after_one_was_terminated() {
    const pool = await playground.pool({ workers: 2 });
    const future = pool.submit(endless);
    await pool.terminateWorkers();
    equal(future.state, "cancelled");
    await withPool({ workers: 2 }, async (next) => equal((await next.submit(prime(7)).result()).value, 1));
  },

  async a_smaller_pool_lets_tasks_finish_first() {
    await withPool({ workers: 3 }, async (pool) => {
      const futures = Array.from({ length: 6 }, () => pool.submit(work(60)));
      await until(() => pool.state.busy === 3, "three tasks run");
      pool.resize(1);
      check(pool.state.workers >= 1 && futures.every((future) => !future.cancelled()), "it ended a task");
      await pool.wait(futures);
      check(futures.every((future) => !future.failed()), "a task failed");
      equal(state(pool), { workers: 1, busy: 0, queued: 0, mostWorkers: 1 });
    });
  },

  async a_larger_pool_starts_workers_for_what_waits() {
    await withPool({ workers: 1 }, async (pool) => {
      const futures = [pool.submit(endless), pool.submit(endless), pool.submit(endless)];
      await until(() => futures[0].running(), "the first runs");
      pool.resize(3);
      await until(() => pool.state.busy === 3, "three tasks run");
      equal(futures[0].state, "running", "the first");
    });
  },

  async resizing_to_the_same_size_keeps_the_workers() {
    await withPool({ workers: 2 }, async (pool) => {
      await pool.submit(prime(7)).result();
      pool.resize(2);
      await pool.submit(prime(7)).result();
      equal([pool.state.started, pool.state.workers], [1, 1]);
    });
  },

  async a_pool_resized_many_times_finishes_all_tasks() {
    const pool = await playground.pool({ workers: 4 });
    const futures = [];
    for (const size of [8, 2, 1, 8, 6, 1, 7, 5]) {
      pool.resize(size);
      for (let index = 0; index < 6; index += 1) futures.push(pool.submit(prime(7)));
      await sleep(10);
    }
    await pool.shutdown();
    equal(futures.filter((future) => future.state === "finished").length, 48, "the number of finished tasks");
  },

  async a_worker_lost_after_a_resize_does_no_harm() {
    await withPool({ workers: 2 }, async (pool) => {
      const futures = [pool.submit(fault("close")), pool.submit(work(50))];
      pool.resize(1);
      equal((await futures[0].exception()).name, "WorkerLost");
      equal((await pool.submit(prime(7)).result()).value, 1);
      equal(futures[1].failed(), false, "whether the other failed");
    });
  },

  async resize_refuses_what_is_no_size() {
    await withPool({ workers: 2 }, async (pool) => {
      for (const bad of [0, -1, 33, 1.5, NaN, Infinity, "3", null, undefined, {}]) {
        await refused("workers", () => pool.resize(bad));
      }
      equal(pool.state.mostWorkers, 2, "its size");
    });
  },
});
