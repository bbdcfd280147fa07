"""Picture bytes: stored once, found by their content, unreadable on the disk when a key is set."""

import asyncio
import hashlib
import os
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from storage.blobs.store import Blobs, open_blobs
from storage.db.errors import BlobMissing, StorageFull, StorageReadOnly, StorageUnreachable
from tests.storage.conftest import Disk

DATA = b"\x89PNG a picture of a fox"
KEY = urlsafe_b64encode(bytes(range(32))).decode()
OTHER_KEY = urlsafe_b64encode(bytes(range(1, 33))).decode()


@pytest.fixture(params=["folder", "encrypted folder", "memory", "encrypted memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    secret = KEY if "encrypted" in request.param else None
    if "memory" in request.param:
        return open_blobs(tmp_path / "unused", "memory:///", secret)
    return open_blobs(tmp_path / "blobs", None, secret)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_bytes_come_back_as_they_went_in(blobs: Blobs) -> None:
    for data in (DATA, b"", os.urandom(3_000_000)):
        assert await blobs.get(await blobs.put(data)) == data


async def test_a_key_names_the_content(blobs: Blobs) -> None:
    digest = hashlib.sha256(DATA).hexdigest()
    assert await blobs.put(DATA) == f"{digest[:2]}/{digest[2:4]}/{digest}"
    assert await blobs.put(DATA + b"!") != await blobs.put(DATA)


async def test_what_was_never_stored_is_missing(blobs: Blobs) -> None:
    with pytest.raises(BlobMissing, match="ab/cd/abcd"):
        await blobs.get("ab/cd/abcd")


async def test_deleted_bytes_are_missing_and_deleting_again_is_silent(blobs: Blobs) -> None:
    kept, gone = await blobs.put(b"kept"), await blobs.put(b"gone")
    await blobs.delete([gone])
    await blobs.delete([gone, "ab/cd/never", gone])
    with pytest.raises(BlobMissing):
        await blobs.get(gone)
    assert await blobs.get(kept) == b"kept"
    assert await blobs.put(b"gone") == gone
    assert await blobs.get(gone) == b"gone"


async def test_a_store_that_works_passes_the_check(blobs: Blobs) -> None:
    await blobs.check()


async def test_the_same_bytes_are_stored_once(tmp_path: Path) -> None:
    blobs = open_blobs(tmp_path)
    keys = await asyncio.gather(*(blobs.put(DATA) for _ in range(8)))
    (file,) = _files(tmp_path)
    written = file.stat().st_mtime_ns, file.stat().st_ino
    assert await blobs.put(DATA) == keys[0]
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == written
    assert set(keys) == {file.relative_to(tmp_path).as_posix()}


async def test_a_check_leaves_nothing_behind(tmp_path: Path) -> None:
    await open_blobs(tmp_path).check()
    assert _files(tmp_path) == []


async def test_without_a_key_the_file_is_the_picture(tmp_path: Path) -> None:
    await open_blobs(tmp_path).put(DATA)
    assert [file.read_bytes() for file in _files(tmp_path)] == [DATA]


async def test_with_a_key_nothing_of_the_picture_is_on_the_disk(tmp_path: Path) -> None:
    first, second = open_blobs(tmp_path / "1", None, KEY), open_blobs(tmp_path / "2", None, KEY)
    for blobs in (first, second):
        assert await blobs.get(await blobs.put(DATA)) == DATA
    contents = [file.read_bytes() for file in _files(tmp_path)]
    assert not any(DATA[at : at + 4] in content for content in contents for at in range(len(DATA) - 4))
    assert len(set(contents)) == 2, "the same nonce was taken twice"


async def test_bytes_of_another_key_cannot_be_read(tmp_path: Path) -> None:
    key = await open_blobs(tmp_path, None, KEY).put(DATA)
    for other in (open_blobs(tmp_path, None, OTHER_KEY), open_blobs(tmp_path)):
        with pytest.raises(BlobMissing, match=key):
            await other.get(key)


async def test_bytes_of_before_there_was_a_key_are_stored_anew(tmp_path: Path) -> None:
    key = await open_blobs(tmp_path).put(DATA)
    blobs = open_blobs(tmp_path, None, KEY)
    with pytest.raises(BlobMissing, match=key):
        await blobs.get(key)
    await blobs.put(DATA)
    assert await blobs.get(key) == DATA


@pytest.mark.parametrize("key", [None, KEY])
@pytest.mark.parametrize("left", [0, 5, -1])
async def test_a_file_that_was_cut_off_is_missing_until_it_is_stored_again(
    tmp_path: Path, key: str | None, left: int
) -> None:
    blobs = open_blobs(tmp_path, None, key)
    name = await blobs.put(DATA)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:left])
    with pytest.raises(BlobMissing, match=name):
        await blobs.get(name)
    await blobs.put(DATA)
    assert await blobs.get(name) == DATA


@pytest.mark.parametrize(
    "key", ["=", "AAAA", KEY[:-4], KEY + "AAAA", "pässword", "not base64 at all, but 43 characters long !!"]
)
def test_a_key_that_is_not_32_bytes_of_base64_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match=r"32 bytes|base64|ASCII|padding"):
        open_blobs(tmp_path, None, key)


async def test_a_key_may_be_written_in_either_alphabet_and_without_padding(tmp_path: Path) -> None:
    key = b"\xfb\xff" * 16
    spellings = [urlsafe_b64encode(key).decode(), b64encode(key).decode(), f" {urlsafe_b64encode(key).decode()[:-1]}\n"]
    name = await open_blobs(tmp_path, None, spellings[0]).put(DATA)
    assert [await open_blobs(tmp_path, None, spelling).get(name) for spelling in spellings] == [DATA] * 3


async def test_an_empty_key_is_none(tmp_path: Path) -> None:
    name = await open_blobs(tmp_path, None, "").put(DATA)
    assert await open_blobs(tmp_path).get(name) == DATA


@pytest.mark.parametrize("url", ["nonsense://bucket", "no url", "s3://", "file:///nowhere/at/all"])
def test_an_address_that_names_no_store_is_refused_in_one_line(tmp_path: Path, url: str) -> None:
    with pytest.raises(StorageUnreachable, match=r"^[^\n]+$"):
        open_blobs(tmp_path, url)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "blobs"):
        with pytest.raises(StorageUnreachable):
            open_blobs(folder)


async def test_any_store_of_the_library_will_do() -> None:
    blobs = Blobs(MemoryStore())
    assert await blobs.get(await blobs.put(DATA)) == DATA


async def test_a_full_disk_is_said_to_be_full_and_keeps_nothing_of_the_picture(disk: Disk) -> None:
    blobs = open_blobs(disk.folder / "blobs")
    kept = await blobs.put(DATA)
    with pytest.raises(StorageFull, match=r"^[^\n]+$"):
        await blobs.put(os.urandom(2_000_000))
    assert [file.relative_to(disk.folder / "blobs").as_posix() for file in _files(disk.folder)] == [kept]
    assert await blobs.get(kept) == DATA


async def test_a_disk_that_may_not_be_written_is_said_to_be_read_only(disk: Disk) -> None:
    blobs = open_blobs(disk.folder / "blobs")
    key = await blobs.put(DATA)
    disk.make_read_only()
    for refused in (blobs.put(b"another"), blobs.delete([key]), blobs.check()):
        with pytest.raises(StorageReadOnly):
            await refused
    with pytest.raises(StorageReadOnly):
        open_blobs(disk.folder / "new")
    assert await blobs.put(DATA) == key
    assert await blobs.get(key) == DATA
