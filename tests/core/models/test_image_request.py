"""What a person wants drawn: read from a command, and kept in a draft."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chat.errors import UserError
from bot.core.chat.messages import say
from bot.core.chat.options import Options
from bot.core.models.image_request import ImageRequest, image_request_of
from bot.core.runtime import drafts
from bot.core.runtime.drafts import Confirm
from storage.tables.drafts import Draft


def parameters(text: str) -> dict[str, str]:
    return dict(image_request_of(Options(texts={"prompt": "a fox", "params": text}), None, ()).parameters)


def test_words_alone_are_one_picture_with_everything_else_as_usual() -> None:
    wanted = image_request_of(Options(texts={"prompt": "a fox"}), None, ())
    assert wanted == ImageRequest(prompt="a fox")
    assert (wanted.count, wanted.aspect, wanted.size, wanted.seed, wanted.model) == (1, "auto", "", None, None)
    assert wanted.references
    assert not wanted.private
    assert not wanted.confirmed


def test_every_option_is_taken_over() -> None:
    options = Options(
        texts={"prompt": "a fox", "aspect": "4:5", "model": "paid", "size": "2K", "params": "style=oil"},
        wholes={"count": 4, "seed": 0},
        flags={"references": False, "private": True},
    )
    assert image_request_of(options, "mila", ("p1", "p2")) == ImageRequest(
        prompt="a fox", persona="mila", photos=("p1", "p2"), aspect="4:5", count=4, model="paid", size="2K", seed=0,
        references=False, private=True, parameters={"style": "oil"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", {}),
        ("style=oil", {"style": "oil"}),
        ("style = oil", {"style": "oil"}),
        ("style=oil strength=0.5", {"style": "oil", "strength": "0.5"}),
        ("style=oil, strength=0.5", {"style": "oil", "strength": "0.5"}),
        ("style=oil,strength=0.5", {"style": "oil", "strength": "0.5"}),
        ("style=oil,\n strength=0.5,", {"style": "oil", "strength": "0.5"}),
        ("style=oil style=comic", {"style": "comic"}),
        ("stärke=voll lora.scale=1 top-k=5", {"stärke": "voll", "lora.scale": "1", "top-k": "5"}),
        ("url=http://x/?a=b", {"url": "http://x/?a=b"}),
    ],
)
def test_parameters_are_keys_and_values(text: str, meant: dict[str, str]) -> None:
    assert parameters(text) == meant


@pytest.mark.parametrize("text", ["five", "style", "=oil", "style=", "style=oil and more", "a b=c", "x" * 300])
def test_what_is_no_key_and_value_is_quoted(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parameters(text)
    assert caught.value.text == say("error-parameters", given=text[:60])


@given(
    st.builds(
        ImageRequest,
        prompt=st.text(),
        persona=st.none() | st.text(),
        photos=st.lists(st.text(), max_size=4).map(tuple),
        aspect=st.text(),
        count=st.integers(1, 32),
        model=st.none() | st.text(),
        size=st.text(),
        seed=st.none() | st.integers(0, 2**31 - 1),
        references=st.booleans(),
        private=st.booleans(),
        parameters=st.dictionaries(st.text(), st.text(), max_size=3),
        confirmed=st.booleans(),
    )
)
def test_a_request_waits_in_a_draft_as_json_and_comes_back_as_it_was(wanted: ImageRequest) -> None:
    stored = json.loads(json.dumps(drafts.dump(Confirm(request=wanted))))
    kind = drafts.name_of(Confirm)
    row = Draft(id="1", user="2", workspace="3", kind=kind, data=stored, event="event", expires_at=1, settled_at=None)
    assert drafts.load(row, Confirm).data.request == wanted
