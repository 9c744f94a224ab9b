import sys
import time
from multiprocessing import Process

def work():
    time.sleep(0.02)
    sys.exit(3)

def spin():
    while True:
        pass

if __name__ == "__main__":
    first = Process(target=work)
    first.start()
    first.join()
    print(first.exitcode)

    second = Process(target=spin)
    second.start()
    second.join(timeout=0.2)
    print(second.is_alive(), second.exitcode)
    second.terminate()
    second.join()
    print(second.exitcode)      # minus the number of the signal
