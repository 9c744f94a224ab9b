from concurrent.futures import ThreadPoolExecutor, TimeoutError
import time

def outer(inner_pool):
    time.sleep(0.1)
    inner = inner_pool.submit(pow, 2, 10)
    try:
        return inner.result(timeout=1)   # without a timeout: for ever
    except TimeoutError:
        return "no free thread"

with ThreadPoolExecutor(2) as pool, ThreadPoolExecutor(2) as second:
    for inner_pool in pool, second:
        futures = [pool.submit(outer, inner_pool) for _ in range(2)]
        print(*sorted(str(future.result()) for future in futures), sep=", ")
