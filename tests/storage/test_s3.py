"""Pictures on an S3 server, and what its refusals mean; its own code is told."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from storage.blobs.key import confirm_key
from storage.blobs.store import Blobs, open_blobs
from storage.db.errors import BlobMissing, StorageAbsent, StorageDenied, StorageError, StorageUnreachable
from tests.servers.s3 import S3, serving_s3


@pytest_asyncio.fixture
async def s3() -> AsyncIterator[S3]:
    async with serving_s3() as server:
        yield server


def opened(s3: S3, url: str = "s3://likeness", **changed: str) -> Blobs:
    options = {key: value for key, value in s3.settings.items() if key.startswith("AWS_")}
    return open_blobs(Path(), url, None, {**options, **changed})


async def test_bytes_come_back_from_a_server_and_go_again(s3: S3) -> None:
    blobs = opened(s3)
    await blobs.check()
    await confirm_key(blobs)
    key = await blobs.put(b"a picture")
    assert await blobs.get(key) == b"a picture"
    assert [one async for keys in blobs.aged(datetime.now(UTC) + timedelta(days=1)) for one in keys] == [key]
    await blobs.delete([key, key])
    with pytest.raises(BlobMissing):
        await blobs.get(key)
    assert not s3.buckets["likeness"]


@pytest.mark.parametrize(
    ("changed", "kind", "code"),
    [
        ({"AWS_SECRET_ACCESS_KEY": "wrong"}, StorageDenied, "SignatureDoesNotMatch"),
        ({"AWS_ACCESS_KEY_ID": "wrong"}, StorageDenied, "InvalidAccessKeyId"),
        ({"url": "s3://nowhere"}, StorageAbsent, "NoSuchBucket"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, StorageUnreachable, "error sending request"),
    ],
)
async def test_what_a_server_refuses_is_told_by_its_code(
    s3: S3, changed: dict[str, str], kind: type[StorageError], code: str
) -> None:
    blobs = opened(s3, **changed)
    for asked in (blobs.check(), confirm_key(blobs), blobs.get("ab/cd/abcd")):
        with pytest.raises(kind, match=code) as refused:
            await asked
        assert type(refused.value) is kind
        assert refused.value.store == "pictures"


@pytest.mark.parametrize("trouble", ["AccessDenied", "InternalError", "SlowDown"])
async def test_a_server_in_trouble_loses_no_picture(s3: S3, trouble: str) -> None:
    blobs = opened(s3)
    key = await blobs.put(b"a picture")
    s3.trouble = trouble
    with pytest.raises(StorageUnreachable, match=trouble):
        await blobs.get(key)
    with pytest.raises(StorageUnreachable):
        await blobs.put(b"another")
    s3.trouble = None
    assert await blobs.get(key) == b"a picture"
