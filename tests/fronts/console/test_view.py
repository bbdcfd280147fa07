"""Messages as lines of text."""

import pytest

from bot.core.chat.messages import (
    Ask,
    Button,
    Choice,
    Document,
    Field,
    Form,
    Outgoing,
    Picture,
    Progress,
    Say,
    Show,
    say,
)
from bot.fronts.console.view import Words, bar_of
from tests.harness.bots import Bot

pytestmark = pytest.mark.asyncio(loop_scope="module")

PICTURE = Picture(
    id="i:1", number=3, width=640, height=800, alt=say("web-picture", number=3), verdict="kept", best=True,
    mark=say("mark-local-preview"),
)  # fmt: skip
LINE = say("queue-empty")
NOTHING = "Nothing of yours waits or runs."


@pytest.mark.parametrize(
    ("outgoing", "lines"),
    [
        (Say(lines=(LINE,)), [NOTHING]),
        (Document(lines=(LINE,), file="i:1", name="x"), [NOTHING]),
        (Progress(lines=(LINE,), state="running", done=1, total=3), [NOTHING, "█░░ 1/3"]),
        (Show(lines=(), pictures=(PICTURE,)), ["  3. Picture 3, 640×800 (local preview) ✅ ⭐"]),
        (
            Show(lines=(LINE,), pictures=(), details=(say("cost-free"), say("detail-seconds", seconds=2))),
            [NOTHING, "free · 2 s"],
        ),
        (
            Ask(lines=(LINE,), buttons=(), pictures=(PICTURE,)),
            [NOTHING, "  3. Picture 3, 640×800 (local preview) ✅ ⭐"],
        ),
        (
            Form(
                id="f", title=say("form-settings"), send=say("button-save"),
                fields=(Field(name="name", label=say("option-name")),
                        Field(name="kind", label=say("option-kind"), choices=(Choice(value="real", label=LINE),))),
            ),
            ["Your settings", "  Its name", "  What it is (real)"],
        ),
    ],
    ids=lambda value: value.type if not isinstance(value, list) else "",
)  # fmt: skip
async def test_every_kind_of_message_has_its_lines(bot: Bot, outgoing: Outgoing, lines: list[str]) -> None:
    assert Words(bot.running.app, "en").lines(outgoing) == lines


async def test_a_pressed_button_stands_in_brackets(bot: Bot) -> None:
    rows = (
        (Button(label=say("button-keep"), action="k", pressed=True),),
        (Button(label=say("cost-free"), action="f"),),
    )
    assert Words(bot.running.app, "en").labels(Say(lines=(), buttons=rows)) == ["[✅ Keep]", "free"]


async def test_words_are_in_the_readers_language(bot: Bot) -> None:
    assert Words(bot.running.app, "fr-CA").lines(Say(lines=(LINE,))) == ["Vous n’avez rien en attente ni en cours."]


@pytest.mark.parametrize(
    ("done", "total", "drawn"),
    [(0, 1, "░ 0/1"), (3, 4, "███░ 3/4"), (16, 32, "█" * 10 + "░" * 10 + " 16/32"), (0, 0, " 0/0")],
)
async def test_a_bar_is_as_long_as_there_are_pictures_up_to_a_line(done: int, total: int, drawn: str) -> None:
    assert bar_of(Progress(lines=(), state="running", done=done, total=total)) == drawn
