def body(i):
    """The bytes that request i brings."""
    return bytes(r(SEED + i, j) >> 56 for j in range(BYTES))
