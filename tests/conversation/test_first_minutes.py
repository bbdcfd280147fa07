"""The first minutes without any key: from the greeting over the first looks to a persona of one's own."""

from pathlib import Path

from tests.conversation.talk import WOMAN, everywhere, talking

SHIPPED = {"MODELS_FILE": ""}
"""The models that come with the bot; without a key that is the local one."""


@everywhere
async def test_a_photo_becomes_looks_and_a_persona(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale, **SHIPPED) as me:
        # The greeting names one example and what it costs.
        await me.says("/start")
        await me.hears("Drop a photo here to begin.")
        await me.hears("/imagine oil portrait by a window (Local preview, free)")

        # A first face asks once who it is; then the photo yields the six local looks and four offers.
        await me.says("", WOMAN)
        await me.hears("Who is on the photo?", "ask")
        await me.taps("It is me")
        assert [picture["number"] for picture in (await me.result()).pictures] == [1, 2, 3, 4, 5, 6]
        assert (await me.heard("A photo! What shall I do with it?")).kind == "ask"

        # Words after the photo are a request; progress is shown and can be stopped until the result stands there.
        await me.says("/imagine comic portrait --count 2")
        assert len((await me.result()).pictures) == 2
        stopping = [words for message in me.chat.seen if message.kind == "progress" for words, _ in message.buttons]
        assert any(me.own("Cancel") in words for words in stopping)

        # Keep one, reject the rest, change one's mind.
        await me.taps("1")
        assert await me.verdicts() == ["kept", "undecided"]
        await me.taps("Reject the rest")
        assert await me.verdicts() == ["kept", "rejected"]
        await me.taps("Undo all")
        assert await me.verdicts() == ["undecided", "undecided"]

        # Reactions mean the same, and taking one away takes the vote away.
        await me.reacts("👍")
        assert await me.verdicts() == ["kept", "kept"]
        await me.reacts("👍", added=False)
        assert await me.verdicts() == ["undecided", "undecided"]
        await me.reacts("⭐")
        await me.hears("Which one is the best?")
        await me.taps("2")
        assert await me.verdicts() == ["undecided", "kept*"]

        # A picture goes to the trash and comes back.
        result = await me.result()
        await me.chat.press(result, result.pictures[0]["actions"]["trash"])
        await me.hears("Picture 1 is in the trash.")
        await me.taps("Take 1 back")
        await me.hears("Picture 1 is back.")

        # A persona remembers the photo; pictures of it need no upload, and phones' dashes are forgiven.
        await me.says("/persona create Mila --kind real", WOMAN)
        await me.taps("It is me")
        await me.hears("Mila is here, with one photo.", "show")
        await me.says("/imagine graphite —persona mila —aspect 4:5")
        await me.result()
        await me.hears("Mila: graphite", "show")
        await me.says("/persona list")
        await me.hears("Mila, real adult, one photo")
        await me.says("/reference list mila")
        await me.hears("Mila has one reference photo.", "show")

        # The gallery finds what was kept, of whom, and by words.
        await me.says("/gallery browse --verdict kept")
        await me.hears("One picture", "show")
        await me.says("/gallery browse --persona mila")
        await me.hears("One picture", "show")
        await me.says("/gallery browse comic")
        await me.hears("2 pictures", "show")
        await me.says("/queue")
        await me.hears("Nothing of yours waits or runs.")

        # The persona is deleted with its photo, after one question.
        await me.says("/persona delete mila")
        await me.hears("Delete Mila and its photo? Pictures made of it stay. This cannot be undone.", "ask")
        await me.taps("Delete")
        await me.says("/persona show mila")
        await me.hears("You have no persona “mila”.")

        # Settings change the language at once.
        other = {"en": "fr", "fr": "en"}[locale]
        await me.says(f"/settings --language {other}")
        assert await me.bot.app.locale(me.chat.who, locale) == other
