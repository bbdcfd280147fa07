"""Encrypting every stored picture with another key, or with none; it may be cut off at any moment and run again."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage.blobs.cipher import Cipher
from storage.blobs.key import opens, read_proofs, write_proofs
from storage.blobs.store import Blobs
from storage.db.errors import BlobKeyWrong, BlobMissing


@dataclass(slots=True)
class Rekeyed:
    """How many pictures were encrypted anew, had been already, and could be read with neither key."""

    changed: int = 0
    already: int = 0
    unreadable: int = 0


async def rekey(blobs: Blobs, before: Cipher) -> Rekeyed:
    """Bring every picture from the cipher `before` to that of `blobs`, while no other process works on the store.

    First the file MARK names both keys, so that no start takes half of the store for missing. Each picture is replaced
    as a whole, and its name tells which key it has. At last the file names the new key alone. What neither key opens
    stays.
    Raises BlobKeyWrong, before anything is changed, if the store is not of one of these keys, or another StorageError.
    """
    old = blobs.under(before)
    await _check_keys(blobs, old)
    await write_proofs(blobs, [before, blobs.cipher])
    done = Rekeyed()
    listed = [key async for keys in blobs.aged(datetime.now(UTC) + timedelta(days=1)) for key in keys]
    for key in listed:
        await _replace(key, old, blobs, done)
    await write_proofs(blobs, [blobs.cipher])
    return done


async def _check_keys(blobs: Blobs, old: Blobs) -> None:
    proofs = await read_proofs(blobs)
    ours = (old.cipher, blobs.cipher)
    if not all(any(cipher.proves(proof) for cipher in ours) for proof in proofs):
        raise BlobKeyWrong("its pictures are encrypted with neither of the keys", store="pictures")
    if not proofs and not (await opens(old) or await opens(blobs)):
        raise BlobKeyWrong("its pictures cannot be read with the old key", store="pictures")


async def _replace(key: str, old: Blobs, new: Blobs, done: Rekeyed) -> None:
    try:
        await new.get(key)
    except BlobMissing:
        pass
    else:
        done.already += 1
        return
    try:
        data = await old.get(key)
    except BlobMissing:
        done.unreadable += 1
        return
    await new.put(data, anew=True)
    done.changed += 1
