def fetch(task):
    return read(task)
