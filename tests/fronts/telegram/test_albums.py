"""Albums: photos that come one by one are one album until no other comes for a while."""

import asyncio
from collections.abc import Sequence

from telegram import Message

from bot.fronts.common.background_tasks import BackgroundTasks, SerialQueues
from bot.fronts.telegram.receiving.albums import Albums

QUIET = 1.5


class Clock(asyncio.SelectorEventLoop):
    """A loop whose time passes when it is told to."""

    now = 0.0

    def time(self) -> float:
        return self.now

    async def passes(self, seconds: float) -> None:
        await _settled()
        self.now += seconds
        await _settled()


async def _settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


class Taken:
    """What was gathered."""

    def __init__(self) -> None:
        self.albums: list[tuple[list[int], str]] = []
        self.gathering = Albums(SerialQueues(BackgroundTasks()), self._take, QUIET)

    def photo(self, id_: int, album: str = "1") -> None:
        data = {"message_id": id_, "date": 1, "chat": {"id": 7, "type": "private"}, "media_group_id": album}
        message = Message.de_json(data, None)
        self.gathering.add((7, 7), message)

    async def _take(self, messages: Sequence[Message], event: str) -> None:
        self.albums.append(([message.message_id for message in messages], event))


def test_photos_that_trickle_in_slowly_are_one_album() -> None:
    async def talk() -> None:
        clock, taken = asyncio.get_running_loop(), Taken()
        assert isinstance(clock, Clock)
        for id_ in range(1, 6):
            taken.photo(id_)
            await clock.passes(QUIET - 0.1)  # five times: far longer in all than an album stays open without news
            assert taken.albums == []
        await clock.passes(0.2)
        assert taken.albums == [([1, 2, 3, 4, 5], "album:1")]

    run(talk)


def test_a_photo_after_the_quiet_is_another_message() -> None:
    async def talk() -> None:
        clock, taken = asyncio.get_running_loop(), Taken()
        assert isinstance(clock, Clock)
        taken.photo(1)
        await clock.passes(QUIET + 0.1)
        taken.photo(2)
        await clock.passes(QUIET + 0.1)
        assert [ids for ids, _ in taken.albums] == [[1], [2]]

    run(talk)


def test_ten_photos_are_complete_at_once_whatever_their_order_and_a_photo_twice_is_one() -> None:
    async def talk() -> None:
        clock, taken = asyncio.get_running_loop(), Taken()
        assert isinstance(clock, Clock)
        for id_ in (3, 1, 2, 2, 10, 9, 8, 7, 6, 5, 4):
            taken.photo(id_)
        await clock.passes(0.0)
        assert taken.albums == [(list(range(1, 11)), "album:1")]

    run(talk)


def run(talk) -> None:  # type: ignore[no-untyped-def]  # a coroutine function without arguments
    with asyncio.Runner(loop_factory=Clock) as runner:
        runner.run(talk())
