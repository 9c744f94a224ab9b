import asyncio


async def work_and_yield(task):
    part = work(task)  # nothing else runs meanwhile: the loop has one thread
    await asyncio.sleep(0)  # gives way to the other tasks
    return part


async def run_all(tasks):
    async with asyncio.TaskGroup() as group:
        started = [group.create_task(work_and_yield(task)) for task in tasks]
    return [task.result() for task in started]


def run(tasks):
    return asyncio.run(run_all(tasks))
