from joblib import Parallel, delayed


def run(tasks):
    return Parallel(n_jobs=WORKERS)(delayed(work)(task) for task in tasks)
