import asyncio


async def fetch(task):
    # Reading blocks, so it goes to a thread: the event loop stays free.
    return await asyncio.to_thread(read, task)
