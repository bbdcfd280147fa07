"""The key of the picture store: a wrong one is noticed at start, and all pictures can be brought to another."""

import json
import os
from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from obstore.store import LocalStore, MemoryStore

from storage.blobs.cipher import Cipher
from storage.blobs.key import SAMPLES, confirm_key
from storage.blobs.rekey import Rekeyed, rekey
from storage.blobs.store import MARK, Blobs
from storage.db.errors import BlobKeyWrong, BlobMissing, StorageError, StorageUnreachable

ONE, OTHER, PLAIN = Cipher(bytes(range(32))), Cipher(bytes(range(1, 33))), Cipher()
every_change = pytest.mark.parametrize(
    ("before", "after"), [(PLAIN, ONE), (ONE, OTHER), (ONE, PLAIN)], ids=["encrypt", "change", "decrypt"]
)
PICTURES = [bytes([number]) * 900 for number in range(7)]


@pytest.fixture(params=["memory", "folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return Blobs(MemoryStore()) if request.param == "memory" else Blobs(LocalStore(tmp_path), tmp_path)


async def filled(store: Blobs, cipher: Cipher) -> list[str]:
    """Pictures stored with a key that a start has confirmed."""
    blobs = store.under(cipher)
    await confirm_key(blobs)
    return [await blobs.put(picture) for picture in PICTURES]


@pytest.mark.parametrize(
    ("stored", "given", "words"),
    [
        (ONE, OTHER, "encrypted with another key"),
        (ONE, PLAIN, "encrypted, and BLOB_KEY is not set"),
        (PLAIN, ONE, "not encrypted, or with another key, and BLOB_KEY is set"),
    ],
)
async def test_a_start_with_another_key_is_refused_and_changes_nothing(
    store: Blobs, stored: Cipher, given: Cipher, words: str
) -> None:
    await filled(store, stored)
    before = await store.mark()
    with pytest.raises(BlobKeyWrong, match=words):
        await confirm_key(store.under(given))
    assert await store.mark() == before
    await confirm_key(store.under(stored))


async def test_the_file_tells_nothing_of_the_key(store: Blobs) -> None:
    await confirm_key(store.under(ONE))
    mark = await store.mark() or b""
    assert bytes(range(32)) not in mark
    assert b64encode(bytes(range(32))) not in mark
    assert len(json.loads(mark)["proofs"]) == 1


@pytest.mark.parametrize("cipher", [PLAIN, ONE])
async def test_a_store_of_before_this_file_is_known_by_its_pictures(store: Blobs, cipher: Cipher) -> None:
    await store.under(cipher).put(b"of an older version")
    with pytest.raises(BlobKeyWrong):
        await confirm_key(store.under(OTHER))
    assert await store.mark() is None
    await confirm_key(store.under(cipher), write=False)
    assert await store.mark() is None
    await confirm_key(store.under(cipher))
    assert (await store.mark() is not None) is cipher.encrypts


async def test_one_damaged_picture_makes_no_key_wrong(tmp_path: Path) -> None:
    blobs = Blobs(LocalStore(tmp_path), tmp_path, ONE)
    keys = sorted([await blobs.put(picture) for picture in PICTURES])
    assert len(keys) < SAMPLES
    for key in keys[:-1]:
        (tmp_path / key).write_bytes(b"damaged")
    await confirm_key(blobs)


@pytest.mark.parametrize("mark", [b"", b"{}", b"[]", b"\xff", b'{"proofs": ["no base64!"]}'])
async def test_a_file_that_is_not_ours_is_no_key_either(store: Blobs, mark: bytes) -> None:
    await store.set_mark(mark)
    with pytest.raises(BlobKeyWrong):
        await confirm_key(store.under(ONE))


@every_change
async def test_all_pictures_are_brought_to_another_key(store: Blobs, before: Cipher, after: Cipher) -> None:
    keys = await filled(store, before)
    assert await rekey(store.under(after), before) == Rekeyed(changed=len(PICTURES))
    await confirm_key(store.under(after))
    assert [await store.under(after).get(key) for key in keys] == PICTURES
    with pytest.raises(BlobKeyWrong):
        await confirm_key(store.under(before))
    assert await rekey(store.under(after), before) == Rekeyed(already=len(PICTURES))


@every_change
@pytest.mark.parametrize("writes", [0, 1, 4, len(PICTURES) + 1])
async def test_a_change_that_was_cut_off_keeps_the_bot_from_starting_and_goes_on_where_it_was(
    store: Blobs, before: Cipher, after: Cipher, writes: int
) -> None:
    keys = await filled(store, before)
    cut = _Cut(store, after, writes)
    with pytest.raises(KeyboardInterrupt):
        await rekey(cut, before)
    if writes:
        for cipher in (before, after):
            with pytest.raises(BlobKeyWrong, match="cut off"):
                await confirm_key(store.under(cipher))
    done = await rekey(store.under(after), before)
    assert (done.changed + done.already, done.already) == (len(PICTURES), max(0, writes - 1))
    assert [await store.under(after).get(key) for key in keys] == PICTURES
    await confirm_key(store.under(after))


class _Cut(Blobs):
    """A store that is changed so often, and then its process dies."""

    def __init__(self, store: Blobs, cipher: Cipher, writes: int) -> None:
        super().__init__(store._store, store._folder, cipher)
        self._left = writes

    async def _write(self, key: str, data: bytes) -> None:
        self._count()
        await super()._write(key, data)

    async def delete(self, keys: Iterable[str]) -> None:
        self._count()
        await super().delete(keys)

    def _count(self) -> None:
        if not self._left:
            raise KeyboardInterrupt
        self._left -= 1


@pytest.mark.parametrize("wrong", [OTHER, PLAIN])
async def test_a_wrong_old_key_changes_nothing(store: Blobs, wrong: Cipher) -> None:
    keys = await filled(store, ONE)
    third = Cipher(os.urandom(32))
    with pytest.raises(BlobKeyWrong):
        await rekey(store.under(third), wrong)
    await confirm_key(store.under(ONE))
    assert [await store.under(ONE).get(key) for key in keys] == PICTURES


async def test_what_neither_key_opens_is_counted_and_left(tmp_path: Path) -> None:
    store = Blobs(LocalStore(tmp_path), tmp_path)
    keys = await filled(store, ONE)
    (tmp_path / keys[2]).write_bytes(b"damaged")
    assert await rekey(store.under(OTHER), ONE) == Rekeyed(changed=len(PICTURES) - 1, unreadable=1)
    assert (tmp_path / keys[2]).read_bytes() == b"damaged"
    with pytest.raises(BlobMissing):
        await store.under(OTHER).get(keys[2])


async def test_an_empty_store_takes_any_key_and_a_plain_one_keeps_no_file(store: Blobs) -> None:
    await confirm_key(store)
    assert await store.mark() is None
    await confirm_key(store.under(ONE))
    assert await store.mark() is not None


async def test_the_sweep_of_nobodys_pictures_leaves_the_file(store: Blobs) -> None:
    await confirm_key(store.under(ONE))
    listed = [key async for keys in store.aged(datetime.now(UTC) + timedelta(days=2)) for key in keys]
    assert MARK not in listed


def _kinds(error: type[StorageError]) -> list[Any]:
    return [error, *(below for kind in error.__subclasses__() for below in _kinds(kind))]


def test_a_picture_store_that_is_away_is_not_called_a_database() -> None:
    for kind in _kinds(StorageUnreachable):
        assert kind("away", store="pictures").code == "pictures-unreachable"
        assert kind("away").code == "storage-unreachable"
