from multiprocessing import Manager, Process

def count(shared, lock):
    for _ in range(200):
        with lock:              # += is two calls: get and set
            shared["count"] += 1

if __name__ == "__main__":
    with Manager() as manager:
        shared, lock = manager.dict(count=0), manager.Lock()
        processes = [Process(target=count, args=(shared, lock)) for _ in range(2)]
        for process in processes: process.start()
        for process in processes: process.join()
        print(dict(shared))
