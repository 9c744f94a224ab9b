import threading
from concurrent.futures import ProcessPoolExecutor
from functools import partial

def multiply(factor, n):
    return n * factor

class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = threading.Lock()

    def __getstate__(self):
        return {"balance": self.balance}    # all but the lock

    def __setstate__(self, state):
        self.__init__(**state)              # a new lock, in the worker

def balance_of(account):
    with account.lock:
        return account.balance

if __name__ == "__main__":
    with ProcessPoolExecutor(1) as pool:
        print(pool.submit(partial(multiply, 3), 14).result())
        print(pool.submit(balance_of, Account(10)).result())
