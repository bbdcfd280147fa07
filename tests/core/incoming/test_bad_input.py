"""What bad input gets: a clear sentence, nothing half-written, nothing charged."""

from io import BytesIO

import pytest
from PIL import Image

from bot.core.chat.messages import Say
from tests.harness.bots import Bot
from tests.harness.room import Bytes, Person, Room
from tests.imaging import pictures

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def answered(room: Room, person: Person, text: str, *photos: Bytes) -> str:
    await person.say(text, *photos)
    answer = room.last
    assert isinstance(answer, Say)
    assert answer.tone == "error"
    assert not room.results
    return room.read()


def gif() -> bytes:
    buffer = BytesIO()
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("/imagine " + "x" * 10_000, "has 10,000 characters; 4,000 fit."),
        ("/imagine x --count 0", "--count takes a whole number from 1 to 32, not “0”."),
        ("/imagine x --count 99", "--count takes a whole number from 1 to 32, not “99”."),
        ("/imagine x --count many", "not “many”."),
        ("/imagine x --aspect 7:3", "--aspect cannot be “7:3”. Choose one of: auto, 1:1"),
        ("/imagine x --aspcet 4:5", "/imagine has no option --aspcet. Try --aspect"),
        ("/imagine x --model dall", "There is no model “dall”. Choose one of: free, paid, local."),
        ("/imagine x --model free --size 4K", "Free fake cannot make 4K pictures."),
        ("/imagine x --model free --params steps=5", "Free fake has no parameter “steps”."),
        ("/imagine x --model free --params five", "I could not read “five”."),
        ("/imagine x --model local", "Local preview works from a photo, so I need one"),
        ("/imagin x", "There is no command /imagin. Did you mean /imagine?"),
        ("/xyzzy", "There is no command /xyzzy. See /help."),
        ("/persona nonsense", "/persona needs one more word: /persona create"),
        ("/quota please", "/quota takes no words"),
        ("/help nothing", "There is no command /nothing. See /help."),
    ],
)
async def test_a_command_that_cannot_be_done_says_why(bot: Bot, text: str, sentence: str) -> None:
    room = bot.room()
    assert sentence in await answered(room, room.person("Anna"), text)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("words.jpg", b"this is no photo", "“words.jpg” is not a photo I can read."),
        ("empty.jpg", b"", "“empty.jpg” is empty."),
        ("cut.jpg", pictures.saved(pictures.scene(800, 600), "JPEG")[:9000], "“cut.jpg” is incomplete or damaged."),
        ("moving.gif", gif(), "“moving.gif” moves."),
        ("heavy.jpg", b"x" * 25_000_000, "“heavy.jpg” has 25 MB; 20 MB fit."),
    ],
    ids=["text", "empty", "cut", "moving", "heavy"],
)
async def test_a_file_that_is_no_usable_photo_is_named_with_what_to_do(
    bot: Bot, name: str, data: bytes, sentence: str
) -> None:
    room = bot.room()
    anna = room.person("Anna")
    assert sentence in await answered(room, anna, "as an oil painting", Bytes(name, data))


async def test_words_no_database_can_hold_are_cleaned(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a \ud800 red\0 fox --model free")
    await room.quiet()
    assert room.read(room.results[0]) == "a ? red fox"


async def test_eleven_photos_are_too_many(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    assert "11 photos are too many; 10 fit." in await answered(room, room.person("Anna"), "all", *[photo] * 11)


async def test_a_command_that_takes_no_photos_says_so(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    assert "/quota takes no photos." in await answered(room, room.person("Anna"), "/quota", photo)


async def test_errors_are_private_and_in_the_persons_language(bot: Bot) -> None:
    room = bot.room("group")
    anna = room.person("Anna", locale="fr-FR")
    await anna.say("/imagine")
    assert room.last.private  # type: ignore[union-attr]
    await anna.say("/settings --language fr")
    assert bot.running.app.words(room.last.lines[0], "fr") != room.read()  # type: ignore[union-attr]
    assert await bot.running.app.locale(anna.who, "en") == "fr"


async def test_of_several_photos_the_broken_one_is_named_and_the_others_count(bot: Bot, photo: Bytes) -> None:
    room = bot.room()
    anna = room.person("Anna")
    broken = Bytes("broken.jpg", photo.data[:200])
    await anna.say("/imagine a fox --model free", photo, broken, photo)
    await room.quiet()
    assert len(bot.scripted.journal[-1].request.references) == 2
    assert any("broken.jpg" in room.read(one) for one in room.said.values() if isinstance(one, Say))
    await anna.say("/imagine a fox --model free", broken, broken)
    assert room.read().startswith("None of these photos can be used. ")
