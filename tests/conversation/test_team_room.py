"""Two people in one room of the web chat: votes that count, and money that is each one's own."""

from dataclasses import replace
from pathlib import Path

from tests.conversation.chats import Heard, Team, team
from tests.conversation.talk import WOMAN, Talk


async def joined(room: Team, name: str, role: str | None = None) -> Talk:
    """Somebody in the room: the operator, or with a role an invited person."""
    return Talk(await room.join(name, role=role), room.bot)


async def test_a_team_votes_and_the_closing_message_says_what_came_of_it(tmp_path: Path) -> None:
    async with team(tmp_path) as room:
        ana, ben = await joined(room, "Ana"), await joined(room, "Ben", "member")
        await ana.says("/vote settings --mode team --quorum 2 --author on")
        await ana.hears("In a team, a picture needs 2 votes.")
        await ben.says("/start")
        await ana.says("/imagine a poster --count 3")
        await ana.prints("for Ana")
        await ana.says("/vote start")
        await ana.hears("The vote is open: “a poster”")

        # Both see the tally move; one vote each, which may change until the close.
        await ben.taps("1")
        await ben.prints("1: 1 for, 0 against")
        await ana.taps("1")
        assert "1: 2 for, 0 against" in (await ben.result()).details
        await ana.reacts("👍")
        await ana.reacts("👍", added=False)
        await ben.taps("Reject the rest")
        await ana.prints("2: 0 for, 1 against")
        await ana.taps("1")
        await ana.taps("2")
        await ben.taps("2")
        await ana.prints("2: 2 for, 0 against")

        # Closed, it stays as it is.
        await ana.says("/vote close")
        await ana.hears("Vote closed: “a poster”")
        closed = await ben.hears("Kept: picture")
        assert "2" in closed.text
        await ben.taps("3")
        await ben.hears("The vote is over.")


async def test_each_pays_for_what_they_ask_and_sees_only_their_own(tmp_path: Path) -> None:
    async with team(tmp_path) as room:
        ana, ben = await joined(room, "Ana"), await joined(room, "Ben", "member")
        await ana.says("/imagine a mill --model paid")
        await ana.prints("for Ana")

        # Again by somebody else is theirs to pay, and says so.
        await ben.taps("Again ($0.04)")
        await ben.prints("for Ben")
        await ben.says("/quota")
        await ben.hears("This month: $0.04 of $10.00")
        assert not any("This month" in message.text for message in await ana.chat.messages())

        # Where others are, words in answer to a picture cost nothing until they are agreed to.
        await ben.answers("by moonlight")
        await ben.hears("Change the picture? “by moonlight” ($0.04)", "ask")
        await ben.taps("Edit ($0.04)")
        assert (await ben.result()).text == "by moonlight"

        # A ❌ of somebody else stops nothing.
        await ana.says("/imagine a canal [hold]")
        progress = await one_of(ana, "progress")
        await ben.chat.react(progress, "❌")
        assert (await one_of(ana, "progress")).id == progress.id
        await ana.chat.react(progress, "❌")
        await ana.quiet()

        # A persona is its owner's alone until it is shared here, and no longer when that ends.
        await ana.says("/persona create Mila --kind real", WOMAN)
        await ana.taps("It is me")
        await ana.hears("Mila is here, with one photo.", "show")
        await ben.says("/imagine at work --persona Mila")
        await ben.hears("You have no persona “Mila”.")
        await ana.says("/persona share mila")
        await ben.hears("Ana shares Mila here")
        await ben.says("/imagine at work --persona Mila --model free")
        await ben.quiet()
        assert (await ben.result()).text == "Mila: at work"
        await ana.says("/persona share mila --off on")
        await ben.says("/imagine at rest --persona Mila")
        await ben.hears("You have no persona “Mila”.")


async def one_of(me: Talk, kind: str) -> Heard:
    """The newest message of a kind."""
    return [message for message in await me.chat.messages() if message.kind == kind][-1]


async def test_whoever_has_signed_in_sees_and_judges_before_they_say_a_word(tmp_path: Path) -> None:
    async with team(tmp_path) as room:
        ana = await joined(room, "Ana")
        await ana.says("/vote settings --mode team --quorum 2 --author on")
        await ana.says("/imagine a poster")
        await ana.prints("for Ana")
        ben, gus = await joined(room, "Ben", "member"), await joined(room, "Gus", "guest")
        for new in (ben, gus):
            result = await new.result()
            assert await new.chat.download(replace(result, file=result.pictures[0]["id"]))
        await ana.says("/vote start")
        await ben.taps("Keep")
        await gus.taps("Keep")
        await ana.prints("1: 2 for, 0 against")


async def test_a_guest_looks_and_votes_and_makes_nothing(tmp_path: Path) -> None:
    async with team(tmp_path) as room:
        ana = await joined(room, "Ana")
        await ana.says("/imagine a poster --count 2")
        await ana.prints("for Ana")
        gus = await joined(room, "Gus", "guest")
        drawn = len(ana.scripted.journal)
        for refused in (
            "/imagine a fox",
            "a fox, please",
            "/persona create Mila",
            "/admin models",
        ):
            await gus.says(refused)
            await gus.hears("As a guest you can look")
        await gus.says("/imagine me", WOMAN)
        await gus.hears("As a guest you can look")
        await gus.taps("Again")
        await gus.hears("As a guest you can look")
        await gus.answers("by moonlight")
        await gus.hears("As a guest you can look")
        await gus.taps("1")
        assert (await gus.result()).text == "a poster"
        assert len(ana.scripted.journal) == drawn  # type: ignore[attr-defined]
