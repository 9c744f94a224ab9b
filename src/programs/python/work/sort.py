import heapq
import struct
from array import array


def make_tasks():
    return cut(array("I", (r(SEED, i) >> 32 for i in range(N))))


def work(numbers):
    return array("I", sorted(numbers))


def merge(parts):
    return struct.pack(f"<{N}I", *heapq.merge(*parts))
