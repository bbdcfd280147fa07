"""Picture bytes, addressed by their content: a folder by default, S3, GCS or Azure by URL."""

import asyncio
import hashlib
import os
import re
from base64 import b64decode
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import obstore
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from storage.db.errors import BlobMissing, StorageUnreachable, first_line, translate

FRESH = timedelta(hours=12)
"""How old bytes may be that are not stored again; nobody's bytes are swept when they are older by as much again."""
_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}")
_BATCH = 500
_NONCE = 12
_TAG = 16
"""Bytes before and after an encrypted blob (AES-GCM, NIST SP 800-38D)."""


class Blobs:
    """A blob store; a key is the sha256 of the content, so the same bytes are stored once.

    `key` (32 bytes) encrypts blobs at rest with AES-256-GCM; the nonce stands before the ciphertext.
    """

    def __init__(self, store: ObjectStore, folder: Path | None = None, key: bytes | None = None) -> None:
        self._store = store
        self._folder = folder
        self._cipher = AESGCM(key) if key else None

    async def put(self, data: bytes) -> str:
        """Store bytes durably and return their key; raises StorageError."""
        key = _path(await asyncio.to_thread(_digest, data))
        async with _translated(key):
            if not await self._stored(key, len(data) + (_NONCE + _TAG if self._cipher else 0)):
                await obstore.put_async(self._store, key, await asyncio.to_thread(self._seal, data))
                await asyncio.to_thread(self._sync, key)
        return key

    async def get(self, key: str) -> bytes:
        """The bytes of a key; raises BlobMissing (also for damaged bytes) or another StorageError."""
        async with _translated(key):
            found = await obstore.get_async(self._store, key)
            data = bytes(await found.bytes_async())
        return await asyncio.to_thread(self._open, key, data)

    async def delete(self, keys: Iterable[str]) -> None:
        """Remove blobs; those that are gone already are no error."""
        for key in keys:
            async with _translated(key):
                try:
                    await obstore.delete_async(self._store, key)
                except (NotFoundError, FileNotFoundError):
                    continue

    async def check(self) -> None:
        """Raise StorageError unless bytes can be written, read and removed."""
        key = await self.put(b"likeness: the blob store can be written " + os.urandom(16))
        await self.get(key)
        await self.delete([key])

    async def aged(self, before: datetime) -> AsyncIterator[list[str]]:
        """The keys of blobs that were last stored before a moment, in batches; other files are left out."""
        async with _translated("the blob store"):
            async for batch in obstore.list(self._store, chunk_size=_BATCH):
                yield [one["path"] for one in batch if _KEY.fullmatch(one["path"]) and one["last_modified"] < before]

    async def is_aged(self, key: str, before: datetime) -> bool:
        """Whether a blob is there and was last stored before a moment."""
        async with _translated(key):
            try:
                return (await obstore.head_async(self._store, key))["last_modified"] < before
            except (NotFoundError, FileNotFoundError):
                return False

    async def _stored(self, key: str, size: int) -> bool:
        """Whether so many bytes were stored of late; another number was cut off, or is of another time.

        Old ones are stored again: until a row names them, their age alone keeps them from being swept as nobody's.
        """
        try:
            found = await obstore.head_async(self._store, key)
        except (NotFoundError, FileNotFoundError):
            return False
        return found["size"] == size and found["last_modified"] > datetime.now(UTC) - FRESH

    def _seal(self, data: bytes) -> bytes:
        if not self._cipher:
            return data
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, data, None)

    def _open(self, key: str, stored: bytes) -> bytes:
        try:
            data = self._cipher.decrypt(stored[:_NONCE], stored[_NONCE:], None) if self._cipher else stored
        except (InvalidTag, ValueError) as exc:
            raise BlobMissing(f"{key} cannot be decrypted with this BLOB_KEY") from exc
        if _path(_digest(data)) != key:
            raise BlobMissing(f"{key} is damaged, or encrypted and no BLOB_KEY is set")
        return data

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


def open_blobs(folder: Path, url: str | None = None, key: str | None = None) -> Blobs:
    """The store at `url`, else in `folder`; `key` is 32 bytes in base64, else ValueError. Raises StorageError."""
    secret = _secret(key) if key else None
    try:
        if url:
            return Blobs(from_url(url), None, secret)
        folder.mkdir(parents=True, exist_ok=True)
    except (BaseError, ValueError, OSError) as exc:
        raise translate(exc) or StorageUnreachable(first_line(exc)) from exc
    return Blobs(LocalStore(folder), folder, secret)


def _secret(key: str) -> bytes:
    """The bytes of a key in base64, URL-safe or not, padded or not."""
    plain = key.strip().replace("-", "+").replace("_", "/").rstrip("=")
    secret = b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    if len(secret) != 32:
        raise ValueError(f"32 bytes are needed, {len(secret)} were given")
    return secret


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


@asynccontextmanager
async def _translated(key: str) -> AsyncIterator[None]:
    try:
        yield
    except (NotFoundError, FileNotFoundError) as exc:
        raise BlobMissing(key) from exc
    except (BaseError, OSError) as exc:
        raise translate(exc) or StorageUnreachable(first_line(exc)) from exc
