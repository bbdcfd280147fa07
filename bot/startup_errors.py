"""Errors of a start as one sentence for the operator, which names the setting and the fix."""

from collections.abc import Mapping

from bot.process_locks import InUse
from providers.contract.errors import SettingError
from providers.plugins import BadPlugin
from storage.db import errors

_FIXES: Mapping[type[errors.StorageError], str] = {
    errors.StorageBusy: "another program holds the database; close it and try again",
    errors.StorageFull: "the disk is full; make room, or choose a place on another one",
    errors.StorageReadOnly: "nothing may be written there; give this user the right to, or choose another place",
    errors.StorageNewer: "the database was made by a newer version; update Likeness, or choose another place",
    errors.StorageUnreachable: "this cannot be opened; check that it is right and that the server runs",
}


def sentence(exc: BaseException, place: str) -> str | None:
    """Return the problem and its fix, or None for an error of another kind.

    `place` is the setting that says where the data is: DATA_DIR, DATABASE_URL or BLOB_URL.
    """
    if isinstance(exc, SettingError | BadPlugin | InUse):
        return str(exc)
    if not isinstance(exc, errors.StorageError):
        return None
    detail = " ".join(str(exc).split())
    fix = next((words for kind, words in _FIXES.items() if isinstance(exc, kind)), "the data cannot be used")
    return f"{place}: {fix} ({detail})"
