"""Errors of the blob store in our words."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError

from storage.db.errors import (
    BlobMissing,
    StorageAbsent,
    StorageDenied,
    StorageError,
    StorageUnreachable,
    first_line,
    translate,
)

GONE = (NotFoundError, FileNotFoundError)
"""What the store says of a key that it does not have, and of a bucket that it does not have."""
_BY_CODE: Mapping[str, type[StorageError]] = {
    "NoSuchBucket": StorageAbsent, "ContainerNotFound": StorageAbsent,
    "AccessDenied": StorageDenied, "AllAccessDisabled": StorageDenied, "InvalidAccessKeyId": StorageDenied,
    "SignatureDoesNotMatch": StorageDenied, "ExpiredToken": StorageDenied, "InvalidToken": StorageDenied,
    "AuthorizationHeaderMalformed": StorageDenied, "RequestTimeTooSkewed": StorageDenied,
    "AuthenticationFailed": StorageDenied, "AuthorizationFailure": StorageDenied, "AccountIsDisabled": StorageDenied,
}  # fmt: skip
"""By the codes of S3's and Azure's error pages (their REST references, "Error responses" and "Error codes")."""
_TRIES = re.compile(r" in [\d.]+\w*s(, after .*?)?(?= +- )")
"""How long a call took and how often it was tried, which makes every sentence another one."""
_PAGE = re.compile(r"<Code>(\w+)</Code>(?:.*?<Message>(.*?)</Message>)?", re.DOTALL)


@asynccontextmanager
async def translated(key: str) -> AsyncIterator[None]:
    """Raise StorageError for what the store or the operating system raises; a key it lacks is BlobMissing."""
    try:
        yield
    except (BaseError, OSError) as exc:
        raise error_of(exc, key) from exc


def error_of(exc: BaseError | OSError, key: str) -> StorageError:
    """Our error for the store's, with its own code where it tells one."""
    page = _PAGE.search(str(exc))
    detail = f"{page[1]}: {' '.join((page[2] or '').split())}".rstrip(": ") if page else _TRIES.sub("", first_line(exc))
    if page and (kind := _BY_CODE.get(page[1])):
        return kind(detail, store="pictures")
    if isinstance(exc, GONE):
        return BlobMissing(key, store="pictures")
    if known := translate(exc):
        return type(known)(detail, store="pictures")
    denied = isinstance(exc, PermissionDeniedError | UnauthenticatedError)
    return (StorageDenied if denied else StorageUnreachable)(detail, store="pictures")
