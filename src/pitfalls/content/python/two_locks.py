import time
from threading import Lock, Thread

a, b = Lock(), Lock()

def transfer(first, second, timeout):
    with first:
        time.sleep(0.1)
        # Without a timeout this waits for ever.
        if second.acquire(timeout=timeout):
            second.release()
            print("transferred")
        else:
            print(f"no second lock after {timeout} s")

threads = [Thread(target=transfer, args=pair) for pair in ((a, b, 1), (b, a, 2))]
for thread in threads: thread.start()
for thread in threads: thread.join()
