"""What concurrency costs in CPython on this machine, as `src/advice/cpython.rs` has it.

Prints the median of several rounds, and half the distance between the quartiles:

    python3 docs/cpython_costs.py

What starting workers costs is not measured here: that is published for several platforms, see
`src/advice/cpython.rs`.
"""

import asyncio
import os
import pickle
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

ROUNDS = 15
TASKS = 2_000
LARGE = 8_000_000


def nothing(_=None):
    """An empty task."""


def length(data):
    """A task that is sent bytes."""
    return len(data)


async def coroutine():
    """A coroutine that waits for one turn of the loop, as a request does at least."""
    await asyncio.sleep(0)


async def gathered():
    await asyncio.gather(*[coroutine() for _ in range(TASKS)])


def seconds(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def line(name, unit, scale, work):
    work()  # The first time is the slowest.
    found = sorted(seconds(work) * scale for _ in range(ROUNDS))
    low, _, high = statistics.quantiles(found, n=4)
    print(f"{name:<44}{statistics.median(found):>10.4f} ± {(high - low) / 2:.4f} {unit}")


def main():
    print(f"CPython {sys.version.split()[0]}, {sys.platform}, {os.cpu_count()} cores")
    each_us = 1e6 / TASKS
    line("a call in a loop", "µs", each_us, lambda: [nothing() for _ in range(TASKS)])
    line("a task of asyncio.gather", "µs", each_us, lambda: asyncio.run(gathered()))
    with ThreadPoolExecutor(2) as pool:
        line("a task of a thread pool", "µs", each_us, lambda: list(pool.map(nothing, range(TASKS))))
    with ProcessPoolExecutor(2, mp_context=get_context("forkserver")) as pool:
        for chunk in (1, 100):
            name = f"a task of a process pool, in chunks of {chunk}"
            line(name, "µs", each_us, lambda: list(pool.map(nothing, range(TASKS), chunksize=chunk)))
        data = os.urandom(LARGE)
        line("a byte sent to a process", "ns", 1e9 / LARGE, lambda: pool.submit(length, data).result())
    line("a byte pickled", "ns", 1e9 / LARGE, lambda: pickle.loads(pickle.dumps(data, 5)))
    rows = [(i, float(i), str(i)) for i in range(100_000)]
    size = len(pickle.dumps(rows, 5))
    line("a byte of a list of tuples pickled", "ns", 1e9 / size, lambda: pickle.loads(pickle.dumps(rows, 5)))


if __name__ == "__main__":
    main()
