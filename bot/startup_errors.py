"""Errors of a start as one sentence for the operator, which names the setting and the fix."""

from collections.abc import Mapping

from bot.process_locks import InUse
from bot.settings import Settings
from providers.contract.errors import SettingError
from providers.plugins import BadPlugin
from storage.db import errors

_DATABASE: Mapping[type[errors.StorageError], str] = {
    errors.StorageBusy: "another program holds the database; close it and try again",
    errors.StorageFull: "the disk is full; make room, or choose a place on another one",
    errors.StorageReadOnly: "nothing may be written there; give this user the right to, or choose another place",
    errors.StorageNewer: "the database was made by a newer version; update Likeness, or choose another place",
    errors.StorageDenied: "the database does not let this user in; correct the name and the password (here or in"
    " DATABASE_PASSWORD), or grant it the right to connect",
    errors.StorageAbsent: "the server has no such database; create it, or correct the name",
    errors.StorageCrowded: "the database has no connection left for this process; raise max_connections or the user's"
    " limit, or stop something else",
    errors.StorageUntrusted: "the server's certificate is not trusted; give that of its authority with sslrootcert, or"
    " correct the host",
    errors.StorageUnreachable: "the database cannot be opened; check that the address is right and the server runs",
}
_PICTURES: Mapping[type[errors.StorageError], str] = {
    errors.StorageFull: "the disk is full; make room, or choose a place on another one",
    errors.StorageReadOnly: "nothing may be written there; give this user the right to, or choose another place",
    errors.StorageDenied: "the picture store does not take the key; correct {keys}, or let it read, write and delete",
    errors.StorageAbsent: "the picture store has no such bucket; create it, or correct the name",
    errors.StorageUnreachable: "the picture store cannot be reached; check that {address} is right and that the server"
    " runs",
}
_KEYS: Mapping[str, tuple[str, str]] = {
    "s3": ("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"),
    "gs": ("GOOGLE_APPLICATION_CREDENTIALS", "the address"),
    "az": ("AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY", "the address"),
}
"""By the scheme of BLOB_URL, the settings with the key and with the server's address."""
_WRONG_KEY = "give the key with which the pictures were stored, or bring them to this one with `python -m bot rekey`"


def sentence(exc: BaseException, settings: Settings) -> str | None:
    """Return the problem and its fix, or None for an error of another kind."""
    if isinstance(exc, SettingError | BadPlugin | InUse):
        return str(exc)
    if not isinstance(exc, errors.StorageError):
        return None
    detail = " ".join(str(exc).split())
    place, fix = _pictures(exc, settings) if exc.store == "pictures" else _database(exc, settings)
    return f"{place}: {fix} ({detail})"


def _database(exc: errors.StorageError, settings: Settings) -> tuple[str, str]:
    place = "DATABASE_URL" if settings.is_set("DATABASE_URL") else "DATA_DIR"
    return place, _of_kind(exc, _DATABASE) or "the database cannot be used"


def _pictures(exc: errors.StorageError, settings: Settings) -> tuple[str, str]:
    if isinstance(exc, errors.BlobKeyWrong):
        return "BLOB_KEY", _WRONG_KEY
    url = settings.of(["BLOB_URL"]).get("BLOB_URL", "")
    keys, address = _KEYS.get(url.partition(":")[0], ("the key", "the address"))
    fix = _of_kind(exc, _PICTURES) or "the pictures cannot be used"
    return "BLOB_URL" if url else "DATA_DIR", fix.format(keys=keys, address=address)


def _of_kind(exc: errors.StorageError, fixes: Mapping[type[errors.StorageError], str]) -> str | None:
    """The fix for an error, or for the kind of error that it is one of."""
    return next((fixes[kind] for kind in type(exc).__mro__ if kind in fixes), None)
