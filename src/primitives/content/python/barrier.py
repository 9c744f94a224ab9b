from threading import Barrier, BrokenBarrierError, Thread

barrier, came = Barrier(3), []

def work(number):
    came.append(number)
    barrier.wait()
    assert len(came) == 3       # nobody is here before all have come

threads = [Thread(target=work, args=(n,)) for n in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(came), barrier.broken)

try:
    barrier.wait(timeout=0.1)   # the others never come
except BrokenBarrierError:
    print("broken:", barrier.broken)
