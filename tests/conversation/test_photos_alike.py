"""The same photo, sent through each chat: what is stored, or the sentence in which it is refused, is the same."""

import re
from pathlib import Path

from sqlalchemy import select

from bot.wiring import Running
from storage.tables.schema import reference_photos
from tests.conversation.chats import Chat, opened
from tests.imaging.files_page import SAMPLES
from tests.imaging.samples.sample import Sample

ENDINGS = {"tiff": "tif", "bigtiff": "tif"}
"""How the files of a kind end, where it is not the kind itself."""
KINDS = {"png", "webp", "heic", "avif", "gif", "bmp", "dng", "cr3"}
"""Kinds that name their ending; other files are called photos, as people do with what they do not know.

Telegram gets a `.jpeg` as a file: what it takes for photos it has made itself.
"""
LARGEST = 300_000
"""Bytes; larger files are slow to send and differ in nothing that a front sees."""
_NAME = re.compile(r"photo\d+\.\w+")


def ending(sample: Sample) -> str:
    """Return the file name's ending that people's files of this kind have."""
    kind = re.split(r"[ ,(]", sample.what.lower())[0]
    return kind if kind in KINDS else ENDINGS.get(kind, "jpeg")


def chosen() -> list[Sample]:
    """Return the first sample of each file ending and each way in which it is taken or refused."""
    first: dict[tuple[str, object], Sample] = {}
    for sample in SAMPLES:
        gets = sample.gets if isinstance(sample.gets, str) else sample.gets.notes
        if (ending(sample), gets) not in first and len(sample.build()) <= LARGEST:
            first[ending(sample), gets] = sample
    return list(first.values())


def file_of(sample: Sample, folder: Path, number: int) -> Path:
    """Write the sample to a file named as people's files are."""
    path = folder / f"photo{number}.{ending(sample)}"
    path.write_bytes(sample.build())
    return path


async def stored(bot: Running) -> dict[str, str]:
    """What is kept of each photo so far: size, type and checksum, by its id."""
    async with bot.database.read() as tx:
        rows = await tx.execute(select(reference_photos))
    return {row.id: f"{row.width}x{row.height} {row.media_type} {row.sha256}" for row in rows}


async def outcome(chat: Chat, bot: Running, path: Path) -> str:
    """What is stored of the photo, or else what the person reads."""
    before = await stored(bot)
    await chat.say("", path)
    new = [kept for id_, kept in (await stored(bot)).items() if id_ not in before]
    return new[0] if new else _NAME.sub("photo", (await chat.messages())[-1].text)


async def outcomes(front: str, folder: Path, files: list[Path]) -> list[str]:
    async with opened(front, folder, "en") as (chat, bot):
        return [await outcome(chat, bot, path) for path in files]


async def test_every_front_stores_the_same_of_a_photo_or_refuses_it_in_the_same_words(tmp_path: Path) -> None:
    sent = chosen()
    files = [file_of(sample, tmp_path, number) for number, sample in enumerate(sent)]
    console = await outcomes("console", tmp_path / "console", files)
    for front in ("discord", "telegram", "web"):
        others = await outcomes(front, tmp_path / front, files)
        assert [(s.what, o) for s, o in zip(sent, others, strict=True)] == [
            (s.what, o) for s, o in zip(sent, console, strict=True)
        ]
