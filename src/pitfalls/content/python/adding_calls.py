import sys
from threading import Lock, Thread

sys.setswitchinterval(1e-5)   # often, so that it shows at once
counter, lock = 0, Lock()

def one():
    return 1

def add(times):
    global counter
    for _ in range(times):
        counter = counter + one()   # a call between read and write

def add_locked(times):
    global counter
    for _ in range(times):
        with lock:
            counter = counter + one()

for work in add, add_locked:
    counter = 0
    threads = [Thread(target=work, args=(100_000,)) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print(work.__name__, counter)
