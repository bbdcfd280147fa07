"""Cutting and splitting texts, counted in characters and in UTF-16 units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fronts.common.text_limits import Length, characters, cut, split, utf16_units

LENGTHS = pytest.mark.parametrize("length", [characters, utf16_units])


@LENGTHS
@given(text=st.text(max_size=60), most=st.integers(2, 30))
def test_a_cut_text_fits_and_one_that_fits_is_left_alone(length: Length, text: str, most: int) -> None:
    short = cut(text, most, length)
    assert length(short) <= most
    assert short == text if length(text) <= most else short.endswith("…")


@LENGTHS
@given(text=st.text("ab 😀\n", max_size=60), most=st.integers(2, 12))
def test_the_pieces_of_a_text_fit_and_hold_all_its_words(length: Length, text: str, most: int) -> None:
    pieces = split(text, most, length)
    assert all(length(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_an_emoji_counts_two_units_and_is_never_halved() -> None:
    assert utf16_units("😀") == 2
    assert cut("😀😀😀", 4, utf16_units) == "😀…"
