from collections import deque
from threading import Condition, Thread

changed, items, taken = Condition(), deque(), []

def take():
    with changed:
        # wait() releases the lock, and has it again when it returns.
        changed.wait_for(lambda: items)
        taken.append(items.popleft())

threads = [Thread(target=take) for _ in range(3)]
for thread in threads: thread.start()
for item in range(3):
    with changed:
        items.append(item)
        changed.notify()        # wakes one
for thread in threads: thread.join()
print(sorted(taken))
