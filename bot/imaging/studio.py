"""Image work off the event loop."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from bot.imaging.faces import FaceDetector, faces_in
from bot.imaging.fitting import fitted_photo, opaque_photo
from bot.imaging.inspection import inspect
from bot.imaging.intake import intake
from bot.imaging.marks import marked
from bot.imaging.numbered import numbered_photo
from bot.imaging.sheets import sheet
from bot.imaging.values import Drawn, Face, Mark, PhotoIn

T = TypeVar("T")

_THREADS = 2
"""Pillow and OpenCV let go of the interpreter lock; more threads than cores only cost memory."""


class Studio:
    """Image work on a two-thread executor."""

    def __init__(self, detector: FaceDetector) -> None:
        self._detector = detector
        self._executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="imaging")

    async def run(self, work: Callable[..., T], *args: object) -> T:
        """Do any CPU-heavy `work` on the same two threads; raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, partial(work, *args))

    async def intake(self, data: bytes) -> PhotoIn:
        """A person's photo as it is stored; raises PhotoError."""
        return await self.run(intake, data, self._detector)

    async def fitted(self, data: bytes, longest: int) -> tuple[bytes, str]:
        """A photo with its long side at most `longest` px, and its media type; raises PhotoError."""
        return await self.run(fitted_photo, data, longest)

    async def opaque(self, data: bytes, longest: int) -> tuple[bytes, str]:
        """A photo as JPEG on white with its long side at most `longest` px, and its type; raises PhotoError."""
        return await self.run(opaque_photo, data, longest)

    async def numbered(self, data: bytes, longest: int, number: int) -> bytes:
        """A picture as JPEG with its long side at most `longest` px and a number on it; raises PhotoError."""
        return await self.run(numbered_photo, data, longest, number)

    async def inspect(self, data: bytes) -> Drawn:
        """What there is to know of a picture a provider sent; raises PhotoError."""
        return await self.run(inspect, data)

    async def faces(self, data: bytes) -> tuple[Face, ...]:
        """The faces of a picture, largest first, in px of the upright picture; raises PhotoError."""
        return await self.run(faces_in, data, self._detector)

    async def sheet(self, thumbnails: Sequence[bytes], numbers: Sequence[int] = ()) -> bytes:
        """A contact sheet of 1 to 16 pictures with these numbers as JPEG; raises PhotoError."""
        return await self.run(sheet, thumbnails, numbers)

    async def marked(self, data: bytes, mark: Mark) -> bytes:
        """The same file with `mark` in its metadata and every other byte as it was; raises PhotoError."""
        return await self.run(marked, data, mark)

    def close(self) -> None:
        """Drop what waits and wait for what runs."""
        self._executor.shutdown(wait=True, cancel_futures=True)
