"""Chance: clouds and grain, all drawn from the generator a look is given."""

import numpy as np
from numpy.random import Generator

from providers.local.looks.arrays import Plane, blur, resize


def clouds(shape: tuple[int, ...], size: float, rng: Generator) -> Plane:
    """Soft noise of mean 0 and deviation about 1, its blotches `size` pixels wide."""
    height, width = shape[:2]
    knots = rng.standard_normal((int(height / size) + 3, int(width / size) + 3), dtype=np.float32)
    return resize(knots, width, height)


def grain(shape: tuple[int, ...], sigma: float, rng: Generator) -> Plane:
    """Fine noise of mean 0 and deviation 1, softened by `sigma` pixels."""
    soft = blur(rng.standard_normal(shape[:2], dtype=np.float32), sigma)
    return np.asarray((soft - soft.mean()) / soft.std(), np.float32)
