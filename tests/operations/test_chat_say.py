"""`python -m bot chat --say`: one message run to its end, for scripts."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.core.chat import codec
from bot.core.chat.messages import Show
from tests.operations.processes import PHOTOS, ran

AI_MARKS = (b"trainedAlgorithmicMedia", b"algorithmicallyEnhanced")
"""The digital source types of IPTC that say that a program made or changed a picture."""
OF_THE_CONSOLE = ("id", "words", "files")
"""What a line holds beside the fields of the outgoing value."""


async def test_a_photo_becomes_a_picture_in_a_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    ended = await ran(
        "chat", "--say", "/imagine oil portrait", "--attach", PHOTOS / "woman.jpg", "--out", out, "--json",
        DATA_DIR=tmp_path / "data",
    )  # fmt: skip
    assert (ended.code, ended.err) == (0, "")
    said = [codec.load({key: line[key] for key in line if key not in OF_THE_CONSOLE}) for line in ended.lines]
    assert [one.type for one in said][:3] == ["ask", "say", "progress"]
    result = said[-1]
    assert isinstance(result, Show)
    [picture] = out.iterdir()
    assert ended.lines[-1]["files"] == [str(picture)]
    data = picture.read_bytes()
    with Image.open(BytesIO(data)) as image:
        assert image.format in ("JPEG", "PNG")
        assert image.size == (result.pictures[0].width, result.pictures[0].height)
    assert any(mark in data for mark in AI_MARKS)


async def test_an_answer_that_is_an_error_ends_with_1(tmp_path: Path) -> None:
    words = tmp_path / "words.jpg"
    words.write_text("this is no photo")
    ended = await ran(
        "chat", "--say", "/imagine oil", "--attach", words, DATA_DIR=tmp_path / "data", LANG="fr_CA.UTF-8"
    )
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.startswith("«\u00a0words.jpg\u00a0»")
    assert len(ended.out.splitlines()) == 1
