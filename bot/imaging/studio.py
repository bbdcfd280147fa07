"""Image work off the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from bot.imaging.copies.numbered_copy import numbered_photo
from bot.imaging.copies.reduced_copy import fitted_photo, opaque_photo
from bot.imaging.decoding.reading import is_large
from bot.imaging.export.marks import marked
from bot.imaging.faces import FaceDetector, faces_in
from bot.imaging.inspection import inspect
from bot.imaging.intake import intake
from bot.imaging.values import Face, InspectedPicture, Mark, PhotoIn

T = TypeVar("T")

_THREADS = 2
"""Pillow and OpenCV let go of the interpreter lock; more threads than cores only cost memory."""


class Studio:
    """Image work on a two-thread executor."""

    def __init__(self, detector: FaceDetector) -> None:
        self._detector = detector
        self._large = asyncio.Semaphore(1)
        self._executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="imaging")

    async def run(self, work: Callable[..., T], *args: object) -> T:
        """Do any CPU-heavy `work` on the same two threads; raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, partial(work, *args))

    async def intake(self, data: bytes) -> PhotoIn:
        """A person's photo as it is stored; raises PhotoError.

        Of large photos one is decoded at a time, since each may take several hundred MB.
        """
        if not await self.run(is_large, data):
            return await self.run(intake, data, self._detector)
        async with self._large:
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

    async def inspect(self, data: bytes) -> InspectedPicture:
        """What there is to know of a picture a provider sent; raises PhotoError."""
        return await self.run(inspect, data)

    async def faces(self, data: bytes) -> tuple[Face, ...]:
        """The faces of a picture, largest first, in px of the upright picture; raises PhotoError."""
        return await self.run(faces_in, data, self._detector)

    async def marked(self, data: bytes, mark: Mark | None) -> bytes:
        """A copy to send: the same pixels without foreign metadata, and with `mark`."""
        return await self.run(marked, data, mark)

    def close(self) -> None:
        """Drop what waits and wait for what runs."""
        self._executor.shutdown(wait=True, cancel_futures=True)
