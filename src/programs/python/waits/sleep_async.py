import asyncio


async def fetch(i):
    # Your own request goes here, made with a library for asyncio.
    await asyncio.sleep(seconds(i))
    return body(i)
