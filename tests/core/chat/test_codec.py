"""Outgoing values on the wire: every value comes back as it was, and nothing else is taken for one."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.core.chat.codec import dump, load
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
    Text,
    Verdict,
    say,
)

WORDS = st.text(max_size=12)
MAYBE_WORDS = st.just("") | WORDS
COUNTS = st.integers(0, 2**31)
YES_NO = st.booleans()


def tuples(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=3).map(tuple)


DOLLARS = st.builds(Dollars, st.integers(0, 2**53))
PLAIN: st.SearchStrategy[Any] = WORDS | st.integers(-(2**53), 2**53) | DOLLARS
TEXTS = st.recursive(
    st.builds(Text, WORDS, st.dictionaries(WORDS, PLAIN, max_size=3)),
    lambda inner: st.builds(Text, WORDS, st.dictionaries(WORDS, PLAIN | inner, max_size=3)),
    max_leaves=4,
)
LINES = tuples(TEXTS)
STYLES = st.sampled_from(["plain", "primary", "danger"])
ROWS = tuples(tuples(st.builds(Button, label=TEXTS, action=WORDS, style=STYLES, pressed=YES_NO)))
PICTURES = tuples(
    st.builds(
        Picture,
        id=WORDS,
        number=COUNTS,
        width=COUNTS,
        height=COUNTS,
        alt=TEXTS,
        verdict=st.sampled_from(Verdict),
        best=YES_NO,
        mark=st.none() | TEXTS,
        actions=st.dictionaries(WORDS, WORDS, max_size=3),
    )
)
CHOICES = tuples(st.builds(Choice, value=WORDS, label=TEXTS))
KINDS = st.sampled_from(["line", "words", "choice", "photos"])
FIELDS = tuples(
    st.builds(Field, name=WORDS, label=TEXTS, kind=KINDS, required=YES_NO, value=WORDS, choices=CHOICES, longest=COUNTS)
)
TONES = st.sampled_from(["info", "good", "error"])
OUTGOING: st.SearchStrategy[Outgoing] = st.one_of(
    st.builds(Say, lines=LINES, buttons=ROWS, tone=TONES, private=YES_NO),
    st.builds(
        Show,
        lines=LINES,
        pictures=PICTURES,
        details=LINES,
        buttons=ROWS,
        reactions=tuples(st.sampled_from(["✅", "❌", "⭐", "❤️"])),
        private=YES_NO,
    ),
    st.builds(Ask, lines=LINES, buttons=ROWS, pictures=PICTURES, private=YES_NO),
    st.builds(Form, id=WORDS, title=TEXTS, fields=FIELDS, send=TEXTS, private=YES_NO),
    st.builds(
        Progress,
        lines=LINES,
        state=st.sampled_from(["queued", "running"]),
        done=COUNTS,
        total=COUNTS,
        place=st.none() | COUNTS,
        since=st.floats(0, 2**33),
        buttons=ROWS,
        private=YES_NO,
    ),
    st.builds(Document, lines=LINES, file=WORDS, name=WORDS, private=YES_NO),
)


@given(OUTGOING)
@settings(deadline=None, max_examples=300)
def test_every_value_comes_back_as_it_was_even_through_json(outgoing: Outgoing) -> None:
    data = dump(outgoing)
    assert load(data) == outgoing
    assert load(json.loads(json.dumps(data))) == outgoing
    assert type(load(data)) is type(outgoing)


def test_the_type_names_the_class() -> None:
    assert dump(Say(lines=(say("cost", amount=Dollars(40_000)),), tone="good")) == {
        "type": "say",
        "lines": [{"key": "cost", "args": {"amount": {"micro": 40_000}}}],
        "buttons": [],
        "tone": "good",
        "private": False,
    }


def test_a_number_stays_a_number_and_digits_stay_words() -> None:
    args = {"count": 4, "name": "4", "amount": Dollars(4), "inner": say("cost-free")}
    loaded = load(json.loads(json.dumps(dump(Say(lines=(Text("key", args),))))))
    assert {key: type(value) for key, value in loaded.lines[0].args.items()} == {
        "count": int, "name": str, "amount": Dollars, "inner": Text,
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        {"type": "shout", "lines": []},
        {"lines": []},
        {"type": None, "lines": []},
        {"type": "say"},
        {"type": "say", "lines": [{"key": 5}]},
        {"type": "say", "lines": [], "tone": "angry"},
        {"type": "progress", "lines": [], "state": "done", "done": 1, "total": 1},
        {},
        [],
        None,
        "say",
    ],
    ids=str,
)
def test_anything_else_is_refused(data: Any) -> None:
    with pytest.raises(ValidationError):
        load(data)
