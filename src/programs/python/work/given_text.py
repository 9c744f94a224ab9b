def make_tasks():
    """Cuts the text where there is white space, so that no word is cut."""
    return [" ".join(piece) for piece in cut(TEXT.split())]
