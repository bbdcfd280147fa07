"""What a person wrote is in no file of ours any more once they deleted everything."""

from pathlib import Path

from tests.harness.bots import started
from tests.harness.room import Bytes

SECRETS = ("quixotic", "platypus", "Zebedäus", "Wolpertinger", "antlers")


def written(folder: Path) -> set[tuple[str, str]]:
    """Which of the secrets stand in which files of a folder."""
    found = ((file.name, file.read_bytes()) for file in folder.rglob("*") if file.is_file())
    return {(name, word) for name, data in found for word in SECRETS if word.encode() in data}


async def test_deleted_words_are_in_no_file_any_more(tmp_path: Path, photo: Bytes) -> None:
    async with started(tmp_path) as bot:
        anna = bot.room().person("Zebedäus")
        await anna.say("/imagine quixotic platypus at noon --model free", photo)
        await anna.room.quiet()
        await anna.say("/persona create Wolpertinger --kind fictional --description velvet antlers")
        assert {word for _, word in written(tmp_path)} == set(SECRETS)
        await anna.say("/privacy delete")
        await anna.press("Delete everything", anna.room.last)
        assert not written(tmp_path)
