import atexit
import os
import sqlite3
import tempfile
from contextlib import closing


def make_tasks():
    """Fills the database. A task is its path, and which record to look up."""
    handle, path = tempfile.mkstemp(suffix=".sqlite")
    os.close(handle)
    atexit.register(os.remove, path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE records (id INTEGER PRIMARY KEY, body BLOB)")
        records = ((i, body(i)) for i in range(COUNT))
        database.executemany("INSERT INTO records VALUES (?, ?)", records)
    return [(path, i) for i in range(COUNT)]


def read(task):
    path, i = task
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT body FROM records WHERE id = ?"
        return database.execute(query, (i,)).fetchone()[0]
