"""An example of another program whose reports the playground opens: the workload `primes` in
CPython, one number after another, on threads and on processes.

    python3 docs/producer.py > python.json

Open the file on the page with "Open", or drop it there. The form of a report is described in
README.md, and by docs/report.schema.json.
"""

import hashlib
import json
import os
import platform
import random
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime, timezone

START, COUNT = 1_000_000_000, 2_000
TASKS, WORKERS, ROUNDS, WARM_UPS, SEED = 20, 2, 15, 2, 1
PAUSE_S = 0.1


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


def task(start):
    """Whether each number of a task is prime, a byte for each."""
    return bytes(map(is_prime, range(start, start + COUNT // TASKS)))


def sample(run):
    """One computation: its answer, and how long it took in ms."""
    began = time.perf_counter()
    answer = b"".join(run(task, range(START, START + COUNT, COUNT // TASKS)))
    return answer, (time.perf_counter() - began) * 1000


def result(executor, startup_ms, warm_ups_ms, totals_ms, answer):
    return {
        "executor": executor,
        "startupMs": startup_ms,
        "warmUp": {"totalsMs": warm_ups_ms, "settled": False},
        "samples": [
            {
                "totalMs": total_ms,
                "computations": 1,
                # This program measures no phases, so all of the time is the rest.
                "phasesMs": {},
                "restMs": total_ms,
                "mainThreadBlockedMs": 0,
                "bytesSent": 0,
                "bytesReceived": 0,
                "concurrency": 0,
            }
            for total_ms in totals_ms
        ],
        "timelineOf": 0,
        "lanes": [],
        "answer": {
            "digest": hashlib.sha256(answer).hexdigest(),
            "value": sum(answer),
            "summary": f"{sum(answer)} primes among {COUNT} numbers.",
        },
        "error": None,
    }


def main():
    started_at = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    pools, executors, startups_ms = [None], [{"id": "main-thread"}], [0]
    for pool, id, memory in [
        (ThreadPoolExecutor, "thread-pool", "shared"),
        (ProcessPoolExecutor, "process-pool", "own"),
    ]:
        began = time.perf_counter()
        pools.append(pool(WORKERS))
        # As long as each of them sleeps, no worker is given two of these.
        list(pools[-1].map(time.sleep, [PAUSE_S] * WORKERS))
        startups_ms.append((time.perf_counter() - began - PAUSE_S) * 1000)
        executors.append({"id": id, "title": pool.__name__, "memory": memory, "workers": WORKERS})
    runs = [pool.map if pool else map for pool in pools]
    answers, totals_ms, order = [b""] * len(runs), [[] for _ in runs], []
    shuffled = random.Random(SEED)
    for _ in range(WARM_UPS + ROUNDS):
        order.append(shuffled.sample(range(len(runs)), len(runs)))
        for at in order[-1]:
            answers[at], total_ms = sample(runs[at])
            totals_ms[at].append(total_ms)
    for pool in filter(None, pools):
        pool.shutdown()
    report = {
        "schema": 5,
        "producer": {"name": "CPython", "version": platform.python_version()},
        "environment": {
            "hardwareConcurrency": os.cpu_count() or 1,
            "effectiveCores": None,
            "clockResolutionUs": time.get_clock_info("perf_counter").resolution * 1e6,
            "startedAt": started_at,
        },
        "experiment": {
            "workload": "primes",
            "params": {"start": START, "count": COUNT},
            "executors": executors,
            "repeats": ROUNDS,
            "warmup": WARM_UPS,
            "seed": SEED,
            "spans": False,
            "order": order,
        },
        "measuring": {
            "calibrated": False,
            "looks": 1,
            "blocks": [{"drift": 0, "cores": None, "disturbed": None, "kept": True}] * ROUNDS,
        },
        "results": [
            result(executor, startup_ms, of[:WARM_UPS], of[WARM_UPS:], answer)
            for executor, startup_ms, of, answer in zip(executors, startups_ms, totals_ms, answers)
        ],
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
