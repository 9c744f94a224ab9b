import struct


def steps_at(cx, cy):
    """How many steps it takes until z is more than 2 from 0."""
    x = y = 0.0
    for steps in range(MAX_ITER):
        if x * x + y * y > 4:
            return steps
        x, y = (x * x - y * y) + cx, (2 * x) * y + cy
    return MAX_ITER


def make_tasks():
    return cut(range(HEIGHT))


def work(rows):
    """Computes the pixels of these rows."""
    steps = []
    for py in rows:
        cy = CENTER_Y + (py + 0.5 - HEIGHT / 2) * SPAN / WIDTH
        for px in range(WIDTH):
            cx = CENTER_X + (px + 0.5 - WIDTH / 2) * SPAN / WIDTH
            steps.append(steps_at(cx, cy))
    return struct.pack(f"<{len(steps)}I", *steps)


def merge(parts):
    return b"".join(parts)
