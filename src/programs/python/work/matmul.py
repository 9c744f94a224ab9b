import struct
from operator import mul


def entry(i):
    return r(SEED, i) % 17 - 8


def make_tasks():
    """Some rows of the first matrix each, and all columns of the second."""
    rows = [[entry(N * i + k) for k in range(N)] for i in range(N)]
    columns = [[entry(N * N + N * k + j) for k in range(N)] for j in range(N)]
    return [(some, columns) for some in cut(rows)]


def work(task):
    """Computes some rows of the product."""
    rows, columns = task
    product = [sum(map(mul, row, column)) for row in rows for column in columns]
    return struct.pack(f"<{len(product)}f", *product)


def merge(parts):
    return b"".join(parts)
