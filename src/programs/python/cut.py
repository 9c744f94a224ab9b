from itertools import pairwise


def cut(items):
    """Cuts a sequence into TASKS pieces of nearly equal length."""
    ends = [len(items) * i // TASKS for i in range(TASKS + 1)]
    return [items[start:stop] for start, stop in pairwise(ends)]
