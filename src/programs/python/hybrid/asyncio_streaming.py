import asyncio


async def run_all(tasks):
    """The event loop waits, the pool computes what it brings."""
    requests = asyncio.Semaphore(IO_WORKERS)
    room = asyncio.Semaphore(QUEUE_MAX + CPU_WORKERS)
    loop = asyncio.get_running_loop()

    async def fetch_then_compute(task):
        async with requests:
            answer = await fetch(task)
            await room.acquire()  # waits while the queue is full (backpressure)
        try:
            return await loop.run_in_executor(cpu, compute, task, answer)
        finally:
            room.release()

    with cpu_pool() as cpu:
        async with asyncio.TaskGroup() as group:
            started = [group.create_task(fetch_then_compute(task)) for task in tasks]
        return [task.result() for task in started]


def run(tasks):
    return asyncio.run(run_all(tasks))
