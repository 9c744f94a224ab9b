import sys
from concurrent.futures import ThreadPoolExecutor


def run(tasks):
    sys.setswitchinterval(SWITCH_INTERVAL_MS / 1000)
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, tasks))
