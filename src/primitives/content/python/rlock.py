from threading import Lock, RLock

class Account:
    def __init__(self, lock):
        self.lock, self.balance = lock, 0

    def add(self, amount):
        if not self.lock.acquire(timeout=0.1):
            raise TimeoutError("a Lock cannot be taken twice")
        self.balance += amount
        self.lock.release()

    def add_twice(self, amount):
        with self.lock:         # add() takes it once more
            self.add(amount)
            self.add(amount)

for lock in (RLock(), Lock()):
    account = Account(lock)
    try:
        account.add_twice(5)
        print(account.balance)
    except TimeoutError as error:
        print(error)
