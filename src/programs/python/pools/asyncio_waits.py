import asyncio


async def run_all(tasks):
    async with asyncio.TaskGroup() as group:
        started = [group.create_task(work(task)) for task in tasks]
    return [task.result() for task in started]


def run(tasks):
    return asyncio.run(run_all(tasks))
