from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore


def run(tasks):
    """Threads wait, the pool computes what they bring."""
    room = Semaphore(QUEUE_MAX + CPU_WORKERS)

    def fetch_then_submit(task):
        answer = fetch(task)
        room.acquire()  # waits while the queue is full (backpressure)
        try:
            future = cpu.submit(compute, task, answer)
        except BaseException:  # the pool is broken: let the other threads see it, too
            room.release()
            raise
        future.add_done_callback(lambda _: room.release())
        return future

    with cpu_pool() as cpu, ThreadPoolExecutor(IO_WORKERS) as io:
        futures = list(io.map(fetch_then_submit, tasks))
        return [future.result() for future in futures]
