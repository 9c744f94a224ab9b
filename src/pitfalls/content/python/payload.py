from concurrent.futures import ProcessPoolExecutor
from time import perf_counter

data = bytes(50_000_000)

def count_ones(data):
    return data.count(1)

if __name__ == "__main__":
    with ProcessPoolExecutor(1) as pool:
        pool.submit(count_ones, b"").result()   # starts the worker
        start = perf_counter()
        count_ones(data)
        print(f"here: {(perf_counter() - start) * 1e3:.0f} ms")
        start = perf_counter()
        pool.submit(count_ones, data).result()
        print(f"in a process: {(perf_counter() - start) * 1e3:.0f} ms")
