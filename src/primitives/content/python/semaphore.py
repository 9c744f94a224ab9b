import time
from threading import Lock, Semaphore, Thread

permits, lock = Semaphore(2), Lock()
inside = most = 0

def download():
    global inside, most
    with permits:               # two at a time
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.05)
        with lock:
            inside -= 1

threads = [Thread(target=download) for _ in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(most)
