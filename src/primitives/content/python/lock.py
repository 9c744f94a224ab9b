from threading import Lock, Thread

lock = Lock()
total = 0

def add(amount):
    global total
    for _ in range(100_000):
        with lock:              # acquire(), and release() at the end
            total = total + amount

threads = [Thread(target=add, args=(1,)) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(total)

lock.acquire()
print(lock.acquire(timeout=0.1), lock.locked())
