from threading import Event, Thread

ready, done = Event(), []

def work(number):
    ready.wait()
    done.append(number)

threads = [Thread(target=work, args=(n,)) for n in range(3)]
for thread in threads: thread.start()
print(ready.wait(timeout=0.1), done)
ready.set()                     # all of them go on
for thread in threads: thread.join()
print(ready.is_set(), sorted(done))
