from math import isqrt


def is_prime(n):
    if n < 4:
        return n > 1
    return n % 2 != 0 and all(n % d for d in range(3, isqrt(n) + 1, 2))


def make_tasks():
    return cut(NUMBERS)


def work(numbers):
    """Tests these numbers: a byte for each, 1 if it is prime."""
    return bytes(is_prime(n) for n in numbers)


def merge(parts):
    return b"".join(parts)
