async def work(task):
    return compute(task, await fetch(task))
