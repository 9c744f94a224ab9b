// wait and asCompleted.

const names = (futures, set) => Object.entries(futures).filter(([, future]) => set.has(future)).map(([name]) => name);

async function completed(iterator) {
  const found = [];
  for await (const future of iterator) found.push(future);
  return found;
}

Object.assign(cases, {
  async wait_for_all_gives_all() {
    await withPool({ workers: 2 }, async (pool) => {
      const futures = { good: pool.submit(prime(7)), bad: pool.submit(fault("panic")), gone: pool.submit(prime(8)) };
      futures.gone.cancel();
      const { done, notDone } = await pool.wait(Object.values(futures));
      equal([names(futures, done), notDone.size], [["good", "bad", "gone"], 0]);
    });
  },

  async wait_takes_a_future_that_is_there_twice_once() {
    await withPool({ workers: 1 }, async (pool) => {
      const future = pool.submit(prime(7));
      const { done, notDone } = await pool.wait([future, future], { returnWhen: "all-completed" });
      equal([done.size, notDone.size, done.has(future)], [1, 0, true]);
    });
  },

  async wait_for_the_first_gives_the_first() {
    await withPool({ workers: 2 }, async (pool) => {
      const futures = { quick: pool.submit(prime(7)), endless: pool.submit(endless) };
      const { done, notDone } = await pool.wait(Object.values(futures), { returnWhen: "first-completed" });
      equal([names(futures, done), names(futures, notDone)], [["quick"], ["endless"]]);
    });
  },

  async wait_for_the_first_gives_at_once_what_is_there() {
    await withPool({ workers: 1 }, async (pool) => {
      const futures = await everyState(pool);
      const { done, notDone } = await pool.wait(Object.values(futures), { returnWhen: "first-completed" });
      equal(names(futures, done), ["cancelled", "failed", "finished"]);
      equal(names(futures, notDone), ["pending", "running"]);
    });
  },

  async wait_for_the_first_exception_goes_past_those_that_succeed() {
    await withPool({ workers: 3 }, async (pool) => {
      const futures = { good: pool.submit(prime(7)), bad: null, endless: pool.submit(endless) };
      await futures.good.result();
      futures.bad = pool.submit(fault("panic"));
      const { done, notDone } = await pool.wait(Object.values(futures), { returnWhen: "first-exception" });
      equal([names(futures, done), names(futures, notDone)], [["good", "bad"], ["endless"]]);
    });
  },

  async wait_for_the_first_exception_with_some_done_waits_for_one() {
    await withPool({ workers: 2 }, async (pool) => {
      const good = pool.submit(prime(7));
      await good.result();
      const futures = { good, endless: pool.submit(endless), bad: pool.submit(fault("panic")) };
      const { done } = await pool.wait(Object.values(futures), { returnWhen: "first-exception" });
      equal(names(futures, done), ["good", "bad"]);
    });
  },

  async wait_for_the_first_exception_gives_at_once_where_one_failed() {
    await withPool({ workers: 1 }, async (pool) => {
      const bad = pool.submit(fault("panic"));
      await bad.exception();
      const futures = { bad, endless: pool.submit(endless) };
      const { done, notDone } = await pool.wait(Object.values(futures), { returnWhen: "first-exception" });
      equal([names(futures, done), names(futures, notDone)], [["bad"], ["endless"]]);
    });
  },

  async wait_for_the_first_exception_does_not_count_what_is_cancelled() {
    await withPool({ workers: 1 }, async (pool) => {
      const futures = { running: pool.submit(work(200)), gone: pool.submit(prime(7)) };
      futures.gone.cancel();
      const { done } = await pool.wait(Object.values(futures), { returnWhen: "first-exception" });
      equal(names(futures, done), ["running", "gone"]);
    });
  },

  async wait_gives_up_after_its_time_without_an_error() {
    await withPool({ workers: 1 }, async (pool) => {
      const futures = await everyState(pool);
      const { done, notDone } = await pool.wait(Object.values(futures), { waitMs: 50 });
      equal(names(futures, done), ["cancelled", "failed", "finished"]);
      equal(names(futures, notDone), ["pending", "running"]);
    });
  },

  async wait_for_a_hundred_futures_that_settle_meanwhile_ends() {
    await withPool({ workers: 4 }, async (pool) => {
      const futures = Array.from({ length: 100 }, () => pool.submit(prime(7)));
      const { done, notDone } = await pool.wait(futures, { waitMs: 10_000 });
      equal([done.size, notDone.size], [100, 0]);
    });
  },

  async wait_for_nothing_ends_at_once() {
    await withPool({ workers: 1 }, async (pool) => {
      for (const returnWhen of ["all-completed", "first-completed", "first-exception"]) {
        const { done, notDone } = await pool.wait([], { returnWhen });
        equal([done.size, notDone.size], [0, 0]);
      }
    });
  },

  async wait_takes_futures_of_several_pools() {
    await withPool({ workers: 1 }, (one) => withPool({ workers: 1 }, async (other) => {
      const { done } = await one.wait([one.submit(prime(7)), other.submit(prime(7))]);
      equal(done.size, 2);
    }));
  },

  async wait_refuses_what_it_does_not_know() {
    await withPool({ workers: 1 }, async (pool) => {
      const future = pool.submit(prime(7));
      await future.result();
      await refused("returnWhen", () => pool.wait([future], { returnWhen: "FIRST_COMPLETED" }));
      await refused("return_when", () => pool.wait([future], { return_when: "all-completed" }));
      for (const waitMs of [-1, NaN, "5", null]) await refused("waitMs", () => pool.wait([future], { waitMs }));
      for (const bad of [undefined, 5, future, [5], [future.result()]]) {
        await refused("futures", () => pool.wait(bad));
        await refused("futures", () => completed(pool.asCompleted(bad)));
      }
      await refused("options", () => pool.wait([future], null));
    });
  },

  async as_completed_gives_each_future_once() {
    await withPool({ workers: 2 }, async (pool) => {
      const futures = [pool.submit(prime(7)), pool.submit(fault("panic")), pool.submit(prime(8))];
      futures[2].cancel();
      const found = await completed(pool.asCompleted(futures));
      equal([found.length, new Set(found).size], [3, 3]);
      check(futures.every((future) => found.includes(future)), "one is missing");
    });
  },

  async as_completed_gives_futures_as_they_settle() {
    await withPool({ workers: 2 }, async (pool) => {
      // Both workers are there before it begins.
      await Promise.all([pool.submit(work(50)).result(), pool.submit(work(50)).result()]);
      const futures = [pool.submit(work(500)), pool.submit(prime(7))];
      const found = await completed(pool.asCompleted(futures));
      equal(found.map((future) => futures.indexOf(future)), [1, 0]);
    });
  },

  async as_completed_begins_with_what_has_settled() {
    await withPool({ workers: 1 }, async (pool) => {
      const futures = await everyState(pool);
      const found = new Set();
      for await (const future of pool.asCompleted(Object.values(futures))) if (found.add(future).size === 3) break;
      equal(names(futures, found), ["cancelled", "failed", "finished"]);
    });
  },

  async as_completed_gives_up_after_its_time() {
    for (const waitMs of [0, 100]) {
      await withPool({ workers: 1 }, async (pool) => {
        const futures = await everyState(pool);
        const found = new Set();
        const error = await thrownBy(async () => {
          for await (const future of pool.asCompleted(Object.values(futures), { waitMs })) found.add(future);
        });
        equal(error.name, "TimedOut");
        equal(names(futures, found), ["cancelled", "failed", "finished"]);
      });
    }
  },

  async as_completed_says_how_many_futures_are_left() {
    await withPool({ workers: 1 }, async (pool) => {
      const { pending, running, cancelled, finished } = await everyState(pool);
      const left = pool.asCompleted([cancelled, pending, running, finished], { waitMs: 0 });
      const error = await thrownBy(() => completed(left));
      check(error.message.includes("2 of 4 futures"), error.message);
    });
  },

  async as_completed_takes_a_future_that_is_there_twice_once() {
    await withPool({ workers: 1 }, async (pool) => {
      const future = pool.submit(work(50));
      function* thrice() { yield future; yield future; yield future; }
      equal((await completed(pool.asCompleted(thrice()))).length, 1);
    });
  },

  async as_completed_of_nothing_ends_at_once() {
    await withPool({ workers: 1 }, async (pool) => {
      equal(await completed(pool.asCompleted([])), []);
    });
  },

  async as_completed_takes_no_options_it_does_not_know() {
    await withPool({ workers: 1 }, async (pool) => {
      await refused("timeout", () => completed(pool.asCompleted([], { timeout: 5 })));
      await refused("waitMs", () => completed(pool.asCompleted([], { waitMs: -1 })));
    });
  },
});
