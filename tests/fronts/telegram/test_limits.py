"""Telegram's limits: how fast, how long, how large, and how many buttons."""

import asyncio

from bot.core.chat.messages import Button, say
from bot.fronts.common.rate_limiter import RateLimiter, Rates
from bot.fronts.telegram.sending.inline_keyboard import keyboard
from bot.fronts.telegram.sending.text_limits import cut, length, split


def limiter(spacing: float = 1.0, per_minute: int = 20, per_second: int = 30) -> RateLimiter:
    return RateLimiter(Rates(spacing, per_minute, per_second), is_group=lambda chat: chat < 0)


async def test_messages_to_one_chat_wait_for_one_another_and_other_chats_do_not() -> None:
    pace = limiter(spacing=60.0)
    await pace.turn(1)
    await asyncio.wait_for(pace.turn(2), 5)
    second = asyncio.create_task(pace.turn(1))
    done, _ = await asyncio.wait([second], timeout=0.05)
    assert not done
    second.cancel()


async def test_a_group_takes_twenty_messages_a_minute_and_an_album_is_as_many_as_it_has_pictures() -> None:
    pace = limiter(spacing=0.0, per_minute=20)
    for _ in range(2):
        await pace.turn(-5, 8)
    await asyncio.wait_for(pace.turn(-5, 4), 5)
    more = asyncio.create_task(pace.turn(-5))
    done, _ = await asyncio.wait([more], timeout=0.05)
    assert not done
    more.cancel()


async def test_all_chats_together_take_thirty_messages_a_second() -> None:
    pace = limiter(per_second=30)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await asyncio.gather(*(pace.turn(chat) for chat in range(1, 31)))
    assert not pace.idle(31)
    await pace.turn(31)
    assert loop.time() - begun >= 1.0


async def test_progress_leaves_half_of_a_group_s_messages_to_answers() -> None:
    pace = limiter(spacing=0.0, per_minute=20)
    await pace.turn(-5, 10)
    assert pace.idle(-5)
    await pace.turn(-5)
    assert not pace.idle(-5)


async def test_silence_that_was_asked_for_holds_for_its_chat() -> None:
    pace = limiter(spacing=0.0)
    pace.hold(7, 60.0)
    assert not pace.idle(7)
    assert pace.idle(8)


def test_texts_are_cut_and_split_by_what_telegram_counts() -> None:
    assert length("🦊") == 2
    assert cut("short", 10) == "short"
    assert length(cut("🦊" * 600, 1024)) <= 1024
    pieces = split("\n".join(["a line of words"] * 600))
    assert all(length(piece) <= 4096 for piece in pieces)
    assert "\n".join(pieces) == "\n".join(["a line of words"] * 600)
    assert [length(piece) for piece in split("x" * 5000)] == [4096, 904]


def test_rows_are_broken_into_rows_of_nearly_the_same_length() -> None:
    numbers = tuple(Button(label=say("telegram-open", number=n), action=f"v1:toggle:{n}") for n in range(1, 9))
    markup = keyboard((numbers,), lambda text: str(text.args["number"]))
    assert markup
    assert [len(row) for row in markup.inline_keyboard] == [8]
    markup = keyboard((numbers,), lambda text: f"picture {text.args['number']}")
    assert markup
    assert [len(row) for row in markup.inline_keyboard] == [2, 2, 2, 2]


def test_a_pressed_button_is_marked_for_clients_that_show_no_colour() -> None:
    button = Button(label=say("telegram-done"), action="v1:keep:1", pressed=True)
    markup = keyboard(((button,),), lambda text: "Keep")
    assert markup
    assert (markup.inline_keyboard[0][0].text, markup.inline_keyboard[0][0].style) == ("✓ Keep", "success")
