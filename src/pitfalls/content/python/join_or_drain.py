from multiprocessing import Process, Queue

def put(queue, size):
    queue.put("x" * size)

if __name__ == "__main__":
    for size in 60_000, 70_000:
        queue = Queue()
        process = Process(target=put, args=(queue, size))
        process.start()
        process.join(timeout=2)   # without a timeout: for ever
        print(size, "bytes:", "still running" if process.is_alive() else "ended")
        queue.get()               # drains the pipe
        process.join()
        print("    ended" if not process.is_alive() else "    still running")
