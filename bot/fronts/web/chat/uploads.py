"""Files a page uploaded, as the core takes them."""

import asyncio
import os
from dataclasses import dataclass
from typing import IO

from aiohttp import web

MOST = 10
LARGEST_BODY = 270 * 2**20
"""Bytes of one request: ten photos of 25 MB and their words; the core judges each photo."""
_NAME_LONGEST = 120


@dataclass(frozen=True, slots=True)
class UploadedPhoto:
    """One uploaded file; a large one waits on disk until it is read."""

    name: str
    size: int
    file: IO[bytes]

    async def read(self) -> bytes:
        return await asyncio.to_thread(self._read)

    def _read(self) -> bytes:
        self.file.seek(0)
        return self.file.read()


def uploaded(field: web.FileField) -> UploadedPhoto:
    """The photo in one field of an upload; its name without folders."""
    size = field.file.seek(0, os.SEEK_END)
    name = field.filename.replace("\\", "/").rsplit("/", 1)[-1]
    return UploadedPhoto(name[-_NAME_LONGEST:], size, field.file)
