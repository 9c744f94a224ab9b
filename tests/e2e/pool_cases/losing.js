// Tasks that fail, run too long or lose their worker, and workers that do not start or cannot be talked to.

// Has `make` stand in for the class Worker while `use` runs.
async function withWorkers(make, use) {
  const Real = window.Worker;
  window.Worker = make(Real);
  try {
    return await use();
  } finally {
    window.Worker = Real;
  }
}

async function goesOn(pool) {
  equal((await pool.submit(prime(7)).result()).value, 1, "what it computes afterwards");
}

Object.assign(cases, {
  async a_task_that_panics_fails_alone() {
    await withPool({ workers: 2 }, async (pool) => {
      const [good, bad, next] = [pool.submit(prime(7)), pool.submit(fault("panic")), pool.submit(prime(8))];
      const error = await bad.exception();
      equal(error.name, "TaskFailed");
      check(error.message.includes("task 0 panics on purpose"), error.message);
      equal([(await good.result()).value, (await next.result()).value], [1, 0]);
      await goesOn(pool);
    });
  },

  async a_task_that_traps_fails_alone() {
    await withPool({ workers: 2 }, async (pool) => {
      const [bad, good] = [pool.submit(fault("trap")), pool.submit(prime(7))];
      equal((await bad.exception()).name, "TaskFailed");
      equal((await good.result()).value, 1);
      await goesOn(pool);
    });
  },

  async a_task_that_overflows_the_stack_fails_alone() {
    await withPool({ workers: 1 }, async (pool) => {
      equal((await pool.submit(fault("stack-overflow")).exception()).name, "TaskFailed");
      await goesOn(pool);
    });
  },

  async a_task_whose_worker_closes_is_told() {
    await withPool({ workers: 2 }, async (pool) => {
      const [bad, good] = [pool.submit(fault("close")), pool.submit(prime(7))];
      const error = await bad.exception();
      equal(error.name, "WorkerLost");
      check(error.message.includes("ended without a word"), error.message);
      equal((await good.result()).value, 1);
      await goesOn(pool);
    });
  },

  async each_lost_task_has_an_error_of_its_own() {
    await withPool({ workers: 3 }, async (pool) => {
      const futures = [1, 2, 3].map(() => pool.submit(fault("panic")));
      const errors = await Promise.all(futures.map((future) => future.exception()));
      equal(new Set(errors).size, 3, "the number of errors");
    });
  },

  async a_task_that_runs_too_long_is_ended() {
    await withPool({ workers: 1 }, async (pool) => {
      const error = await pool.submit(endless, { timeoutMs: 100 }).exception();
      equal(error.name, "TimedOut");
      check(error.message.includes("100 ms"), error.message);
      equal(pool.state.lost, 1, "the number of lost workers");
      await goesOn(pool);
    });
  },

  async a_pool_s_time_limit_is_that_of_each_task_without_one() {
    await withPool({ workers: 2, timeoutMs: 150 }, async (pool) => {
      const [short, long] = [pool.submit(endless), pool.submit(work(300), { timeoutMs: 20_000 })];
      equal((await short.exception()).name, "TimedOut");
      equal(await long.exception(), null);
    });
  },

  async time_in_the_queue_does_not_count() {
    await withPool({ workers: 1 }, async (pool) => {
      const first = pool.submit(work(600));
      await until(() => first.running(), "the first runs");
      equal(await pool.submit(prime(7), { timeoutMs: 500 }).exception(), null);
    });
  },

  async a_task_that_may_be_repeated_survives_its_worker() {
    await withPool({ workers: 1 }, async (pool) => {
      const answer = await pool.submit(fault("close"), { repeatable: true }).result();
      check(answer.digest.length === 64, "there is no answer");
      equal(pool.state.repeated, 1, "the number of repeated tasks");
    });
  },

  async a_terminated_task_is_ended_and_the_next_runs() {
    await withPool({ workers: 1 }, async (pool) => {
      const [running, next] = [pool.submit(endless), pool.submit(prime(7))];
      await until(() => running.running(), "it runs");
      check(running.terminate(), "it was not ended");
      equal([running.state, (await thrownBy(() => running.result())).name], ["cancelled", "Cancelled"]);
      equal((await next.result()).value, 1);
    });
  },

  async a_task_that_waits_behind_a_terminated_one_is_not_lost_with_it() {
    await withPool({ workers: 1 }, async (pool) => {
      const running = pool.submit(endless);
      await until(() => running.running(), "it runs");
      running.terminate();
      equal((await pool.submit(prime(7)).result()).value, 1);
    });
  },

  async workers_that_are_lost_all_at_once_are_replaced() {
    await withPool({ workers: 4 }, async (pool) => {
      const bad = [1, 2, 3, 4].map(() => pool.submit(fault("close")));
      const good = NUMBERS.map((number) => pool.submit(prime(number)));
      for (const future of bad) equal((await future.exception()).name, "WorkerLost");
      equal(await Promise.all(good.map(async (future) => (await future.result()).value)), PRIMES);
      equal([pool.state.lost, pool.state.broken], [4, null]);
    });
  },

  async workers_lost_one_after_the_other_do_not_make_the_pool_smaller() {
    await withPool({ workers: 4 }, async (pool) => {
      const running = [1, 2, 3, 4].map(() => pool.submit(endless));
      await until(() => pool.state.busy === 4, "four tasks run");
      const waiting = Array.from({ length: 8 }, () => pool.submit(prime(7)));
      // A worker starts only where none has ended for a moment.
      for (const future of running.concat(...[])) {
        await sleep(260);
        future.terminate();
      }
      const more = [1, 2, 3, 4].map(() => pool.submit(endless));
      await pool.wait(waiting);
      await until(() => pool.state.busy === 4, "four tasks run again");
      equal([pool.state.limit, pool.state.mostWorkers], [null, 4]);
      more.forEach((future) => future.terminate());
    });
  },

  async a_task_that_cannot_be_sent_fails() {
    await withPool({ workers: 1 }, async (pool) => {
      await pool.submit(prime(7)).result();
      const real = Worker.prototype.postMessage;
      Worker.prototype.postMessage = () => { throw new DOMException("not now", "DataCloneError"); };
      const future = pool.submit(prime(7));
      const called = new Promise((resolve) => future.addDoneCallback(resolve));
      Worker.prototype.postMessage = real;
      check(await future.exception({ waitMs: 5_000 }) instanceof Error, "it did not fail");
      check(await called === future, "the callback got another future");
      await goesOn(pool);
    });
  },

  async a_task_that_cannot_be_sent_does_not_keep_the_pool_from_closing() {
    const pool = await playground.pool({ workers: 1 });
    await pool.submit(prime(7)).result();
    const real = Worker.prototype.postMessage;
    Worker.prototype.postMessage = () => { throw new DOMException("not now", "DataCloneError"); };
    const futures = Array.from({ length: 20 }, () => pool.submit(prime(7)));
    pool.shutdown({ wait: false });
    Worker.prototype.postMessage = real;
    await pool.shutdown();
    check(futures.every((future) => future.done()), "one is pending");
    check(futures[0].failed() && !futures[19].failed(), "not the first alone failed");
  },

  async a_pool_breaks_where_no_worker_can_be_had() {
    const none = (Real) => class extends Real { constructor() { throw new Error("no workers today"); } };
    await withWorkers(none, async () => {
      const pool = await playground.pool({ workers: 2 });
      const future = pool.submit(prime(7));
      const error = await future.exception({ waitMs: 10_000 });
      equal(error.name, "Unavailable");
      equal(pool.state.broken?.name, "Unavailable", "why it is broken");
      equal((await thrownBy(() => pool.submit(prime(7)))).message, error.message);
      await pool.shutdown();
    });
  },

  async a_worker_that_cannot_be_had_once_is_tried_again() {
    let times = 0;
    const once = (Real) => class extends Real {
      constructor(...given) {
        times += 1;
        if (times === 1) throw new Error("no worker now");
        super(...given);
      }
    };
    await withWorkers(once, () => withPool({ workers: 1 }, goesOn));
  },

  async a_broken_pool_leaves_no_worker_that_was_to_start() {
    let times = 0;
    let made = [];
    const late = (Real) => class extends Real {
      constructor(...given) {
        times += 1;
        if (times <= 3) throw new Error("no worker now");
        super(...given);
        made.push(this);
      }
    };
    await withWorkers(late, async () => {
      const pool = await playground.pool({ workers: 5, start: "at-once" });
      await until(() => pool.state.broken, "it is broken");
      await sleep(200);
      equal([pool.state.workers, made.length], [0, 0], "the workers it knows and those there are");
      await pool.shutdown();
    });
  },

  async an_initializer_runs_in_each_worker_before_its_first_task() {
    await withPool({ workers: 2, initializer: work(1) }, async (pool) => {
      const futures = [pool.submit(work(50)), pool.submit(work(50)), pool.submit(prime(7))];
      equal((await pool.wait(futures)).done.size, 3);
      equal(futures.filter((future) => future.failed()).length, 0, "the number that failed");
    });
  },

  async a_failing_initializer_fails_all_tasks_and_breaks_the_pool() {
    for (const initializer of [fault("panic"), fault("close")]) {
      const pool = await playground.pool({ workers: 2, initializer });
      const future = pool.submit(prime(7));
      const error = await future.exception({ waitMs: 10_000 });
      check(error.message.startsWith("initializer: "), error.message);
      await until(() => pool.state.broken, "it is broken");
      equal((await thrownBy(() => pool.submit(prime(7)))).message, error.message);
      await pool.shutdown();
      equal(pool.state.workers, 0, "the number of workers");
    }
  },

  async an_initializer_without_end_is_ended_with_the_pool() {
    const pool = await playground.pool({ workers: 1, initializer: endless });
    const future = pool.submit(prime(7));
    equal((await thrownBy(() => future.result({ waitMs: 300 }))).name, "TimedOut");
    await pool.terminateWorkers();
    equal([future.state, pool.state.workers], ["cancelled", 0]);
  },

  async an_initializer_that_takes_too_long_breaks_the_pool() {
    const pool = await playground.pool({ workers: 1, initializer: endless, timeoutMs: 300 });
    const error = await pool.submit(prime(7)).exception();
    equal(error.name, "TimedOut");
    check(error.message.startsWith("initializer: "), error.message);
    equal([pool.state.broken?.name, pool.state.workers], ["TimedOut", 0]);
    await pool.shutdown();
  },

  async a_worker_is_replaced_after_its_most_tasks() {
    await withPool({ workers: 1, maxTasksPerChild: 3 }, async (pool) => {
      const started = [];
      for (let task = 0; task < 4; task += 1) {
        await pool.submit(prime(7)).result();
        started.push(pool.state.started);
      }
      equal(started, [1, 1, 1, 2], "the number of workers started after each task");
    });
  },

  async tasks_that_wait_while_workers_are_replaced_all_run() {
    for (const [workers, maxTasksPerChild, tasks] of [[1, 2, 6], [2, 2, 8]]) {
      const pool = await playground.pool({ workers, maxTasksPerChild });
      const futures = Array.from({ length: tasks }, () => pool.submit(prime(7)));
      await pool.shutdown();
      equal(futures.filter((future) => future.state === "finished").length, tasks, "the number of finished tasks");
    }
  },
});
