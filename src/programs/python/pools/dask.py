from dask.distributed import Client


def run(tasks):
    # Client("tcp://scheduler:8786") uses a cluster instead of this machine.
    with Client(n_workers=WORKERS, threads_per_worker=1) as client:
        return client.gather(client.map(work, tasks))
