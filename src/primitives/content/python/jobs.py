from queue import Full, Queue
from threading import Thread

jobs, results = Queue(maxsize=2), Queue()

def work():
    while True:
        number = jobs.get()
        results.put(number * number)
        jobs.task_done()

for _ in range(2):
    Thread(target=work, daemon=True).start()
for number in range(6):
    jobs.put(number)            # waits while there are two in it
jobs.join()                     # until task_done() was called for each
print(sorted(results.queue))

full = Queue(maxsize=1)
full.put(1)
try:
    full.put(2, timeout=0.1)
except Full:
    print("full")
