def seconds(i):
    """How long request i takes."""
    return DELAYS_MS[i] / 1000
