from concurrent.futures import ThreadPoolExecutor


def cpu_pool():
    # Threads compute at the same time only in a free-threaded build.
    return ThreadPoolExecutor(CPU_WORKERS)
