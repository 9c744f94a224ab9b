// Futures: their states, what they settle with, and callbacks.

const answered = (future) => future.result().then((answer) => answer.value);

Object.assign(cases, {
  async a_call_settles_with_its_answer() {
    await withPool({ workers: 1 }, async (pool) => {
      const answer = await pool.submit({ workload: "primes", params: { start: 0, count: 1000 } }).result();
      equal(answer.value, 168, "the count of primes below 1,000");
      check(answer.digest.length === 64, `the digest is ${answer.digest}`);
    });
  },

  async a_call_takes_all_parameters_of_its_workload() {
    await withPool({ workers: 1 }, async (pool) => {
      const answer = await pool.submit({ workload: "primes", params: { start: 10, count: 10 } }).result();
      equal(answer.value, 4, "the primes from 10 to 19");
    });
  },

  async a_call_changed_after_submit_is_computed_as_it_was() {
    await withPool({ workers: 1 }, async (pool) => {
      const call = prime(7);
      const future = pool.submit(call);
      call.params.numbers = [8];
      equal(await answered(future), 1);
    });
  },

  async a_future_can_be_awaited_twice() {
    await withPool({ workers: 1 }, async (pool) => {
      const future = pool.submit(prime(7));
      const both = await Promise.all([future.result(), future.result()]);
      check(both[0] === both[1] && both[0] === await future.result(), "the answers differ");
      const failing = pool.submit(fault("panic"));
      const [one, other] = [await thrownBy(() => failing.result()), await thrownBy(() => failing.result())];
      check(one === other && one === await failing.exception(), "the errors differ");
    });
  },

  async states_are_pending_running_cancelled_or_finished() {
    await withPool({ workers: 1 }, async (pool) => {
      const futures = await everyState(pool);
      const states = Object.fromEntries(Object.entries(futures).map(([name, { state }]) => [name, state]));
      equal(states, {
        pending: "pending", running: "running", cancelled: "cancelled", failed: "finished", finished: "finished",
      });
    });
  },

  async cancelled_done_running_and_failed_fit_the_state() {
    await withPool({ workers: 1 }, async (pool) => {
      const futures = await everyState(pool);
      const of = (what) => Object.entries(futures).filter(([, future]) => future[what]()).map(([name]) => name);
      equal(of("cancelled"), ["cancelled"], "what is cancelled");
      equal(of("done"), ["cancelled", "failed", "finished"], "what is done");
      equal(of("running"), ["running"], "what runs");
      equal(of("failed"), ["failed"], "what failed");
    });
  },

  async cancel_works_on_what_is_pending_or_cancelled() {
    await withPool({ workers: 1 }, async (pool) => {
      const futures = await everyState(pool);
      for (const [name, future] of Object.entries(futures)) {
        equal(future.cancel(), name === "pending" || name === "cancelled", `cancel() of what is ${name}`);
      }
      equal(futures.pending.state, "cancelled");
      equal(futures.running.state, "running");
      equal([futures.failed.state, futures.finished.state], ["finished", "finished"]);
    });
  },

  async terminate_works_on_what_has_not_settled() {
    await withPool({ workers: 1 }, async (pool) => {
      const futures = await everyState(pool);
      for (const [name, future] of Object.entries(futures)) {
        equal(future.terminate(), name === "pending" || name === "running", `terminate() of what is ${name}`);
      }
      equal((await thrownBy(() => futures.running.result())).name, "Cancelled");
    });
  },

  async result_waits_only_as_long_as_asked() {
    await withPool({ workers: 1 }, async (pool) => {
      const futures = await everyState(pool);
      for (const name of ["pending", "running"]) {
        equal((await thrownBy(() => futures[name].result({ waitMs: 0 }))).name, "TimedOut", name);
        check(!futures[name].done(), `waiting ended what is ${name}`);
      }
      equal((await thrownBy(() => futures.cancelled.result({ waitMs: 0 }))).name, "Cancelled");
      equal((await thrownBy(() => futures.failed.result({ waitMs: 0 }))).name, "TaskFailed");
      equal((await futures.finished.result({ waitMs: 0 })).value, 1);
    });
  },

  async exception_waits_only_as_long_as_asked() {
    await withPool({ workers: 1 }, async (pool) => {
      const futures = await everyState(pool);
      for (const name of ["pending", "running"]) {
        equal((await thrownBy(() => futures[name].exception({ waitMs: 0 }))).name, "TimedOut", name);
      }
      equal((await futures.failed.exception({ waitMs: 0 })).name, "TaskFailed");
      equal(await futures.finished.exception({ waitMs: 0 }), null);
    });
  },

  async exception_of_a_cancelled_future_rejects() {
    await withPool({ workers: 1 }, async (pool) => {
      const future = pool.submit(prime(7));
      future.cancel();
      equal((await thrownBy(() => future.exception())).name, "Cancelled");
    });
  },

  async waiting_for_a_result_ends_when_it_is_there() {
    await withPool({ workers: 1 }, async (pool) => {
      const answer = await pool.submit(work(100)).result({ waitMs: 10_000 });
      check(answer.digest.length === 64, "there is no answer");
    });
  },

  async waiting_for_a_result_ends_when_it_is_cancelled() {
    await withPool({ workers: 1 }, async (pool) => {
      pool.submit(endless);
      const future = pool.submit(prime(7));
      setTimeout(() => future.cancel(), 50);
      equal((await thrownBy(() => future.result({ waitMs: 10_000 }))).name, "Cancelled");
    });
  },

  async waiting_for_an_exception_ends_when_the_task_fails() {
    await withPool({ workers: 1 }, async (pool) => {
      equal((await pool.submit(fault("trap")).exception({ waitMs: 10_000 })).name, "TaskFailed");
    });
  },

  async errors_are_errors_with_a_name_and_a_message() {
    await withPool({ workers: 1 }, async (pool) => {
      const error = await pool.submit(fault("panic")).exception();
      check(error instanceof Error, "it is no Error");
      equal(error.name, "TaskFailed");
      check(error.message.includes("task 0 panics on purpose"), error.message);
    });
  },

  async a_future_nobody_awaits_reports_no_error() {
    const reported = [];
    const note = (event) => reported.push(event.type);
    addEventListener("unhandledrejection", note);
    await withPool({ workers: 1 }, async (pool) => {
      const failing = pool.submit(fault("panic"));
      pool.submit(prime(7)).cancel();
      await until(() => failing.done(), "it has failed");
      await sleep(100);
    });
    removeEventListener("unhandledrejection", note);
    equal(reported, [], "what was reported");
  },

  async a_callback_gets_the_settled_future() {
    await withPool({ workers: 1 }, async (pool) => {
      for (const [call, state] of [[prime(7), "finished"], [fault("panic"), "finished"]]) {
        const future = pool.submit(call);
        const [given, seen] = await new Promise((resolve) => {
          future.addDoneCallback((done) => resolve([done, done.state]));
        });
        check(given === future, "it is another future");
        equal(seen, state);
      }
    });
  },

  async a_callback_of_a_failing_task_sees_the_error() {
    await withPool({ workers: 1 }, async (pool) => {
      const future = pool.submit(fault("panic"));
      const seen = await new Promise((resolve) => {
        future.addDoneCallback(async (done) => resolve([done.failed(), (await done.exception()).name]));
      });
      equal(seen, [true, "TaskFailed"]);
    });
  },

  async cancel_calls_callbacks_at_once() {
    await withPool({ workers: 1 }, async (pool) => {
      const future = pool.submit(prime(7));
      let seen = null;
      future.addDoneCallback((done) => { seen = done.cancelled(); });
      check(future.cancel(), "it was not cancelled");
      equal(seen, true, "what the callback saw");
    });
  },

  async a_callback_added_later_is_called_at_once() {
    await withPool({ workers: 1 }, async (pool) => {
      const { cancelled, failed, finished } = await everyState(pool);
      for (const future of [cancelled, failed, finished]) {
        let calls = 0;
        future.addDoneCallback((done) => { calls += Number(done === future); });
        equal(calls, 1, "the number of calls");
      }
    });
  },

  async callbacks_are_called_once_in_the_order_they_were_added() {
    await withPool({ workers: 1 }, async (pool) => {
      const future = pool.submit(prime(7));
      const calls = [];
      for (const name of ["a", "b", "c"]) future.addDoneCallback(() => calls.push(name));
      await future.result();
      future.cancel();
      future.terminate();
      await pool.submit(prime(7)).result();
      equal(calls, ["a", "b", "c"]);
    });
  },

  async a_callback_that_throws_is_reported_and_keeps_no_other_from_being_called() {
    await withPool({ workers: 1 }, async (pool) => {
      const reported = [];
      const note = (event) => { event.preventDefault(); reported.push(event.error.message); };
      addEventListener("error", note);
      const future = pool.submit(prime(7));
      let called = false;
      future.addDoneCallback(() => { throw new Error("thrown in a callback"); });
      future.addDoneCallback(() => { called = true; });
      equal(await answered(future), 1);
      future.addDoneCallback(() => { throw new Error("thrown in a later callback"); });
      removeEventListener("error", note);
      check(called, "the other was not called");
      equal(reported, ["thrown in a callback", "thrown in a later callback"]);
      equal(await answered(pool.submit(prime(7))), 1, "the next answer");
    });
  },

  async what_is_no_function_is_refused_as_a_callback() {
    await withPool({ workers: 1 }, async (pool) => {
      const future = pool.submit(prime(7));
      for (const bad of [undefined, null, 5, {}]) await refused("callback", () => future.addDoneCallback(bad));
    });
  },

  async a_callback_may_submit_the_next_task() {
    await withPool({ workers: 2 }, async (pool) => {
      const counts = { a: 50, b: 25, c: 30 };
      const chain = (name, left) => new Promise((resolve) => {
        const next = () => pool.submit(prime(7)).addDoneCallback(() => {
          left -= 1;
          if (left === 0) resolve(name);
          else next();
        });
        next();
      });
      const names = await Promise.all(Object.entries(counts).map(([name, left]) => chain(name, left)));
      equal(names, ["a", "b", "c"]);
      check(pool.state.started <= 2, `${pool.state.started} workers were started`);
    });
  },

  async a_callback_may_submit_a_task_that_fails() {
    await withPool({ workers: 1 }, async (pool) => {
      const next = await new Promise((resolve) => {
        pool.submit(prime(7)).addDoneCallback(() => resolve(pool.submit(fault("close"))));
      });
      equal((await next.exception()).name, "WorkerLost");
    });
  },

  async cancelling_in_a_callback_counts_at_once() {
    await withPool({ workers: 1 }, async (pool) => {
      const [first, , third] = [pool.submit(prime(7)), pool.submit(work(50)), pool.submit(prime(7))];
      const seen = await new Promise((resolve) => {
        first.addDoneCallback(() => resolve([third.cancel(), third.state, third.done(), third.cancel()]));
      });
      equal(seen, [true, "cancelled", true, true]);
      equal((await thrownBy(() => third.result())).name, "Cancelled");
    });
  },

  async a_callback_may_shut_the_pool_down() {
    const pool = await playground.pool({ workers: 1 });
    const [first, second] = [pool.submit(prime(7)), pool.submit(prime(8))];
    first.addDoneCallback(() => { pool.shutdown({ wait: false }); });
    equal([await answered(first), await answered(second)], [1, 0]);
    equal((await thrownBy(() => pool.submit(prime(7)))).name, "Unavailable");
    await pool.shutdown();
    equal(pool.state.workers, 0, "the number of workers");
  },
});
