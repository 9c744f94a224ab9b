from multiprocessing import Array, Process, Value

def count(value, array, number):
    for _ in range(10_000):
        with value.get_lock():
            value.value += 1
        array[number] += 1      # nobody else writes this element

if __name__ == "__main__":
    value, array = Value("i", 0), Array("i", 2)
    processes = [Process(target=count, args=(value, array, n)) for n in range(2)]
    for process in processes: process.start()
    for process in processes: process.join()
    print(value.value, array[:])
