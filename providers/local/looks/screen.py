"""The dots of printing screens."""

import numpy as np
from numpy.random import Generator

from providers.local.looks.arrays import Plane


def dots(shape: tuple[int, ...], cell: float, degrees: float, rng: Generator) -> Plane:
    """A turned grid of round hills, 0 between them and 1 on top, `cell` pixels apart.

    Cut at a height it gives dots whose area follows that height; the generator moves the grid.
    """
    rows, columns = np.indices(shape[:2], dtype=np.float32)
    turn = 2 * np.pi / cell
    cos, sin = np.float32(np.cos(np.radians(degrees))), np.float32(np.sin(np.radians(degrees)))
    first, second = rng.uniform(0, 2 * np.pi, 2).astype(np.float32)
    across = np.cos((columns * cos + rows * sin) * turn + first)
    down = np.cos((rows * cos - columns * sin) * turn + second)
    return np.asarray((across + down) * 0.25 + 0.5, np.float32)
