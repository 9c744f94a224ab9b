import asyncio, time

def compute():
    end = time.perf_counter() + 0.5
    while time.perf_counter() < end:
        pass

async def ticks():
    last, longest = time.perf_counter(), 0.0
    for _ in range(60):
        await asyncio.sleep(0.01)
        now = time.perf_counter()
        last, longest = now, max(longest, now - last)
    print(f"  longest pause: {longest * 1000:.0f} ms")

async def in_a_coroutine():
    compute()

async def main():
    for name, work in ("in a coroutine", in_a_coroutine()), ("to_thread", asyncio.to_thread(compute)):
        print(name)
        await asyncio.gather(ticks(), work)

asyncio.run(main())
