"""Which key a store is encrypted with: a file in the store tells, so that a wrong key is noticed at start.

The file MARK holds the proof of the key (storage/blobs/cipher.py), and of two keys while pictures go from one to the
other. A store whose pictures are not encrypted has no such file.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from storage.blobs.cipher import PLAIN, Cipher
from storage.blobs.store import MARK, Blobs
from storage.db.errors import BlobKeyWrong, BlobMissing

SAMPLES = 20
"""Pictures of a store without the file that are tried: one of them may be damaged."""


async def confirm_key(blobs: Blobs, *, write: bool = True) -> None:
    """Raise BlobKeyWrong unless the store's pictures are of its cipher; the file is written where it is needed."""
    proofs = await read_proofs(blobs)
    if len(proofs) > 1:
        raise BlobKeyWrong("a change of key was cut off", store="pictures")
    if proofs and not blobs.cipher.proves(proofs[0]):
        raise BlobKeyWrong(_difference(proofs[0], blobs.cipher), store="pictures")
    if proofs:
        return
    if not await opens(blobs):
        raise BlobKeyWrong(_unreadable(blobs.cipher), store="pictures")
    if write and blobs.cipher.encrypts:
        await write_proofs(blobs, [blobs.cipher])


async def read_proofs(blobs: Blobs) -> list[str]:
    """The proofs in the file; none without one. Raises BlobKeyWrong for a file that is not ours."""
    if (mark := await blobs.mark()) is None:
        return []
    try:
        proofs = json.loads(mark)["proofs"]
    except (ValueError, KeyError, TypeError) as exc:
        raise BlobKeyWrong("the file that tells its key is damaged", store="pictures") from exc
    return [str(proof) for proof in proofs]


async def write_proofs(blobs: Blobs, ciphers: Sequence[Cipher]) -> None:
    """Write the file, or remove it when nothing is encrypted; raises StorageError."""
    if not any(cipher.encrypts for cipher in ciphers):
        await blobs.delete([MARK])
        return
    await blobs.set_mark(json.dumps({"proofs": [cipher.proof() for cipher in ciphers]}).encode())


async def opens(blobs: Blobs) -> bool:
    """Whether a store without the file has a picture that this cipher opens, or none at all.

    Of an encrypted store the file is always there, except one of a version that did not write it.
    """
    tried = 0
    async for keys in blobs.aged(datetime.now(UTC) + timedelta(days=1)):
        for key in keys:
            try:
                await blobs.get(key)
            except BlobMissing:
                tried += 1
                if tried == SAMPLES:
                    return False
            else:
                return True
    return not tried


def _unreadable(cipher: Cipher) -> str:
    if cipher.encrypts:
        return "its pictures are not encrypted, or with another key, and BLOB_KEY is set"
    return "its pictures are encrypted, and BLOB_KEY is not set"


def _difference(proof: str, cipher: Cipher) -> str:
    if proof == PLAIN:
        return "its pictures are not encrypted, and BLOB_KEY is set"
    if not cipher.encrypts:
        return "its pictures are encrypted, and BLOB_KEY is not set"
    return "its pictures are encrypted with another key"
