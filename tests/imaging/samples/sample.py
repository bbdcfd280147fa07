"""One kind of file that people send, and what it gets."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.imaging.values import Note, Problem
from tests.imaging.samples.colour_spaces import SKIN, Colour


@dataclass(frozen=True, slots=True)
class Taken:
    """It is taken: its size in px, what is noted, and the colour at (1/4, 3/4), or None where that says nothing."""

    size: tuple[int, int] = (160, 120)
    colour: Colour | None = SKIN
    notes: tuple[Note, ...] = ()
    within: int = 6
    media_type: str = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Sample:
    """A file, described as the page docs/FILES.md does, and what it gets: it is taken, or one of the problems."""

    what: str
    build: Callable[[], bytes]
    gets: Taken | Problem = Taken()
    remark: str = ""
