from concurrent.futures import ThreadPoolExecutor


def run(tasks):
    """Threads wait for everything; then the pool computes."""
    with cpu_pool() as cpu, ThreadPoolExecutor(IO_WORKERS) as io:
        answers = list(io.map(fetch, tasks))
        return list(cpu.map(compute, tasks, answers))
