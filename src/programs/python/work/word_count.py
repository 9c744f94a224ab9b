import re
from collections import Counter


def work(text):
    """Counts the words of a piece of text."""
    return Counter(word.lower() for word in re.findall(r"[^\W_]+", text))


def merge(parts):
    counts = Counter()
    for part in parts:
        counts.update(part)
    lines = sorted((word.encode(), count) for word, count in counts.items())
    return b"".join(b"%s\t%d\n" % line for line in lines)
