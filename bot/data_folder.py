"""The folder with the rows and the pictures, which nobody but the bot's own user may look into."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import structlog

from bot.settings import StorageSettings
from providers.contract.errors import SettingError

FOLDER, FILE = 0o700, 0o600
UMASK = 0o077
OURS = ("likeness.sqlite3*", "lock", "blobs")
"""What is the bot's in a folder that may hold other things too."""
log = structlog.get_logger()


def data_folder(settings: StorageSettings) -> Path:
    """The folder of DATA_DIR, made where there is none, and closed to others; raises SettingError."""
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=FOLDER)
    except OSError as exc:
        raise SettingError("DATA_DIR", f"choose a folder that can be written; {folder} cannot: {exc.strerror}") from exc
    close(folder)
    return folder


def close(folder: Path) -> None:
    """Take everybody else's rights to a folder and to what is ours in it; others' files stay as they are."""
    if stat.S_IMODE(folder.stat().st_mode) == FOLDER:
        return
    try:
        for path in _ours(folder):
            path.chmod(FOLDER if path.is_dir() else FILE)
        folder.chmod(FOLDER)  # last: a start that was cut off before does it all again
    except OSError as exc:
        if exc.errno == errno.EPERM:  # it is somebody else's, and shared on purpose; all other trouble is told later
            log.warning("others may look into the data folder", folder=str(folder), reason=exc.strerror)


def _ours(folder: Path) -> Iterator[Path]:
    for pattern in OURS:
        for path in folder.glob(pattern):
            if path.is_symlink():
                continue
            yield path
            for inside, folders, files in os.walk(path):
                yield from (Path(inside, name) for name in (*folders, *files) if not Path(inside, name).is_symlink())
