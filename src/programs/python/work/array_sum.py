import struct
from array import array


def make_tasks():
    return cut(array("I", (r(SEED, i) >> 32 for i in range(N))))


def work(numbers):
    return sum(numbers), min(numbers), max(numbers)


def merge(parts):
    sums, least, greatest = zip(*parts)
    return struct.pack("<QQQ", sum(sums) & MASK, min(least), max(greatest))
