"""How each outgoing value reaches the page: finished words, nothing left to look up."""

from typing import Any, get_args

import pytest

from bot.core.chat import codec
from bot.core.chat.messages import (
    Ask,
    Button,
    Choice,
    Document,
    Dollars,
    Field,
    Form,
    Outgoing,
    Picture,
    Progress,
    Say,
    Show,
    Verdict,
    Who,
    say,
)
from bot.core.front_state.transcript import Entry
from bot.fronts.web.access.people import HOME, Person
from bot.fronts.web.chat import payloads
from bot.fronts.web.chat.renderer import Viewer, entry_view
from tests.fronts.web.serving import Recorder

BUTTON = Button(label=say("button-keep"), action="v1:keep:7", style="primary", pressed=True)
PICTURE = Picture(
    id="i:7", number=2, width=1024, height=1280, alt=say("web-picture", number=2), verdict=Verdict.KEPT,
    best=True, mark=say("mark-local-preview"), actions={"undo": "v1:undo:7"},
)  # fmt: skip


def _words(key: str, **args: str | int) -> str:
    return Recorder().words(say(key, **args), "en")


SEEN_BUTTON = {"label": _words("button-keep"), "action": "v1:keep:7", "style": "primary", "pressed": True}
SEEN_PICTURE = {
    "id": "i:7", "number": 2, "width": 1024, "height": 1280, "alt": "Picture 2",
    "verdict": "kept", "best": True, "mark": _words("mark-local-preview"), "actions": {"undo": "v1:undo:7"},
}  # fmt: skip

EXAMPLES: list[tuple[Outgoing, dict[str, object]]] = [
    (
        Say(lines=(say("cost", amount=Dollars(40_000)),), buttons=((BUTTON,), ()), tone="error"),
        {"kind": "say", "tone": "error", "lines": ["$0.04"], "buttons": [[SEEN_BUTTON]]},
    ),
    (
        Show(lines=(say("web-send"),), pictures=(PICTURE,), details=(say("web-picture", number=3),)),
        {
            "kind": "show", "lines": ["Send"], "pictures": [SEEN_PICTURE],
            "details": ["Picture 3"], "buttons": [],
        },
    ),
    (
        Ask(lines=(say("consent-question"),), buttons=((BUTTON,),), pictures=(PICTURE,)),
        {
            "kind": "ask", "lines": [_words("consent-question")],
            "pictures": [SEEN_PICTURE], "buttons": [[SEEN_BUTTON]],
        },
    ),
    (
        Form(
            id="persona", title=say("form-persona"), send=say("button-create"),
            fields=(Field(name="kind", label=say("option-kind"), kind="choice", required=False, value="real",
                          choices=(Choice(value="real", label=say("choice-real")),), longest=9),),
        ),
        {
            "kind": "form", "id": "persona", "title": _words("form-persona"), "send": _words("button-create"),
            "fields": [{
                "name": "kind", "label": _words("option-kind"), "kind": "choice", "required": False, "value": "real",
                "choices": [{"value": "real", "label": _words("choice-real")}], "longest": 9,
            }],
        },
    ),
    (
        Progress(lines=(say("web-picture", number=1),), state="queued", done=1, total=4, place=3, since=9.5),
        {
            "kind": "progress", "lines": ["Picture 1"], "state": "queued", "done": 1, "total": 4, "place": 3,
            "since": 9.5, "buttons": [],
        },
    ),
    (
        Document(lines=(say("web-send"),), file="i:7", name="fox.png"),
        {"kind": "document", "lines": ["Send"], "file": "i:7", "name": "fox.png"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("outgoing", "seen"), EXAMPLES, ids=lambda value: getattr(value, "type", ""))
def test_the_page_gets_finished_words(outgoing: Outgoing, seen: dict[str, object]) -> None:
    assert Viewer(Recorder(), "en").outgoing(outgoing) == seen


def test_every_kind_of_outgoing_has_its_example() -> None:
    assert {type(outgoing) for outgoing, _ in EXAMPLES} == set(get_args(Outgoing))


def test_words_come_in_the_readers_language() -> None:
    assert Viewer(Recorder(), "fr").outgoing(Say(lines=(say("web-send"),)))["lines"] == ["Envoyer"]


def _seen(body: payloads.Body, reader: str = "operator") -> dict[str, Any]:
    return entry_view(
        Recorder(), Entry("home", "7", "bot", "", body, None, 5), Person(Who("web", reader, reader), HOME, "en")
    )


def test_offered_reactions_come_first_and_own_ones_are_marked() -> None:
    body = payloads.of_bot(Show(lines=(), pictures=(PICTURE,), reactions=("✅", "❌")))
    for person, emoji in (("ana", "🎉"), ("ana", "✅"), ("operator", "✅")):
        body = payloads.reacted(body, person, emoji, added=True)
    assert _seen(body, "ana")["reactions"] == [
        {"emoji": "✅", "count": 2, "mine": True},
        {"emoji": "❌", "count": 0, "mine": False},
        {"emoji": "🎉", "count": 1, "mine": True},
    ]
    taken_off = payloads.reacted(body, "ana", "🎉", added=False)
    assert [one["emoji"] for one in _seen(taken_off)["reactions"]] == ["✅", "❌"]


def test_a_message_of_another_version_does_not_break_the_page() -> None:
    for body in ({"type": "hologram"}, codec.dump(Say(lines=(say("a-key-that-is-no-more"),)))):
        view = _seen(body)
        assert view["body"]["lines"] == ["This message was written by another version and cannot be shown."]


def test_reactions_stay_while_a_message_stays_what_it_is() -> None:
    show = Show(lines=(), pictures=(PICTURE,))
    body = payloads.reacted(payloads.of_bot(show), "ana", "✅", added=True)
    assert payloads.reactions(payloads.renewed(body, show)) == {"✅": ["ana"]}
    waiting = payloads.reacted(payloads.of_bot(EXAMPLES[4][0]), "ana", "❌", added=True)
    assert payloads.reactions(payloads.renewed(waiting, show)) == {}
