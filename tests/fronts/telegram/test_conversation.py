"""The conversation every front end carries, on Telegram: from the greeting to the limit of the day; also in French."""

import pytest

from storage import people, settings
from tests.fronts.telegram.talking import Talk
from tests.servers.telegram_people import Human, Posted

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_person_makes_and_judges_pictures_until_the_day_is_used_up(talk: Talk, face: bytes) -> None:
    ada = talk.person("Ada")

    # The greeting names one example and what it costs.
    await ada.starts()
    greeting = await ada.hears("Hello Ada!")
    assert "/imagine" in greeting.text
    assert "free" in greeting.text

    # A first face asks once who it is; then the photo gets four offers.
    await ada.sends_photo(face)
    await ada.presses("It is me", await ada.hears("Who is on the photo?"))
    assert len((await ada.hears("A photo! What shall I do with it?")).buttons) == 4

    # A command is a request; progress is shown and can be stopped until the result stands there.
    await ada.writes("/imagine comic portrait --count 2 [hold]")
    assert "✖ Cancel" in (await ada.hears("0 of 2")).buttons
    await talk.scripted.release(2)
    result = await ada.shows("Keep all")
    assert pressed(result) == []

    # Keep one, reject the rest, change one's mind.
    await ada.presses("1", result)
    await ada.until(lambda: pressed(result) == ["1"])
    await ada.presses("Reject the rest", result)
    await ada.hears("1 ✅  2 ❌")
    await ada.presses("Undo all", result)
    await ada.until(lambda: pressed(result) == [])

    # Reactions mean the same where they arrive, and taking one away takes the vote away.
    await ada.reacts(result, [], ["👍"])
    await ada.until(lambda: pressed(result) == ["1", "2"])
    await ada.reacts(result, ["👍"], [])
    await ada.until(lambda: pressed(result) == [])
    await ada.reacts(result, [], ["❤"])
    await ada.presses("2", await ada.hears("Which one is the best?"))
    await ada.hears("2 ⭐")

    # A persona remembers the photo; pictures of it need no upload.
    await ada.sends_photo(face, "/persona create Mila --kind real")
    await ada.presses("It is me", await ada.hears("Who is this?"))
    await ada.hears("Mila is here, with one photo.", kind="photo")
    await ada.writes("/imagine graphite —persona mila —aspect 4:5")
    await ada.hears("Mila: graphite", kind="photo")
    await ada.writes("/persona list")
    await ada.hears("Mila, real adult, one photo")
    await ada.writes("/reference list mila")
    await ada.hears("Mila has one reference photo.")

    # The gallery finds what was kept.
    await ada.writes("/gallery browse --verdict kept")
    await ada.hears("One picture", kind="photo")
    await ada.writes("/gallery browse comic")
    await ada.hears("2 pictures")

    # Nothing is left running.
    await ada.writes("/queue")
    await ada.hears("Nothing of yours waits or runs.")
    await ada.writes("/cancel")
    await ada.hears("Nothing of yours is running.")

    # Three pictures were made today; with a limit of four only one more is.
    await limit(talk, ada, 4)
    await ada.writes("/imagine oil --persona mila --count 2")
    await ada.hears("Your limit is 4 pictures a day. You used 3 and have 1 left")

    # The persona is deleted with its photo, after one question.
    await ada.writes("/persona delete mila")
    await ada.presses("Delete", await ada.shows("Delete"))
    await ada.writes("/persona show mila")
    await ada.hears("You have no persona “mila”")


async def test_a_french_reader_is_spoken_to_in_french(talk: Talk, face: bytes) -> None:
    zoe = talk.person("Zoé", "fr")
    await zoe.starts()
    await zoe.hears("Bonjour Zoé")
    await zoe.sends_photo(face, "portrait à l'huile")
    await zoe.presses("C’est moi", await zoe.hears("Qui est sur la photo"))
    result = await zoe.hears("portrait à l'huile", kind="photo")
    assert "✅ Garder" in result.buttons
    await zoe.writes("/imagine")
    question = await zoe.hears("?")
    assert question.forces_reply
    await zoe.writes("/cancel")
    await zoe.hears("je ne demande plus rien")
    await zoe.sends("voice")
    await zoe.hears("Je ne lis que des mots et des photos")


def pressed(message: Posted) -> list[str]:
    """The numbers that are marked under a result."""
    return [label[2:] for label in message.buttons if label.startswith("✓ ")]


async def limit(talk: Talk, somebody: Human, images: int) -> None:
    """An operator's limit on pictures a day."""
    async with talk.bot.running.database.write() as tx:
        known = await people.find(tx, "telegram", str(somebody.id))
        assert known
        await settings.put(tx, f"user:{known.id}", "limit-images-day", images)
