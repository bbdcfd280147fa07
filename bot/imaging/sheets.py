"""Contact sheets: several pictures in one, numbered so that people can name them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from statistics import median

from PIL import Image

from bot.imaging.badges import badge
from bot.imaging.colours import flat
from bot.imaging.reading import read
from bot.imaging.sizes import shrunk
from bot.imaging.thumbnails import LONG_SIDE

MOST = 16
"""Pictures on one sheet."""

_CELL = LONG_SIDE
"""Long side of a cell in px: thumbnails fit as they are, which is sharp and saves half the time."""
_GAP = 12
_GROUND = (24, 25, 28)
_QUALITY = 88
_SHAPE = 4 / 3
"""Width to height chats show largest."""

_BADGE = 56
_BADGE_SHARE = 18
"""A badge measures this part of the sheet, so that it looks the same size when a chat shrinks the sheet."""
_BADGE_INSET = 10


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the cells lie; all sizes in px."""

    columns: int
    rows: int
    width: int
    height: int

    @property
    def size(self) -> tuple[int, int]:
        return (
            self.columns * (self.width + _GAP) + _GAP,
            self.rows * (self.height + _GAP) + _GAP,
        )

    def centred(self, index: int, size: tuple[int, int]) -> tuple[int, int]:
        """The top left corner of a picture of `size` in the middle of cell `index`, counted from 0."""
        row, column = divmod(index, self.columns)
        left = _GAP + column * (self.width + _GAP) + (self.width - size[0]) // 2
        top = _GAP + row * (self.height + _GAP) + (self.height - size[1]) // 2
        return left, top


def sheet(thumbnails: Sequence[bytes], numbers: Sequence[int] = ()) -> bytes:
    """A contact sheet as JPEG, from 1 to 16 stored thumbnails with their numbers (1, 2, 3 …); raises PhotoError.

    Rows are read left to right; every picture is shown whole and keeps its proportions.
    """
    if not 1 <= len(thumbnails) <= MOST:
        raise ValueError(f"a sheet shows 1 to {MOST} pictures, not {len(thumbnails)}")
    pictures = [flat(read(data, _CELL).image) for data in thumbnails]
    grid = _grid([picture.size for picture in pictures])
    ground = Image.new("RGB", grid.size, _GROUND)
    side = max(_BADGE, max(grid.size) // _BADGE_SHARE)
    for index, (picture, number) in enumerate(zip(pictures, numbers or range(1, len(pictures) + 1), strict=True)):
        fitting = _fitting(picture, grid)
        left, top = grid.centred(index, fitting.size)
        ground.paste(fitting, (left, top))
        drawn = badge(number, side)
        ground.paste(drawn, (left + _BADGE_INSET, top + _BADGE_INSET), drawn)
    out = BytesIO()
    ground.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _grid(sizes: Sequence[tuple[int, int]]) -> _Grid:
    """Cells as wide for their height as the pictures mostly are, in as few empty places as looks well."""
    ratio = min(2.0, max(0.5, median(width / height for width, height in sizes)))
    width, height = round(_CELL * min(1.0, ratio)), round(_CELL / max(1.0, ratio))

    def badness(grid: _Grid) -> float:
        empty = grid.columns * grid.rows - len(sizes)
        return abs(math.log(grid.size[0] / grid.size[1] / _SHAPE)) + 4 * empty / len(sizes)

    grids = [_Grid(columns, math.ceil(len(sizes) / columns), width, height) for columns in range(1, len(sizes) + 1)]
    return min(grids, key=badness)


def _fitting(picture: Image.Image, grid: _Grid) -> Image.Image:
    factor = min(grid.width / picture.width, grid.height / picture.height)
    return shrunk(picture, max(1, round(max(picture.size) * factor)))
