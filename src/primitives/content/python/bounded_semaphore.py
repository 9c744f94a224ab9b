from threading import BoundedSemaphore, Semaphore

for kind in (Semaphore, BoundedSemaphore):
    permits = kind(1)
    permits.acquire()
    permits.release()
    try:
        permits.release()       # a mistake
        print(kind.__name__, "has a permit too many")
    except ValueError as error:
        print(kind.__name__, error)
