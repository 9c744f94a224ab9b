import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def run(tasks):
    context = multiprocessing.get_context(START_METHOD)
    with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
        return list(pool.map(work, tasks, chunksize=CHUNK_SIZE))
