"""Edits of one message: never two at a time, and the newest wins."""

import asyncio

from bot.core.chat.messages import MessageRef
from bot.fronts.common.message_edits import Change, MessageEdits

REF = MessageRef("test", "chat", "1")


class Shown:
    """A message that notes what it shows; edits wait until they are let go."""

    def __init__(self) -> None:
        self.edits = MessageEdits()
        self.values: list[str] = []
        self.go, self.changed = asyncio.Event(), asyncio.Event()

    def change(self, value: str) -> Change:
        async def change() -> MessageRef | None:
            await self.go.wait()
            self.values.append(value)
            self.changed.set()
            return REF

        return change


async def test_an_edit_that_a_newer_one_overtakes_is_left_out() -> None:
    shown = Shown()
    tasks = [asyncio.create_task(shown.edits.edit(REF, shown.change(value))) for value in "abc"]
    await asyncio.sleep(0)
    shown.go.set()
    assert await asyncio.gather(*tasks) == [REF] * 3
    assert shown.values == ["a", "c"]


async def test_an_edit_that_was_put_off_gives_way_to_one_that_is_made_now() -> None:
    shown = Shown()
    shown.go.set()
    shown.edits.put_off(REF, 60.0, shown.change("progress"))
    await shown.edits.edit(REF, shown.change("result"))
    assert shown.values == ["result"]


async def test_an_edit_that_was_put_off_is_made_when_its_time_has_come() -> None:
    shown = Shown()
    shown.edits.put_off(REF, 60.0, shown.change("earlier"))
    shown.edits.put_off(REF, 0.0, shown.change("progress"))
    shown.go.set()
    await shown.changed.wait()
    assert shown.values == ["progress"]


async def test_an_edit_that_fails_does_not_hold_up_the_next() -> None:
    shown = Shown()
    shown.go.set()

    async def fails() -> MessageRef | None:
        raise OSError

    [failure] = await asyncio.gather(shown.edits.edit(REF, fails), return_exceptions=True)
    assert isinstance(failure, OSError)
    await shown.edits.edit(REF, shown.change("next"))
    assert shown.values == ["next"]
