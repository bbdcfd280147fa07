"""Picture bytes, addressed by their content: a folder by default, S3, GCS or Azure by URL."""

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from storage.blobs.cipher import Cipher, cipher_of
from storage.blobs.errors import GONE, translated
from storage.db.errors import BlobMissing, StorageReadOnly, StorageUnreachable, first_line, translate

FRESH = timedelta(hours=12)
"""How old bytes may be that are not stored again; nobody's bytes are swept when they are older by as much again."""
MARK = "blob-key.json"
"""The file that tells which key the store is encrypted with, see storage/blobs/key.py."""
RETRIES: Mapping[str, Any] = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}
"""For a server that is away. What must be stored is tried again by us for as long as it takes; for all else the
library's three minutes would only hide it."""
_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}")
_BATCH = 500


class Blobs:
    """A blob store; a key is the sha256 of the content, so the same bytes are stored once."""

    def __init__(self, store: ObjectStore, folder: Path | None = None, cipher: Cipher | None = None) -> None:
        self._store = store
        self._folder = folder
        self.cipher = cipher or Cipher()

    def under(self, cipher: Cipher) -> "Blobs":
        """The same store, read and written with another key."""
        return Blobs(self._store, self._folder, cipher)

    async def put(self, data: bytes, *, anew: bool = False) -> str:
        """Store bytes durably, `anew` even if they are there, and return their key; raises StorageError."""
        key = _path(await asyncio.to_thread(_digest, data))
        async with translated(key):
            if anew or not await self._stored(key, len(data) + self.cipher.overhead):
                await self._write(key, await asyncio.to_thread(self.cipher.seal, data))
        return key

    async def get(self, key: str) -> bytes:
        """The bytes of a key; raises BlobMissing (also for damaged bytes) or another StorageError."""
        async with translated(key):
            data = await self._read(key)
        return await asyncio.to_thread(self._open, key, data)

    async def delete(self, keys: Iterable[str]) -> None:
        """Remove blobs; those that are gone already are no error."""
        for key in keys:
            async with translated(key):
                try:
                    await obstore.delete_async(self._store, key)
                except GONE:
                    continue

    async def check(self) -> None:
        """Raise StorageError unless bytes can be written, read and removed."""
        await self.mark()  # a server that refuses tells why in answer to this, and not to a question without an answer
        key = await self.put(b"likeness: the blob store can be written " + os.urandom(16))
        await self.get(key)
        await self.delete([key])

    async def reachable(self) -> None:
        """Raise StorageError unless the store answers, and a folder is there and may be written; nothing is written."""
        await self.mark()
        if self._folder:
            await asyncio.to_thread(self._look_at_folder, self._folder)

    async def mark(self) -> bytes | None:
        """What the file MARK holds; None without one. Raises StorageError when the store does not answer."""
        try:
            async with translated(MARK):
                return await self._read(MARK)
        except BlobMissing:
            return None

    async def set_mark(self, data: bytes) -> None:
        """Write the file MARK durably; raises StorageError."""
        async with translated(MARK):
            await self._write(MARK, data)

    async def aged(self, before: datetime) -> AsyncIterator[list[str]]:
        """The keys of blobs that were last stored before a moment, in batches; other files are left out."""
        async with translated("the blob store"):
            async for batch in obstore.list(self._store, chunk_size=_BATCH):
                yield [one["path"] for one in batch if _KEY.fullmatch(one["path"]) and one["last_modified"] < before]

    async def is_aged(self, key: str, before: datetime) -> bool:
        """Whether a blob is there and was last stored before a moment."""
        async with translated(key):
            try:
                return (await obstore.head_async(self._store, key))["last_modified"] < before
            except GONE:
                return False

    async def _read(self, key: str) -> bytes:
        found = await obstore.get_async(self._store, key)
        return bytes(await found.bytes_async())

    async def _write(self, key: str, data: bytes) -> None:
        await obstore.put_async(self._store, key, data)
        await asyncio.to_thread(self._sync, key)

    async def _stored(self, key: str, size: int) -> bool:
        """Whether so many bytes were stored of late; another number was cut off, or is of another time.

        Old ones are stored again: until a row names them, their age alone keeps them from being swept as nobody's.
        """
        try:
            found = await obstore.head_async(self._store, key)
        except GONE:
            return False
        return found["size"] == size and found["last_modified"] > datetime.now(UTC) - FRESH

    def _open(self, key: str, stored: bytes) -> bytes:
        data = self.cipher.open(stored)
        if data is None:
            raise BlobMissing(f"{key} cannot be decrypted with this BLOB_KEY", store="pictures")
        if _path(_digest(data)) != key:
            raise BlobMissing(f"{key} is damaged, or encrypted and no BLOB_KEY is set", store="pictures")
        return data

    def _look_at_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            raise StorageUnreachable(f"{folder} is not there", store="pictures")
        if not os.access(folder, os.W_OK):
            raise StorageReadOnly(f"{folder} may not be written", store="pictures")

    def _sync(self, key: str) -> None:
        """Flush a file and its folders to the disk, so that a row never names bytes a power cut took."""
        if not self._folder:
            return
        path = self._folder / key
        for flushed in (path, *path.parents[: len(Path(key).parts)]):
            handle = os.open(flushed, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def open_blobs(
    folder: Path, url: str | None = None, key: str | None = None, options: Mapping[str, str] | None = None
) -> Blobs:
    """The store at `url`, else in `folder`; `key` is 32 bytes in base64, else ValueError. Raises StorageError.

    `options` are a server's own settings under the names of its SDK, such as AWS_ACCESS_KEY_ID.
    """
    cipher = cipher_of(key)
    try:
        if url:
            return Blobs(_remote(url, options or {}), None, cipher)
        folder.mkdir(parents=True, exist_ok=True)
    except (BaseError, ValueError, OSError) as exc:
        known = translate(exc)
        raise (type(known) if known else StorageUnreachable)(first_line(exc), store="pictures") from exc
    return Blobs(LocalStore(folder), folder, cipher)


def _remote(url: str, options: Mapping[str, str]) -> ObjectStore:
    if url.startswith(("file:", "memory:")):
        return from_url(url)
    plain = options.get("AWS_ENDPOINT_URL", "").startswith("http://")
    client: Any = {"allow_http": True} if plain else {}
    config: Any = dict(options)
    retry: Any = RETRIES
    return from_url(url, config=config, client_options=client, retry_config=retry)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"
