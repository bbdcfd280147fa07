"""Locks by which a data folder and a SQLite file belong to one process."""

from pathlib import Path

from filelock import FileLock, Timeout

from providers.contract.errors import SettingError


class InUse(Exception):
    """Another process works in the data folder, or has this one's place on the database."""


def lock_folder(folder: Path) -> FileLock:
    """Hold a data folder for this process; raises InUse."""
    return _held(folder / "lock", folder, "choose another folder with DATA_DIR")


def lock_file(file: Path) -> FileLock:
    """Hold a SQLite database for this process, which data folders may share by DATABASE_URL; raises InUse."""
    return _held(file.with_name(f"{file.name}.lock"), file, "choose another with DATABASE_URL")


def _held(file: Path, place: Path, otherwise: str) -> FileLock:
    held = FileLock(file, timeout=0)
    try:
        held.acquire()
    except Timeout as exc:
        raise InUse(
            f"Another Likeness process already works in {place.resolve()}: stop it first, or {otherwise}."
        ) from exc
    except OSError as exc:
        raise SettingError(
            "DATA_DIR", f"choose a folder that can be written; {file.parent} cannot: {exc.strerror}"
        ) from exc
    return held
