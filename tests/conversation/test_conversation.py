"""One conversation, unchanged on every front end: from the greeting to the limit of the day."""

from pathlib import Path

import pytest

from bot.fronts.console.front import WHO
from storage import people, settings
from tests.conversation.chats import Chat, Heard, opened

WOMAN = Path(__file__).parents[1] / "photos" / "woman.jpg"


class Talk:
    """A person who reads what is said and presses what it says on the buttons."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat

    async def last(self) -> Heard:
        return (await self.chat.messages())[-1]

    async def hears(self, text: str, kind: str = "say") -> Heard:
        """The newest message is of this kind and holds these words."""
        message = await self.last()
        assert (message.kind, text in message.text) == (kind, True), message
        return message

    async def taps(self, label: str) -> None:
        """Press the newest button that reads so."""
        for message in reversed(await self.chat.messages()):
            for words, action in message.buttons:
                if label in words:
                    await self.chat.press(message, action)
                    return
        raise AssertionError(f"no button {label!r}")

    async def result(self) -> Heard:
        """The newest result, once nothing is being made any more."""
        while any(message.kind == "progress" for message in await self.chat.messages()):
            await self.chat.next_change()
        return [message for message in await self.chat.messages() if message.kind == "show"][-1]

    async def verdicts(self) -> list[str]:
        return [picture["verdict"] + "*" * picture["best"] for picture in (await self.result()).pictures]


@pytest.mark.parametrize("front", ["console", "web"])
async def test_a_team_of_one_makes_and_judges_pictures_until_the_day_is_used_up(front: str, tmp_path: Path) -> None:
    async with opened(front, tmp_path, "en") as (chat, bot):
        me = Talk(chat)

        # The greeting names one example and what it costs.
        await chat.say("/start")
        await me.hears("Drop a photo here to begin.")
        await me.hears("/imagine oil portrait by a window (Local preview, free)")

        # A first face asks once who it is; then the photo yields the six local looks and four offers.
        await chat.say("", WOMAN)
        await me.hears("Who is on the photo?", "ask")
        await me.taps("It is me")
        looks = await me.result()
        assert [picture["number"] for picture in looks.pictures] == [1, 2, 3, 4, 5, 6]
        assert [m.text for m in await chat.messages() if m.kind == "ask"] == [
            "A photo! What shall I do with it? Unused, I delete it after an hour."
        ]

        # Words after the photo are a request; progress is shown and can be stopped until the result stands there.
        await chat.say("/imagine comic portrait --count 2")
        result = await me.result()
        assert len(result.pictures) == 2
        assert any(message.kind == "progress" and "Cancel" in message.buttons[0][0] for message in chat.seen)

        # Keep one, reject the rest, change one's mind.
        await me.taps("1")
        assert await me.verdicts() == ["kept", "undecided"]
        await me.taps("Reject the rest")
        assert await me.verdicts() == ["kept", "rejected"]
        await me.taps("Undo all")
        assert await me.verdicts() == ["undecided", "undecided"]

        # Reactions mean the same, and taking one away takes the vote away.
        await chat.react(result, "👍")
        assert await me.verdicts() == ["kept", "kept"]
        await chat.react(result, "👍", added=False)
        assert await me.verdicts() == ["undecided", "undecided"]
        await chat.react(result, "⭐")
        await me.hears("Which one is the best?")
        await me.taps("2")
        assert await me.verdicts() == ["undecided", "kept*"]

        # A picture goes to the trash and comes back.
        await chat.press(result, result.pictures[0]["actions"]["trash"])
        await me.hears("Picture 1 is in the trash.")
        await me.taps("Take 1 back")
        await me.hears("Picture 1 is back.")

        # A persona remembers the photo; pictures of it need no upload.
        await chat.say("/persona create Mila --kind real", WOMAN)
        await me.taps("It is me")
        await me.hears("Mila is here, with one photo.", "show")
        await chat.say("/imagine graphite —persona mila —aspect 4:5")
        assert (await me.result()).text == "Mila: graphite"
        await chat.say("/persona list")
        await me.hears("Mila, real adult, one photo")
        await chat.say("/reference list mila")
        await me.hears("Mila has one reference photo.", "show")

        # The gallery finds what was kept.
        await chat.say("/gallery browse --verdict kept")
        await me.hears("One picture", "show")
        await chat.say("/gallery browse --persona mila")
        await me.hears("One picture", "show")
        await chat.say("/gallery browse comic")
        await me.hears("2 pictures", "show")

        # Nothing is left running.
        await chat.say("/queue")
        await me.hears("Nothing of yours waits or runs.")
        await chat.say("/cancel")
        await me.hears("Nothing of yours is running.")

        # Nine pictures were made today; with a limit of ten only one more is.
        async with bot.database.write() as tx:
            operator = await people.find(tx, "local", "operator")
            assert operator
            await settings.put(tx, f"user:{operator.id}", "limit-images-day", 10)
        await chat.say("/imagine oil --persona mila --count 2")
        await me.hears("Your limit is 10 pictures a day. You used 9 and have 1 left")
        await chat.say("/quota")
        await me.hears("Today: 9 of 10 pictures, 1 left.")

        # Settings change the language at once.
        await chat.say("/settings --language fr")
        await chat.say("/help imagine")
        assert await bot.app.locale(WHO, "en") == "fr"

        # The persona is deleted with its photo, after one question.
        await chat.say("/persona delete mila")
        message = await me.last()
        assert message.kind == "ask"
        await chat.press(message, message.buttons[0][1])
        await chat.say("/persona show mila")
        assert (await me.last()).kind == "say"


async def test_the_conversation_begins_in_french_for_a_french_reader(tmp_path: Path) -> None:
    async with opened("web", tmp_path, "fr-FR") as (chat, _):
        me = Talk(chat)
        await chat.say("/start")
        await me.hears("Bonjour")
        await chat.say("", WOMAN)
        await me.hears("Qui est sur la photo", "ask")
        await me.taps("C’est moi")
        assert (await me.result()).pictures
        await chat.say("/imagine portrait à l'huile", WOMAN)
        result = await me.result()
        assert result.text == "portrait à l'huile"
        assert "oil" in result.pictures[0]["alt"]
        await chat.say("/imagine x --count 99")
        await me.hears("de 1 à 32")
