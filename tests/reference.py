"""The golden values of tests/workloads.rs, computed by another program in another
language: CPython's integers, IEEE doubles and hashlib. Run it to check them:

    python3 tests/reference.py
"""

import hashlib
import struct

MASK = (1 << 64) - 1


def r(seed, i):
    z = (seed + (i + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def primes(numbers):
    def is_prime(n):
        return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))

    return bytes(map(is_prime, numbers))


def mandelbrot(width, height, max_iter, center_x, center_y, span):
    picture = bytearray()
    for py in range(height):
        for px in range(width):
            cx = center_x + (px + 0.5 - width / 2) * span / width
            cy = center_y + (py + 0.5 - height / 2) * span / width
            x = y = 0.0
            count = 0
            while count < max_iter and not x * x + y * y > 4:
                x, y = (x * x - y * y) + cx, (2 * x) * y + cy
                count += 1
            picture += struct.pack("<I", count)
    return bytes(picture)


def matmul(n, seed):
    entry = lambda i: r(seed, i) % 17 - 8
    a = [[entry(i * n + k) for k in range(n)] for i in range(n)]
    b = [[entry(n * n + k * n + j) for k in range(n)] for j in range(n)]
    return b"".join(
        struct.pack("<f", sum(x * y for x, y in zip(row, column))) for row in a for column in b
    )


def monte_carlo_pi(samples, seed):
    points = (divmod(r(seed, i), 1 << 33) for i in range(samples))
    return struct.pack("<Q", sum(x * x + (y % (1 << 31)) ** 2 < 1 << 62 for x, y in points))


def sha256(chains, rounds, seed):
    last = bytearray()
    for i in range(chains):
        h = struct.pack("<Q", r(seed, i))
        for _ in range(rounds):
            h = hashlib.sha256(h).digest()
        last += h
    return bytes(last)


def array_sum(n, seed):
    values = [r(seed, i) >> 32 for i in range(n)]
    return struct.pack("<QQQ", sum(values) & MASK, min(values), max(values))


def requests(count, size, seed):
    return b"".join(bytes(r(seed + i, j) >> 56 for j in range(size)) for i in range(count))


def show(name, answer):
    print(f"{name:45} {hashlib.sha256(answer).hexdigest()}")


show("primes 10000019 10000079 10000103 10000129", primes([10_000_019, 10_000_079, 10_000_103, 10_000_129]))
show("primes start 0 count 1000", primes(range(1000)))
show("primes start 10000000 count 1000", primes(range(10_000_000, 10_001_000)))
show("primes 999999999989 4294967291 4294967297", primes([999_999_999_989, 4_294_967_291, 4_294_967_297]))
show("mandelbrot 64 48 100 -0.5 0 3", mandelbrot(64, 48, 100, -0.5, 0.0, 3.0))
show("mandelbrot 130 70 200 -0.743 0.1318 0.01", mandelbrot(130, 70, 200, -0.743, 0.1318, 0.01))
show("matmul 1 seed 1", matmul(1, 1))
show("matmul 37 seed 5", matmul(37, 5))
show("matmul 150 seed 1", matmul(150, 1))
show("monte-carlo-pi 1 seed 1", monte_carlo_pi(1, 1))
show("monte-carlo-pi 100000 seed 7", monte_carlo_pi(100_000, 7))
show("monte-carlo-pi 2100000 seed 1", monte_carlo_pi(2_100_000, 1))
show("sha256 1 of 1 seed 1", sha256(1, 1, 1))
show("sha256 20 of 50 seed 3", sha256(20, 50, 3))
show("sha256 9 of 7000 seed 1", sha256(9, 7000, 1))
show("array-sum 1 seed 1", array_sum(1, 1))
show("array-sum 1000 seed 7", array_sum(1000, 7))
show("array-sum 300000 seed 1", array_sum(300_000, 1))
show("requests 12 of 1024 seed 1", requests(12, 1024, 1))
show("requests 3 of 5 seed 9", requests(3, 5, 9))
