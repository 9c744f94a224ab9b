"""What pickle does with values of every kind that src/pitfalls/programs/processes/sending.rs names.

Prints, for each kind, what pickle says: the error in its own words, or
what arrives.
"""

import asyncio
import json
import pickle
import re
import socket
import sqlite3
import threading
import types
import weakref
from multiprocessing import Lock


class Account:
    def __init__(self, balance):
        self.balance = balance

    def deposit(self, amount):
        self.balance += amount


class Guarded(Account):
    def __init__(self, balance):
        super().__init__(balance)
        self.lock = threading.Lock()


class Refused(Exception):
    def __init__(self, text, code):
        super().__init__(text)
        self.code = code


def count_up():
    number = 0
    while True:
        yield number
        number += 1


def described(value):
    if isinstance(value, Account):
        value.deposit(1)
        return f"arrives: {type(value).__name__}, and its methods work"
    return f"arrives: {value!r}"


loop = asyncio.new_event_loop()
values = {
    "function": lambda: lambda number: number + 1,
    "generator": count_up,
    "promise": loop.create_future,
    "node": lambda: open(__file__),
    "wasm-instance": lambda: sqlite3.connect(":memory:"),
    "proxy": lambda: types.MappingProxyType({"balance": 10}),
    "holder": lambda: Guarded(10),
    "port": socket.socket,
    "weakmap": weakref.WeakKeyDictionary,
    "detached": lambda: memoryview(b"12345678"),
    "shared": Lock,
    "instance": lambda: Account(10),
    "error": lambda: Refused("the balance is 10", 7),
    "map": lambda: {"balance": 10},
}

says = {}
for kind, make in values.items():
    try:
        says[kind] = described(pickle.loads(pickle.dumps(make())))
    except Exception as error:
        text = re.sub(r"0x[0-9a-f]+", "0x…", str(error))
        says[kind] = f"{type(error).__name__}: {text}"
print(json.dumps(says, ensure_ascii=False))
