"""Nobody but the bot's own user may look into DATA_DIR."""

import os
import stat
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.operations.processes import PHOTOS

pytestmark = pytest.mark.usefixtures("own_logging")


def modes(folder: Path) -> dict[str, int]:
    """The rights to a folder and to everything in it."""
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


def closed(folder: Path) -> bool:
    return all(mode in (0o700, 0o600) for mode in modes(folder).values())


def test_a_new_folder_and_whatever_is_put_into_it_is_closed_to_others(tmp_path: Path) -> None:
    arguments = [
        "chat",
        "--say",
        "/imagine oil portrait",
        "--attach",
        str(PHOTOS / "woman.jpg"),
        "--out",
        str(tmp_path),
    ]
    before = os.umask(0o022)
    try:
        assert main(arguments, {"DATA_DIR": str(tmp_path / "data")}) == 0
        assert os.umask(0o022) == 0o022, "the umask is the process's own again"
    finally:
        os.umask(before)
    assert closed(tmp_path / "data"), modes(tmp_path / "data")
    assert len(modes(tmp_path / "data")) > 8
    (saved,) = tmp_path.glob("*.jpg")
    assert stat.S_IMODE(saved.stat().st_mode) == tmp_path.stat().st_mode & 0o666, (
        "a saved picture is as open as its folder"
    )


def test_a_folder_of_an_older_version_is_closed_at_start_and_others_files_are_left(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert main(["migrate"], {"DATA_DIR": str(data)}) == 0
    (data / "blobs" / "ab").mkdir(parents=True)
    (data / "blobs" / "ab" / "picture").touch()
    (data / "holiday.txt").touch()
    (data / "blobs" / "link").symlink_to(data / "holiday.txt")
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert main(["migrate"], {"DATA_DIR": str(data)}) == 0
    found = modes(data)
    assert found.pop("holiday.txt") == found.pop("blobs/link") == 0o644
    assert set(found.values()) == {0o700, 0o600}
    assert found["."] == found["blobs/ab"] == 0o700
