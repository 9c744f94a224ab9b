from concurrent.futures import InterpreterPoolExecutor


def run(tasks):
    with InterpreterPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, tasks))
