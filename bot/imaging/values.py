"""The values this room hands out, and the one error it raises."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

Problem: TypeAlias = Literal[
    "empty", "not_a_photo", "truncated", "too_heavy", "too_many_pixels", "too_long", "too_small", "too_narrow",
    "animated", "raw",
]  # fmt: skip
Note: TypeAlias = Literal[
    "cmyk-converted", "depth-reduced", "hdr-reduced", "raw-preview", "several-faces", "face-small"
]


class PhotoError(Exception):
    """A file is not a picture we take; `problem` says why, `facts` are the numbers for the sentence.

    empty            no bytes
    not_a_photo      no picture format we know, or a kind of one that browsers do not show either
    truncated        cut off or damaged
    too_heavy        facts: megabytes, limit
    too_many_pixels  facts: megapixels, limit
    too_long         facts: pixels of the longer side, limit
    too_small        facts: pixels of the shorter side, limit (the least)
    too_narrow       facts: ratio of the sides, limit
    animated         it moves; only still pictures are taken
    raw              a RAW file without a full-size picture that could be shown
    """

    def __init__(self, problem: Problem, facts: Mapping[str, int] = MappingProxyType({})) -> None:
        super().__init__(problem, dict(facts))
        self.problem = problem
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Face:
    """One face in pixels of the upright picture; `score` is the detector's certainty, 0 to 1.

    The landmarks are eyes, nose and mouth corners in the order the detector gives them: the eye at the
    viewer's left, the other eye, nose, the mouth corner at the viewer's left, the other corner.
    """

    x: int
    y: int
    width: int
    height: int
    landmarks: tuple[tuple[float, float], ...]
    score: float


@dataclass(frozen=True, slots=True)
class PhotoIn:
    """A person's photo as it is stored: upright, 8-bit sRGB, no metadata, long side at most 2048 px.

    `sha256` and `phash` are hexadecimal; `thumbnail` is a JPEG; `faces` come largest first; `notes` are
    keys of what is worth telling the person.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    sha256: str
    phash: str
    thumbnail: bytes
    faces: tuple[Face, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class InspectedPicture:
    """What there is to know of a picture a provider sent; its bytes are kept exactly as they came."""

    media_type: str
    width: int
    height: int
    sha256: str
    phash: str
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class Mark:
    """What an exported picture says of itself: its IPTC digital source type (a URI) and a description."""

    source_type: str
    description: str
