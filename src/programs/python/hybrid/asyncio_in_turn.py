import asyncio


async def fetch_all(tasks):
    requests = asyncio.Semaphore(IO_WORKERS)

    async def fetch_one(task):
        async with requests:
            return await fetch(task)

    async with asyncio.TaskGroup() as group:
        started = [group.create_task(fetch_one(task)) for task in tasks]
    return [task.result() for task in started]


def run(tasks):
    """The event loop waits for everything; then the pool computes."""
    answers = asyncio.run(fetch_all(tasks))
    with cpu_pool() as cpu:
        return list(cpu.map(compute, tasks, answers))
