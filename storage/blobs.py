"""Picture bytes, addressed by their content: a folder by default, S3, GCS or Azure by URL."""

import asyncio
import hashlib
import os
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import obstore
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from storage.errors import BlobMissing, StorageUnreachable, translate

_NONCE = 12


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
        key = _path(hashlib.sha256(data).hexdigest())
        async with _translated(key):
            if not await self._exists(key):
                await obstore.put_async(self._store, key, await asyncio.to_thread(self._seal, data))
                await asyncio.to_thread(self._sync, key)
        return key

    async def get(self, key: str) -> bytes:
        """The bytes of a key; raises BlobMissing or another StorageError."""
        async with _translated(key):
            found = await obstore.get_async(self._store, key)
            data = bytes(await found.bytes_async())
        return await asyncio.to_thread(self._open, data)

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
        key = await self.put(b"likeness: the blob store can be written\n")
        await self.get(key)
        await self.delete([key])

    async def _exists(self, key: str) -> bool:
        try:
            await obstore.head_async(self._store, key)
        except (NotFoundError, FileNotFoundError):
            return False
        return True

    def _seal(self, data: bytes) -> bytes:
        if not self._cipher:
            return data
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, data, None)

    def _open(self, data: bytes) -> bytes:
        return self._cipher.decrypt(data[:_NONCE], data[_NONCE:], None) if self._cipher else data

    def _sync(self, key: str) -> None:
        """Flush a file and its folder to the disk, so that a row never names bytes a power cut took."""
        if not self._folder:
            return
        for path in (self._folder / key, (self._folder / key).parent):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def open_blobs(folder: Path, url: str | None = None, key: str | None = None) -> Blobs:
    """The store at `url`, else in `folder`; `key` is 32 bytes in URL-safe base64. Raises StorageError, ValueError."""
    secret = _secret(key) if key else None
    if url:
        return Blobs(from_url(url), None, secret)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise translate(exc) or StorageUnreachable(str(exc)) from exc
    return Blobs(LocalStore(folder), folder, secret)


def _secret(key: str) -> bytes:
    secret = urlsafe_b64decode(key + "=" * (-len(key) % 4))
    if len(secret) != 32:
        raise ValueError(f"32 bytes are needed, {len(secret)} were given")
    return secret


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


@asynccontextmanager
async def _translated(key: str) -> AsyncIterator[None]:
    try:
        yield
    except (NotFoundError, FileNotFoundError) as exc:
        raise BlobMissing(key) from exc
    except (BaseError, OSError) as exc:
        raise translate(exc) or StorageUnreachable(str(exc)) from exc
