def make_tasks():
    return range(COUNT)
