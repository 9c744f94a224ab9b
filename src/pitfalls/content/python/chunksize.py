from concurrent.futures import ProcessPoolExecutor
from time import perf_counter

def tiny(n):
    return n + 1

if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(tiny, range(100)))   # starts the workers
        for chunksize in 1, 1_000:
            start = perf_counter()
            list(pool.map(tiny, range(20_000), chunksize=chunksize))
            print(f"chunksize={chunksize}: {perf_counter() - start:.2f} s")
