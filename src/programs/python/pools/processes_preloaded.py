import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def start_worker(tasks):
    """Runs once in each worker: keeps the data there, so that no task carries it."""
    global preloaded
    preloaded = tasks


def work_at(index):
    return work(preloaded[index])


def run(tasks):
    context = multiprocessing.get_context(START_METHOD)
    with ProcessPoolExecutor(
        WORKERS, mp_context=context, initializer=start_worker, initargs=(tasks,)
    ) as pool:
        return list(pool.map(work_at, range(len(tasks)), chunksize=CHUNK_SIZE))
