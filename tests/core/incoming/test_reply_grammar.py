from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chat.errors import UserError
from bot.core.incoming.reply_grammar import Edit, Keep, meaning


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1 4 2", Keep((1, 4, 2))),
        ("1, 2 & 4", Keep((1, 2, 4))),
        ("1 1 1", Keep((1,))),
        (" 3 ", Keep((3,))),
        ("3: warmer light", Edit("warmer light", 3)),
        ("3 :warmer: light", Edit("warmer: light", 3)),
        ("warmer light", Edit("warmer light")),
        ("2 foxes instead of one", Edit("2 foxes instead of one")),
    ],
)
def test_a_reply_to_four_pictures(text: str, meant: object) -> None:
    assert meaning(text, [1, 2, 3, 4]) == meant


def test_words_about_a_single_picture_need_no_number() -> None:
    assert meaning("warmer light", [1]) == Edit("warmer light", 1)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("9", "reply-number-unknown"),
        ("0", "reply-number-unknown"),
        ("1 9", "reply-number-unknown"),
        ("9: warmer", "reply-number-unknown"),
        ("3:", "reply-words-missing"),
        ("3:   ", "reply-words-missing"),
    ],
)
def test_what_cannot_be_meant_says_why(text: str, key: str) -> None:
    with pytest.raises(UserError) as raised:
        meaning(text, [1, 2, 3, 4])
    assert raised.value.text.key == key


@given(st.text(), st.lists(st.integers(1, 32), min_size=1, unique=True))
def test_any_text_means_something_or_is_answered(text: str, numbers: Sequence[int]) -> None:
    try:
        meant = meaning(text, numbers)
    except UserError:
        return
    if isinstance(meant, Keep):
        assert set(meant.numbers) <= set(numbers)
