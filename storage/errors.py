"""What can go wrong below the tables.

StorageError
├── StorageBusy        another process holds the database; trying again is sensible
├── StorageFull        the disk or the database is full
├── StorageReadOnly    the folder or the database may not be written
├── StorageNewer       the tables were made by a newer version of this program
├── StorageUnreachable the database server or the folder cannot be opened
└── BlobMissing        the bytes a row names are not there
"""

import errno

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout


class StorageError(Exception):
    """The storage could not do its work; nothing was written."""

    code = "storage"


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


class BlobMissing(StorageError):
    """The bytes that a row names are not in the blob store."""

    code = "blob-missing"


_BY_WORDS: tuple[tuple[str, type[StorageError]], ...] = (
    # SQLite's messages (sqlite3_errstr), then PostgreSQL's and the operating system's
    ("database is locked", StorageBusy),
    ("database table is locked", StorageBusy),
    ("database or disk is full", StorageFull),
    ("no space left on device", StorageFull),
    ("disk quota exceeded", StorageFull),
    ("file too large", StorageFull),
    ("readonly database", StorageReadOnly),
    ("read-only", StorageReadOnly),
    ("permission denied", StorageReadOnly),
    ("unable to open database file", StorageUnreachable),
    ("connection refused", StorageUnreachable),
)
_BY_SQLSTATE: tuple[tuple[str, type[StorageError]], ...] = (
    # How the codes begin: PostgreSQL's documentation, appendix A. Its messages come in the server's language.
    ("08", StorageUnreachable),
    ("25006", StorageReadOnly),
    ("28", StorageUnreachable),
    ("3D000", StorageUnreachable),
    ("42501", StorageReadOnly),
    ("53100", StorageFull),
    ("53300", StorageBusy),
    ("55P03", StorageBusy),
    ("57P", StorageUnreachable),
)
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
    if isinstance(exc, OSError) and exc.errno in _BY_ERRNO:
        return _BY_ERRNO[exc.errno](str(exc))
    cause = exc.orig if isinstance(exc, DBAPIError) and exc.orig else exc
    if kind := _kind(getattr(cause, "sqlstate", None) or "", str(cause).lower()):
        return kind(str(cause))
    return StorageUnreachable(str(cause)) if isinstance(exc, DBAPIError) and exc.connection_invalidated else None


def _kind(sqlstate: str, words: str) -> type[StorageError] | None:
    if sqlstate:
        return next((kind for begin, kind in _BY_SQLSTATE if sqlstate.startswith(begin)), None)
    return next((kind for part, kind in _BY_WORDS if part in words), None)
