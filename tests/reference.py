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


def sort(n, seed):
    return struct.pack(f"<{n}I", *sorted(r(seed, i) >> 32 for i in range(n)))


def blur(width, height, radius, passes, picture):
    side = 2 * radius + 1

    def blurred(line):
        last = len(line) - 1
        around = lambda i: (line[min(max(i + d, 0), last)] for d in range(-radius, radius + 1))
        return [(sum(around(i)) + side // 2) // side for i in range(len(line))]

    channels = [[list(picture[y * width * 4 + c : (y + 1) * width * 4 : 4]) for y in range(height)] for c in range(4)]
    for _ in range(passes):
        for c in range(4):
            rows = [blurred(row) for row in channels[c]]
            channels[c] = list(zip(*[blurred(column) for column in zip(*rows)]))
    return bytes(channels[c][y][x] for y in range(height) for x in range(width) for c in range(4))


def noise(length, seed):
    return bytes(r(seed, j) >> 56 for j in range(length))


SYLLABLES = "ba de fi go ku la me ni po ru sa te vi x7 zü éo".split()


def generated_text(words, seed):
    text = b""
    for i in range(words):
        v = r(seed, i)
        bits = v % 12
        rank = 2**bits + (v >> 8) % 2**bits
        word = "".join(SYLLABLES[int(digit, 16)] for digit in f"{rank:x}")
        if (v >> 40) % 8 == 0:
            word = word[0].upper() + word[1:]
        word += {0: ",", 1: ".", 2: "—"}.get((v >> 48) % 16, "")
        text += word.encode().ljust(16)
    return text


# Python counts some marks as no letters that Unicode calls alphabetic; no text below has any.
def word_count(text):
    counts = {}
    word = ""
    for c in text.decode(errors="replace") + " ":
        if c.isalnum():
            word += c
        elif word:
            counts[word.lower()] = counts.get(word.lower(), 0) + 1
            word = ""
    lines = sorted((word.encode(), count) for word, count in counts.items())
    return b"".join(b"%s\t%d\n" % line for line in lines)


def requests(count, size, seed):
    return b"".join(bytes(r(seed + i, j) >> 56 for j in range(size)) for i in range(count))


def pipeline(count, size, seed, rounds):
    hashes = []
    for i in range(count):
        hash_ = requests(1, size, seed + i)
        for _ in range(rounds):
            hash_ = hashlib.sha256(hash_).digest()
        hashes.append(hash_)
    return b"".join(hashes)


def custom(tasks, units, variance, seed):
    """payloadBytes, resultBytes and waitMs are no part of the answer."""
    answer = 0
    for i in range(tasks):
        percent = 100 - variance + r(seed, tasks + i) % (2 * variance + 1)
        value = r(seed, i)
        for _ in range(units * percent // 100 * 1000):
            value = r(value, 0)
        answer ^= value
    return struct.pack("<Q", answer)


def mixed_threads(units, requests, seed):
    """latencyMs is no part of the answer."""
    answer = 0
    for i in range(requests + 1):
        value = r(seed, i)
        for _ in range((units if i == 0 else 1) * 1000):
            value = r(value, 0)
        answer ^= value
    return struct.pack("<Q", answer)


def faults(tasks, units, seed):
    """fault, at, timeoutMs and repeatable are no part of the answer."""
    return custom(tasks, units, 0, seed)


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
show("sort 1 seed 1", sort(1, 1))
show("sort 1000 seed 7", sort(1000, 7))
show("sort 200000 seed 3", sort(200_000, 3))
show("blur 40 30 radius 3 passes 2 seed 1", blur(40, 30, 3, 2, noise(40 * 30 * 4, 1)))
show("blur 33 150 radius 20 passes 3 seed 5", blur(33, 150, 20, 3, noise(33 * 150 * 4, 5)))
show("blur 2 1 radius 1 passes 1 own 0 to 7", blur(2, 1, 1, 1, bytes(range(8))))
show("word-count 1000 seed 1", word_count(generated_text(1000, 1)))
show("word-count 40000 seed 9", word_count(generated_text(40_000, 9)))
show("word-count text", word_count("Straße, STRASSE; der Ärger — ärger! 2 mal 2.ΟΔΟΣ".encode()))
show("word-count own, not all UTF-8", word_count(b"one\xfftwo \xe2\x82 One \xc3\xa9t\xc3\xa9\x80\xc3"))
show("requests 12 of 1024 seed 1", requests(12, 1024, 1))
show("requests 3 of 5 seed 9", requests(3, 5, 9))
show("pipeline 12 of 1024 seed 1, 5 rounds", pipeline(12, 1024, 1, 5))
show("pipeline 3 of 0 seed 9, 1 round", pipeline(3, 0, 9, 1))
show("mixed-threads 20 units, 3 requests, seed 1", mixed_threads(20, 3, 1))
show("mixed-threads 50 units, 8 requests, seed 7", mixed_threads(50, 8, 7))
show("custom 10 of 20 units, variance 0, seed 1", custom(10, 20, 0, 1))
show("custom 7 of 30 units, variance 50, seed 9", custom(7, 30, 50, 9))
show("custom 5 of 0 units, variance 100, seed 3", custom(5, 0, 100, 3))
show("faults 8 of 20 units, seed 1", faults(8, 20, 1))
show("faults 3 of 50 units, seed 9", faults(3, 50, 9))
