"""Many pictures: pages, failures in part, stopping, and judging one by one."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from tests.conversation.talk import Talk, everywhere, talking


async def numbers(me: Talk) -> list[int]:
    return [picture["number"] for picture in (await me.result()).pictures]


@everywhere
async def test_twelve_pictures_come_in_pages_and_are_judged_one_by_one(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale) as me:
        # More than fit are not taken.
        await me.says("/imagine a street at dawn --count 33")
        await me.hears("from 1 to 32")

        # One progress message becomes pages of eight that turn round.
        await me.says("/imagine a street at dawn --count 12")
        assert await numbers(me) == [1, 2, 3, 4, 5, 6, 7, 8]
        assert len({message.id for message in me.chat.seen if message.kind == "progress"}) == 1
        await me.taps("1 / 2 ▶")
        assert await numbers(me) == [9, 10, 11, 12]
        await me.taps("10")
        assert await me.verdicts() == ["undecided", "kept", "undecided", "undecided"]
        await me.taps("◀")
        assert await numbers(me) == [1, 2, 3, 4, 5, 6, 7, 8]

        # One by one: what is undecided, with a bar and counts; a step back takes the last verdict back.
        await me.taps("One by one")
        await me.hears("1 of 11", "show")
        await me.taps("Keep")
        await me.hears("✅ 1 · ❌ 0 · ⭐ 0", "show")
        await me.taps("Reject")
        await me.hears("✅ 1 · ❌ 1 · ⭐ 0", "show")
        await me.taps("Undo")
        await me.hears("2 of 11", "show")
        await me.taps("Best")
        await me.taps("Skip")
        await me.hears("4 of 11", "show")

        # Called again, the round goes on where it was left.
        await me.says("/curate --generation last")
        await me.hears("4 of 11", "show")
        for _ in range(8):
            await me.taps("Reject")
        await me.hears("Those were all 11.")
        await me.hears("✅ 2 · ❌ 8 · ⭐ 1")

        # The kept leave as one file, with their recipes.
        await me.taps("Download the kept")
        archive = ZipFile(BytesIO(await me.chat.download(await me.hears("The 2 pictures you kept", "document"))))
        assert [name.rpartition(".")[2] for name in archive.namelist()].count("png") == 2
        assert any(name.endswith(".json") for name in archive.namelist())
        await me.says("/gallery stats")
        await me.hears("12 pictures: 3 kept, 1 best, 8 rejected.")

        # What was skipped comes again; then there is nothing left.
        await me.says("/curate")
        await me.hears("1 of 1", "show")
        await me.taps("Keep")
        await me.hears("That was the only one.")
        await me.says("/curate")
        await me.hears("There is nothing left to judge.")


@everywhere
async def test_what_fails_is_retried_alone_and_what_runs_can_be_stopped(
    front: str, locale: str, tmp_path: Path
) -> None:
    async with talking(front, tmp_path, locale) as me:
        # What came is shown, what failed is said, and its retry costs nothing more than itself.
        await me.says("/imagine dunes [fail unavailable 4 at 2] --count 3 --model paid")
        await me.result()
        shown = await me.hears("1 of 3 did not work, and were not charged.", "show")
        assert [picture["number"] for picture in shown.pictures] == [1, 3]
        await me.prints("$0.08")
        await me.taps("Retry ($0.04)")
        assert [picture["number"] for picture in (await me.prints("$0.12")).pictures] == [1, 2, 3]

        # While pictures are being made they stand in the queue; my ❌ on the progress stops them.
        await me.says("/imagine a lake [hold] --count 2")
        progress = await me.last()
        await me.says("/queue")
        await me.hears("2 pictures wait or run:")
        await me.chat.react(progress, "❌")
        await me.quiet()
        assert me.own("2 of 2 cancelled, and not charged.") in await me.words_of(progress)

        # /cancel asks which of several, and stops one at once.
        await me.says("/imagine a moor [hold]")
        await me.says("/imagine a marsh [hold]")
        await me.says("/cancel")
        await me.hears("2 of your requests are running. Which one shall I stop?", "ask")
        await me.taps("a moor [hold]")
        await me.says("/cancel")
        await me.hears("Stopped: “a marsh [hold]”.")
        await me.says("/cancel")
        await me.hears("Nothing of yours is running.")
        await me.says("/quota")
        await me.hears("Today: 3 of 50 pictures, 47 left.")
