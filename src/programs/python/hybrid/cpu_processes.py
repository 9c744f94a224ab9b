import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def cpu_pool():
    # Not fork: this process has threads, and a fork copies only one of them.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(CPU_WORKERS, mp_context=context)
