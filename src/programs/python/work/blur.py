from itertools import accumulate

SIDE = 2 * RADIUS + 1
ROW_BYTES = 4 * WIDTH


def make_tasks():
    """A band of rows each, with the rows around it that reach into it."""
    picture = bytes(r(SEED, j) >> 56 for j in range(HEIGHT * ROW_BYTES))
    tasks = []
    for rows in cut(range(HEIGHT)):
        first = max(rows.start - PASSES * RADIUS, 0)
        last = rows.stop + PASSES * RADIUS
        around = picture[first * ROW_BYTES : last * ROW_BYTES]
        tasks.append((around, rows.start - first, len(rows)))
    return tasks


def blur_line(line):
    """Replaces each value by the mean of SIDE values around it."""
    padded = [line[0]] * RADIUS + [*line] + [line[-1]] * RADIUS
    sums = list(accumulate(padded, initial=0))
    return [(b - a + SIDE // 2) // SIDE for a, b in zip(sums, sums[SIDE:])]


def blur_channel(rows):
    for _ in range(PASSES):
        rows = [blur_line(row) for row in rows]
        columns = [blur_line(column) for column in zip(*rows)]
        rows = list(zip(*columns))
    return rows


def work(task):
    """Blurs a band: red, green, blue and alpha each by itself."""
    around, above, height = task
    lines = [around[i : i + ROW_BYTES] for i in range(0, len(around), ROW_BYTES)]
    blurred = bytearray(height * ROW_BYTES)
    for channel in range(4):
        rows = blur_channel([line[channel::4] for line in lines])
        for row, values in enumerate(rows[above : above + height]):
            start = row * ROW_BYTES
            blurred[start + channel : start + ROW_BYTES : 4] = bytes(values)
    return bytes(blurred)


def merge(parts):
    return b"".join(parts)
