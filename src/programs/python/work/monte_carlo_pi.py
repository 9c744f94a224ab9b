import struct


def make_tasks():
    return cut(range(SAMPLES))


def work(samples):
    """Counts the points that are inside the quarter of the circle."""
    inside = 0
    for i in samples:
        x, y = divmod(r(SEED, i), 2**33)  # x: the upper 31 bits
        y %= 2**31  # y: the lower 31 bits
        inside += x * x + y * y < 2**62
    return inside


def merge(parts):
    return struct.pack("<Q", sum(parts))
