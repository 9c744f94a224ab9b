from concurrent.futures import ThreadPoolExecutor


def run(tasks):
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, tasks))
