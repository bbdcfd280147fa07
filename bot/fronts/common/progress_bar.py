"""A bar of progress in characters, for platforms that draw none."""


def bar(done: int, total: int, *, cells: int, full: str, empty: str) -> str:
    """`done` of `total` as a bar, one cell a picture up to `cells`."""
    cells = min(total, cells)
    filled = done * cells // max(1, total)
    return full * filled + empty * (cells - filled)
