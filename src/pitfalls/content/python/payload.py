from concurrent.futures import ProcessPoolExecutor
from time import perf_counter

data = bytes(50_000_000)

def total(data):
    return len(data)

if __name__ == "__main__":
    with ProcessPoolExecutor(1) as pool:
        pool.submit(total, b"").result()   # starts the worker
        start = perf_counter()
        total(data)
        print(f"here: {(perf_counter() - start) * 1e3:.3f} ms")
        start = perf_counter()
        pool.submit(total, data).result()
        print(f"in a process: {(perf_counter() - start) * 1e3:.0f} ms")
