// map: order, chunks, buffers, time, and what follows where one call fails.

const primes = () => NUMBERS.map(prime);

function* endlessCalls(taken) {
  for (let number = 0; ; number += 1) {
    taken.push(number);
    yield prime(number);
  }
}

Object.assign(cases, {
  async map_gives_answers_in_the_order_of_the_calls() {
    await withPool({ workers: 3 }, async (pool) => {
      equal(await all(pool.map(primes())), PRIMES);
      // The first is the last to be done.
      const values = await all(pool.map([work(80), prime(7), prime(8)]));
      equal(values, [null, 1, 0]);
    });
  },

  async map_in_chunks_of_any_size_gives_the_same_answers() {
    await withPool({ workers: 2 }, async (pool) => {
      for (const chunkSize of [1, 3, 6, 10, 50]) {
        equal(await all(pool.map(primes(), { chunkSize })), PRIMES, `in chunks of ${chunkSize} it`);
      }
    });
  },

  async map_of_chunks_submits_a_task_per_chunk() {
    await withPool({ workers: 1 }, async (pool) => {
      pool.submit(endless);
      pool.map(primes(), { chunkSize: 4 });
      equal(pool.state.queued, 4, "the number of tasks that wait");
    });
  },

  async map_refuses_a_bad_chunk_size() {
    await withPool({ workers: 1 }, async (pool) => {
      for (const chunkSize of [-1, 0, 2.5, NaN, "3", null, 4097]) {
        await refused("chunkSize", () => pool.map(primes(), { chunkSize }));
      }
      equal(pool.state.started, 0, "the number of workers started");
    });
  },

  async map_refuses_a_buffer_size_of_a_bad_type() {
    await withPool({ workers: 1 }, async (pool) => {
      for (const bufferSize of ["foo", 2.5, null, NaN]) {
        await refused("bufferSize", () => pool.map(primes(), { bufferSize }));
      }
    });
  },

  async map_refuses_a_buffer_size_below_1() {
    await withPool({ workers: 1 }, async (pool) => {
      for (const bufferSize of [0, -1]) await refused("bufferSize", () => pool.map(primes(), { bufferSize }));
    });
  },

  async map_with_a_buffer_gives_all_answers() {
    await withPool({ workers: 2 }, async (pool) => {
      for (const bufferSize of [1, 2, 10, 20]) {
        equal(await all(pool.map(primes(), { bufferSize })), PRIMES, `with a buffer of ${bufferSize} it`);
      }
    });
  },

  async map_with_a_buffer_and_chunks_gives_all_answers() {
    await withPool({ workers: 2 }, async (pool) => {
      equal(await all(pool.map(primes(), { bufferSize: 2, chunkSize: 3 })), PRIMES);
    });
  },

  async map_with_a_buffer_takes_endless_calls() {
    await withPool({ workers: 1 }, async (pool) => {
      const taken = [];
      const answers = pool.map(endlessCalls(taken), { bufferSize: 2 });
      const values = [];
      for await (const { value } of answers) if (values.push(value) === 4) break;
      equal(values, [0, 0, 1, 1], "whether 0 to 3 are prime");
      check(taken.length <= 6, `${taken.length} calls were taken for 4 answers`);
    });
  },

  async map_with_a_buffer_takes_no_more_calls_than_fit() {
    const taken = [];
    const pool = await playground.pool({ workers: 1 });
    pool.map(endlessCalls(taken), { bufferSize: 2 });
    await pool.shutdown();
    equal(taken, [0, 1], "what was taken");
  },

  async map_of_nothing_gives_nothing() {
    await withPool({ workers: 1 }, async (pool) => {
      equal(await all(pool.map([])), []);
      equal(await all(pool.map([], { bufferSize: 2 })), []);
      equal(pool.state.started, 0, "the number of workers started");
    });
  },

  async map_submits_before_anybody_asks_for_answers() {
    const pool = await playground.pool({ workers: 2 });
    const answers = pool.map(primes());
    await pool.shutdown();
    equal(await all(answers), PRIMES);
  },

  async map_goes_on_to_the_answers_before_a_call_that_fails() {
    await withPool({ workers: 1 }, async (pool) => {
      const answers = pool.map([prime(2), prime(3), fault("panic"), prime(5)]);
      equal((await answers.next()).value.value, 1);
      equal((await answers.next()).value.value, 1);
      equal((await thrownBy(() => answers.next())).name, "TaskFailed");
    });
  },

  async map_is_exhausted_after_a_call_that_fails_and_cancels_the_rest() {
    await withPool({ workers: 1 }, async (pool) => {
      const answers = pool.map([fault("panic"), work(500), ...primes()]);
      equal((await thrownBy(() => answers.next())).name, "TaskFailed");
      equal((await answers.next()).done, true, "whether it is exhausted");
      check(pool.state.queued <= 1, `${pool.state.queued} tasks still wait`);
    });
  },

  async map_fails_the_chunk_whose_worker_stops() {
    await withPool({ workers: 1 }, async (pool) => {
      const answers = pool.map([prime(2), prime(3), prime(5), fault("trap")], { chunkSize: 2 });
      equal((await answers.next()).value.value, 1);
      equal((await answers.next()).value.value, 1);
      equal((await thrownBy(() => answers.next())).name, "TaskFailed");
    });
  },

  async map_gives_up_when_its_time_is_over_and_cancels_the_rest() {
    await withPool({ workers: 1 }, async (pool) => {
      const answers = pool.map([prime(2), prime(3), endless, prime(5), prime(7)], { waitMs: 1500 });
      const found = [];
      const error = await thrownBy(async () => {
        for await (const { value } of answers) found.push(value);
      });
      equal(error.name, "TimedOut");
      equal(found, [1, 1], "what it gave before");
      equal((await answers.next()).done, true, "whether it is exhausted");
      equal(pool.state.queued, 0, "the number of tasks that wait");
    });
  },

  async map_passes_on_that_a_call_ran_too_long() {
    for (const waitMs of [undefined, 10_000]) {
      await withPool({ workers: 1 }, async (pool) => {
        const answers = pool.map([prime(2), endless], { timeoutMs: 200, waitMs });
        equal((await answers.next()).value.value, 1);
        const error = await thrownBy(() => answers.next());
        equal(error.name, "TimedOut");
        check(error.message.includes("ran for longer than 200 ms"), error.message);
      });
    }
  },

  async map_whose_time_is_over_at_once_runs_nothing_that_waits() {
    await withPool({ workers: 1 }, async (pool) => {
      const first = pool.submit(work(200));
      const answers = pool.map([prime(2), prime(3)], { waitMs: 0 });
      equal((await thrownBy(() => answers.next())).name, "TimedOut");
      await first.result();
      equal([pool.state.queued, pool.state.busy], [0, 0], "what waits and what runs");
    });
  },

  async leaving_the_loop_over_map_cancels_the_rest() {
    await withPool({ workers: 1 }, async (pool) => {
      const answers = pool.map([prime(2), endless, ...primes()]);
      for await (const { value } of answers) {
        equal(value, 1);
        break;
      }
      equal((await answers.next()).done, true, "whether it is exhausted");
      equal(pool.state.queued, 0, "the number of tasks that wait");
    });
  },

  async leaving_the_loop_within_a_chunk_gives_no_more_of_it() {
    await withPool({ workers: 1 }, async (pool) => {
      const answers = pool.map(primes(), { chunkSize: 3 });
      await answers.next();
      await answers.return();
      equal((await answers.next()).done, true, "whether it is exhausted");
    });
  },

  async calls_that_throw_while_map_takes_them_cancel_what_was_submitted() {
    for (const chunkSize of [1, 2, 4]) {
      await withPool({ workers: 1 }, async (pool) => {
        pool.submit(endless);
        function* throwing() {
          for (let number = 0; number < 7; number += 1) yield prime(number);
          throw new RangeError("no more calls");
        }
        equal((await thrownBy(() => pool.map(throwing(), { chunkSize }))).message, "no more calls");
        equal(pool.state.queued + pool.state.busy <= 1, true, "whether only the endless task is left");
      });
    }
  },

  async map_refuses_a_bad_call_and_runs_none() {
    await withPool({ workers: 1 }, async (pool) => {
      await refused("conut", () => pool.map([prime(2), { workload: "primes", params: { conut: 5 } }]));
      await refused("call", () => pool.map([5]));
      await refused("call", () => pool.map("ab"));
      equal(pool.state.queued, 0, "the number of tasks that wait");
    });
  },

  async map_refuses_what_is_no_list_of_calls() {
    await withPool({ workers: 1 }, async (pool) => {
      for (const bad of [undefined, null, 5, {}, prime(2)]) await refused("calls", () => pool.map(bad));
    });
  },

  async map_refuses_unknown_and_bad_options() {
    await withPool({ workers: 1 }, async (pool) => {
      await refused("chunksize", () => pool.map([], { chunksize: 2 }));
      await refused("timeout", () => pool.map([], { timeout: 2 }));
      await refused("waitMs", () => pool.map([], { waitMs: -1 }));
      await refused("waitMs", () => pool.map([], { waitMs: NaN }));
      await refused("timeoutMs", () => pool.map(primes(), { timeoutMs: NaN }));
      await refused("repeatable", () => pool.map(primes(), { repeatable: "yes" }));
      await refused("options", () => pool.map(primes(), null));
      await refused("options", () => pool.map(primes(), 5));
    });
  },

  async several_maps_at_once_do_not_mix_their_answers() {
    await withPool({ workers: 2 }, async (pool) => {
      const found = await Promise.all([1, 2, 3].map((chunkSize) => all(pool.map(primes(), { chunkSize }))));
      for (const values of found) equal(values, PRIMES);
    });
  },

  async tasks_cancelled_among_maps_leave_the_others_alone() {
    await withPool({ workers: 2 }, async (pool) => {
      const before = pool.map(primes());
      const futures = Array.from({ length: 20 }, () => pool.submit(prime(7)));
      futures.forEach((future, index) => index % 2 === 0 && future.cancel());
      const after = pool.map(primes());
      equal([await all(before), await all(after)], [PRIMES, PRIMES]);
      for (const future of futures.filter((future) => !future.cancelled())) {
        equal((await future.result()).value, 1);
      }
    });
  },
});
