from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Value

counter = 0

def increment(_):
    global counter
    counter += 1
    return 1

def share(value):
    global shared
    shared = value

def increment_shared(_):
    with shared.get_lock():
        shared.value += 1

if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        returned = list(pool.map(increment, range(400)))
    print("global:", counter)
    print("results:", sum(returned))
    value = Value("i", 0)
    with ProcessPoolExecutor(2, initializer=share, initargs=(value,)) as pool:
        list(pool.map(increment_shared, range(400)))
    print("shared memory:", value.value)
