"""The sheet a picture is made on: its tooth, and how far every place is from its edge."""

import numpy as np
from numpy.random import Generator

from providers.local.looks.arrays import Plane
from providers.local.looks.noise import clouds, grain


def tooth(shape: tuple[int, ...], rng: Generator) -> Plane:
    """The height of rough paper, mean 0 and deviation 1: fibres, grain and felt marks together."""
    height = grain(shape, 0.8, rng) * 0.5 + clouds(shape, 3.0, rng) * 0.6 + clouds(shape, 7.0, rng) * 0.35
    return np.asarray((height - height.mean()) / height.std(), np.float32)


def inset(shape: tuple[int, ...]) -> Plane:
    """Pixels from every place to the nearest edge of the sheet."""
    height, width = shape[:2]
    rows = np.arange(height, dtype=np.float32)[:, None]
    columns = np.arange(width, dtype=np.float32)[None]
    return np.minimum(np.minimum(rows, height - 1 - rows), np.minimum(columns, width - 1 - columns))
