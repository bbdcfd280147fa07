"""Making pictures smaller."""

from PIL import Image

_GAP = 1.5
"""Above twice this factor Pillow first averages whole blocks, which is three times as fast and looks the same."""


def fitted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """`size` with its long side at most `longest` px, in the same proportion, each side at least 1 px."""
    width, height = size
    factor = min(1.0, longest / max(width, height))
    return max(1, round(width * factor)), max(1, round(height * factor))


def shrunk(image: Image.Image, longest: int) -> Image.Image:
    """`image` with its long side at most `longest` px; the same object if it is small enough."""
    size = fitted(image.size, longest)
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=_GAP)
