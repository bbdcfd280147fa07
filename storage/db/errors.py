"""What can go wrong below the tables, and in the store of pictures.

StorageError
├── StorageBusy            another process holds the database; trying again is sensible
├── StorageFull            the disk or the database is full
├── StorageReadOnly        the folder or the database may not be written
├── StorageNewer           the tables were made by a newer version of this program
├── StorageUnreachable     the server or the folder cannot be opened
│   ├── StorageDenied      the server does not take the user, the password or the key
│   ├── StorageAbsent      the server has no such database or bucket
│   ├── StorageCrowded     the server has no connection left
│   └── StorageUntrusted   the server's certificate is not that of the server we were to talk to
├── BlobMissing            the bytes a row names are not there, or not readable
└── BlobKeyWrong           the pictures are encrypted with another BLOB_KEY, or not encrypted at all
"""

import errno
import sqlite3
import ssl
from typing import Literal, TypeAlias

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

Store: TypeAlias = Literal["database", "pictures"]
PICTURES_UNREACHABLE = "pictures-unreachable"
"""The code of a store of pictures that is away."""


class StorageError(Exception):
    """The storage could not do its work; nothing was written. `store` is the part that could not."""

    code = "storage"
    """Of the words that people read."""

    def __init__(self, detail: str = "", *, store: Store = "database") -> None:
        super().__init__(detail)
        self.store: Store = store
        if store == "pictures" and self.code == StorageUnreachable.code:
            self.code = PICTURES_UNREACHABLE


class StorageBusy(StorageError):
    """Another process holds the database."""

    code = "storage-busy"


class StorageFull(StorageError):
    """The disk, or the space the database may take, is full."""

    code = "storage-full"


class StorageReadOnly(StorageError):
    """The folder or the database may not be written."""

    code = "storage-read-only"


class StorageNewer(StorageError):
    """The tables were made by a newer version of this program."""

    code = "storage-newer"


class StorageUnreachable(StorageError):
    """The database or the folder cannot be opened."""

    code = "storage-unreachable"


class StorageDenied(StorageUnreachable):
    """The server does not take the user, the password or the key, or they lack a right."""


class StorageAbsent(StorageUnreachable):
    """The server has no such database or bucket."""


class StorageCrowded(StorageUnreachable):
    """The server has no connection left."""


class StorageUntrusted(StorageUnreachable):
    """The server's certificate is not that of the server we were to talk to."""


class BlobMissing(StorageError):
    """The bytes that a row names are not in the blob store, or damaged, or of another BLOB_KEY."""

    code = "blob-missing"


class BlobKeyWrong(StorageError):
    """The pictures are encrypted with another BLOB_KEY than the one that is set, or not encrypted though one is set."""

    code = "blob-key-wrong"


_BY_SQLITE: dict[int, type[StorageError]] = {
    sqlite3.SQLITE_BUSY: StorageBusy,
    sqlite3.SQLITE_LOCKED: StorageBusy,
    sqlite3.SQLITE_FULL: StorageFull,
    sqlite3.SQLITE_IOERR_SHMSIZE: StorageFull,
    sqlite3.SQLITE_READONLY: StorageReadOnly,
    sqlite3.SQLITE_CANTOPEN: StorageUnreachable,
    sqlite3.SQLITE_CORRUPT: StorageUnreachable,
    sqlite3.SQLITE_IOERR: StorageUnreachable,
}
"""By SQLite's extended result code, else by its last byte, the primary one."""
_BY_SQLSTATE: dict[str, type[StorageError]] = {
    "25006": StorageReadOnly,
    "28000": StorageDenied,
    "28P01": StorageDenied,
    "3D000": StorageAbsent,
    "42501": StorageReadOnly,
    "53100": StorageFull,
    "53300": StorageCrowded,
    "55P03": StorageBusy,
    "57P03": StorageUnreachable,
}
"""By PostgreSQL's codes (appendix A of its manual), since its words come in the server's language."""
_BY_WORDS: tuple[tuple[str, type[StorageError]], ...] = (
    ("no space left on device", StorageFull),
    ("disk quota exceeded", StorageFull),
    ("file too large", StorageFull),
    ("read-only file system", StorageReadOnly),
    ("certificate verify failed", StorageUntrusted),
    ("too many connections for", StorageCrowded),
    ("too many clients", StorageCrowded),
    ("connection slots are reserved", StorageCrowded),
    ("permission denied", StorageReadOnly),
)
"""By words: the operating system's are all that the blob store hands on, and PostgreSQL's all that psycopg does while
it connects."""
_BY_ERRNO: dict[int, type[StorageError]] = {
    errno.ENOSPC: StorageFull,
    errno.EDQUOT: StorageFull,
    errno.EFBIG: StorageFull,
    errno.EROFS: StorageReadOnly,
    errno.EACCES: StorageReadOnly,
    errno.EPERM: StorageReadOnly,
}


def translate(exc: Exception) -> StorageError | None:
    """Our error for a driver's, the operating system's or the blob store's; None when it is none of ours."""
    if isinstance(exc, PoolTimeout):
        return StorageBusy("other transactions of this process did not end in time")
    cause = exc.orig if isinstance(exc, DBAPIError) and exc.orig else exc
    kind = _kind(cause)
    if kind is None and isinstance(exc, DBAPIError) and (exc.connection_invalidated or _not_connected(exc, cause)):
        kind = StorageUnreachable
    return kind(first_line(cause)) if kind else None


def first_line(exc: BaseException) -> str:
    """What an error says, without what follows for debugging."""
    return str(exc).partition("\n")[0]


def _not_connected(exc: DBAPIError, cause: BaseException) -> bool:
    """Whether it is of psycopg while it connects: only then does one of its operational errors have no code."""
    return isinstance(exc, OperationalError) and not hasattr(cause, "sqlite_errorcode")


def _kind(cause: BaseException) -> type[StorageError] | None:
    if code := getattr(cause, "sqlite_errorcode", None):
        return _BY_SQLITE.get(code) or _BY_SQLITE.get(code & 0xFF)
    if state := getattr(cause, "sqlstate", None):
        return _BY_SQLSTATE.get(state)
    if isinstance(cause, ssl.SSLError):  # its errno is none of the operating system's
        return StorageUntrusted if isinstance(cause, ssl.SSLCertVerificationError) else StorageUnreachable
    if isinstance(cause, OSError):
        return _BY_ERRNO.get(cause.errno or 0)
    words = str(cause).lower()
    return next((kind for part, kind in _BY_WORDS if part in words), None)
