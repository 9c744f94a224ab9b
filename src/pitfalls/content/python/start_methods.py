import multiprocessing
import threading

counter = 0
lock = threading.Lock()
finished = threading.Event()

def hold_lock():
    with lock:
        finished.wait()

def look(results):
    results.put((counter, lock.acquire(timeout=1)))

if __name__ == "__main__":
    counter = 42
    threading.Thread(target=hold_lock).start()
    for method in "fork", "forkserver", "spawn":
        context = multiprocessing.get_context(method)
        results = context.Queue()
        child = context.Process(target=look, args=(results,))
        child.start()
        value, has_lock = results.get()
        child.join()
        print(f"{method}: counter is {value}, gets the lock: {has_lock}")
    finished.set()
