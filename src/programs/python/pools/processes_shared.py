import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from itertools import accumulate, pairwise
from multiprocessing.shared_memory import SharedMemory


def start_worker(name):
    """Runs once in each worker: opens the shared memory by its name."""
    global memory
    memory = SharedMemory(name)


def work_at(place):
    """Works on the numbers at a place in the shared memory. Nothing is copied."""
    start, stop = place
    with memory.buf[start:stop] as part, part.cast("I") as numbers:
        return work(numbers)


def run(tasks):
    ends = accumulate((len(task) * task.itemsize for task in tasks), initial=0)
    places = list(pairwise(ends))
    memory = SharedMemory(create=True, size=places[-1][1])
    try:
        for (start, stop), task in zip(places, tasks):
            memory.buf[start:stop] = task.tobytes()
        context = multiprocessing.get_context(START_METHOD)
        with ProcessPoolExecutor(
            WORKERS, mp_context=context, initializer=start_worker, initargs=(memory.name,)
        ) as pool:
            return list(pool.map(work_at, places, chunksize=CHUNK_SIZE))
    finally:
        memory.close()
        memory.unlink()
