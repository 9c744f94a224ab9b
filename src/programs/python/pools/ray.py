import ray


def run(tasks):
    # ray.init(address="auto") uses a cluster instead of this machine.
    ray.init(num_cpus=WORKERS)
    remote_work = ray.remote(work)
    return ray.get([remote_work.remote(task) for task in tasks])
