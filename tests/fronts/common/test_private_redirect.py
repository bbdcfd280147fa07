"""Where a message goes that may not stand where it belongs."""

import pytest

from bot.core.chat.messages import MessageRef
from bot.fronts.common.private_redirect import NotAllowed, Routes, Send, deliver


def way(name: str, open_: str) -> Send:
    async def send() -> MessageRef:
        if name not in open_.split():
            raise NotAllowed(name)
        return MessageRef("test", name, "1")

    return send


@pytest.mark.parametrize(
    ("open_", "private", "goes"),
    [
        ("here home notice", False, "here"),
        ("here home notice", True, "home"),
        ("home notice", False, "home"),
        ("here notice", True, "notice"),
        ("notice", False, "notice"),
        ("here", True, None),
        ("", False, None),
    ],
)
async def test_a_message_goes_the_first_way_that_is_open_and_a_private_one_never_where_others_read(
    open_: str, private: bool, goes: str | None
) -> None:
    routes = Routes(here=way("here", open_), home=way("home", open_), notice=way("notice", open_))
    ref = await deliver(routes, private=private)
    assert (ref.chat if ref else None) == goes


async def test_without_a_reader_whose_private_chat_is_known_a_refused_message_is_not_delivered() -> None:
    assert await deliver(Routes(here=way("here", "")), private=False) is None
