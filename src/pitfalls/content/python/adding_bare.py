from threading import Thread

counter = 0

def add(times):
    global counter
    for _ in range(times):
        counter += 1

threads = [Thread(target=add, args=(300_000,)) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(counter)
