def seconds(i):
    """How long request i takes."""
    return (LATENCY_MS + r(SEED, i) % (VARIANCE_MS + 1)) / 1000
