from multiprocessing import Process, Queue

def produce(queue, consumers):
    for item in range(1, 101):
        queue.put(item)
    for _ in range(consumers):
        queue.put(None)         # a poison pill for each

def consume(queue, results):
    total = 0
    while (item := queue.get()) is not None:
        total += item
    results.put(total)

if __name__ == "__main__":
    queue, results = Queue(), Queue()
    processes = [Process(target=produce, args=(queue, 2))]
    processes += [Process(target=consume, args=(queue, results)) for _ in range(2)]
    for process in processes: process.start()
    print(sum(results.get() for _ in range(2)))
    for process in processes: process.join()
