SYLLABLES = "ba de fi go ku la me ni po ru sa te vi x7 zü éo".split()
BEHIND = {0: ",", 1: ".", 2: "—"}


def word_at(i):
    """Word i of the text, with what stands behind it."""
    v = r(SEED, i)
    bits = v % 12
    rank = 2**bits + (v >> 8) % 2**bits
    word = "".join(SYLLABLES[int(digit, 16)] for digit in f"{rank:x}")
    if (v >> 40) % 8 == 0:
        word = word.capitalize()
    return word + BEHIND.get((v >> 48) % 16, "")


def make_tasks():
    words = [word_at(i) for i in range(WORDS)]
    return [" ".join(piece) for piece in cut(words)]
