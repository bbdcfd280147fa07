"""Files that a page uploads: read from the request into temporary files, as the core takes them."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO

from aiohttp import BodyPartReader, web

from bot.fronts.web.access.refusal import Refused
from bot.fronts.web.access.request_body import TEXT_MOST, parts

MOST = 10
LARGEST_FILE = 25 * 2**20
"""Bytes of one file; the core judges each photo, and says so for those that are too large for it."""
LARGEST_TOGETHER = MOST * LARGEST_FILE
_IN_MEMORY = 2**18
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


@dataclass(slots=True)
class Upload:
    """A multipart request: its event as JSON and its files, which are closed with `stack`."""

    event: bytes
    files: list[UploadedPhoto]


async def read_upload(request: web.Request, stack: ExitStack) -> Upload:
    """The event and the files of a request; raises Refused for a malformed, too large or too slow one."""
    upload = Upload(b"", [])
    async for part, chunks in parts(request):
        if part.filename is None:
            upload.event = b"".join([chunk async for chunk in _bounded(chunks, TEXT_MOST)])
        elif len(upload.files) == MOST:
            raise Refused(400, "web-too-many-photos", most=MOST)
        else:
            upload.files.append(await _stored(part, chunks, stack))
    return upload


async def _stored(part: BodyPartReader, chunks: AsyncIterator[bytes], stack: ExitStack) -> UploadedPhoto:
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  the stack closes it
    stack.callback(file.close)
    size = 0
    async for chunk in _bounded(chunks, LARGEST_FILE):
        size += file.write(chunk)
    return UploadedPhoto(_shown_name(part.filename or ""), size, file)


async def _bounded(chunks: AsyncIterator[bytes], most: int) -> AsyncIterator[bytes]:
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise Refused(413, "web-too-large")
        yield chunk


def _shown_name(given: str) -> str:
    """A file's name without folders and control characters."""
    name = given.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in name if char.isprintable())[-_NAME_LONGEST:]
