def run(tasks):
    return [work(task) for task in tasks]
