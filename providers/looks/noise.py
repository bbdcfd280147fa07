"""Chance on paper: grain, clouds and tooth, all drawn from the generator a look is given."""

import numpy as np
from numpy.random import Generator

from providers.looks.arrays import Plane, blur, resize


def clouds(shape: tuple[int, ...], size: float, rng: Generator) -> Plane:
    """Soft noise of mean 0 and deviation about 1, its blotches `size` pixels wide."""
    height, width = shape[:2]
    coarse = (int(height / size) + 3, int(width / size) + 3)
    knots = rng.standard_normal(coarse, dtype=np.float32)
    return resize(knots, width, height) if size > 1 else np.ascontiguousarray(knots[:height, :width])


def grain(shape: tuple[int, ...], sigma: float, rng: Generator) -> Plane:
    """Fine noise of mean 0 and deviation 1, softened by `sigma` pixels."""
    soft = blur(rng.standard_normal(shape[:2], dtype=np.float32), sigma)
    return np.asarray((soft - soft.mean()) / soft.std(), np.float32)


def tooth(shape: tuple[int, ...], rng: Generator) -> Plane:
    """The height of rough paper, mean 0 and deviation 1: fibres, fine grain and felt marks together."""
    height = (
        grain(shape, 0.8, rng) * np.float32(0.5)
        + clouds(shape, 3.0, rng) * np.float32(0.6)
        + clouds(shape, 7.0, rng) * np.float32(0.35)
    )
    return np.asarray((height - height.mean()) / height.std(), np.float32)
