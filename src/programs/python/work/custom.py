from functools import reduce
from operator import xor


def make_tasks():
    """The number of each task, and what it is sent."""
    return [(i, bytes(PAYLOAD_BYTES)) for i in range(TASKS)]


def percent(i):
    """By how much a task may differ from the others."""
    return 100 - VARIANCE + r(SEED, i) % (2 * VARIANCE + 1)


def seconds(task):
    i, _ = task
    return WAIT_MS * percent(2 * TASKS + i) // 100 / 1000


def compute(task, answer):
    i, _ = task
    value = r(SEED, i)
    for _ in range(COMPUTE_UNITS * percent(TASKS + i) // 100 * 1000):
        value = r(value, 0)
    return value.to_bytes(8, "little").ljust(RESULT_BYTES, b"\0")


def merge(parts):
    values = [int.from_bytes(part[:8], "little") for part in parts]
    return reduce(xor, values).to_bytes(8, "little")
