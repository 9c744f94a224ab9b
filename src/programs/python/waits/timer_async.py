import asyncio


async def fetch(task):
    # Your own request goes here, made with a library for asyncio.
    await asyncio.sleep(seconds(task))
