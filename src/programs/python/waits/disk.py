import atexit
import os
import tempfile


def make_tasks():
    """Writes the file. A task is its path, and which part to read."""
    with tempfile.NamedTemporaryFile(delete=False) as file:
        atexit.register(os.remove, file.name)
        for i in range(COUNT):
            file.write(body(i))
    return [(file.name, i) for i in range(COUNT)]


def read(task):
    path, i = task
    with open(path, "rb") as file:
        file.seek(i * BYTES)
        return file.read(BYTES)
