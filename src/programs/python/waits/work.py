def work(task):
    return compute(task, fetch(task))
