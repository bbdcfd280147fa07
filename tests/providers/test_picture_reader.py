"""The reader of pictures tells words, ids and addresses from pictures, and never reads more than is sane."""

import base64
import gzip
from typing import Any

import pytest

from providers.shared.picture_reader import LARGEST, Address, CutOff, NotAPicture, picture_in, unpacked
from tests.servers.pictures import drawn

PNG = drawn("336699")


@pytest.mark.parametrize(
    "found",
    [
        None, {}, [], "", 7, True, "Which of the two?", "a red fox on a hill in the light " * 40,
        "I cannot draw that. " * 200, "fp_" + "a" * 70, {"id": "a" * 64}, {"prompt": base64.b64encode(PNG).decode()},
        {"input": {"image": "https://x.example/y.png"}, "urls": {"get": "https://x.example/z"}},
        {"thumbnail": "https://x.example/small.png"}, [1, 2, 3],
    ],
)  # fmt: skip
def test_what_is_no_picture_is_none(found: Any) -> None:
    assert picture_in(found) is None


@pytest.mark.parametrize("url", ["https://x.example/y.png", "http://x.example/y", "/files/y.png", "//x.example/y.png"])
def test_an_address_is_told_from_base64(url: str) -> None:
    assert picture_in({"data": [{"url": url}]}) == Address(url)


def test_bytes_come_before_an_address() -> None:
    found = {"url": "https://x.example/y.png", "b64_json": base64.b64encode(PNG).decode()}
    assert picture_in(found) == PNG


def test_a_jpeg_in_base64_that_begins_with_a_slash_is_no_address() -> None:
    jpeg = b"\xff\xd8\xff\xe0" + bytes(100) + b"\xff\xd9"
    assert picture_in({"b64_json": base64.b64encode(jpeg).decode()}) == jpeg


@pytest.mark.parametrize("cut", [10, 40, len(PNG) - 12, len(PNG) - 1])
def test_a_picture_without_its_end_is_cut_off(cut: int) -> None:
    with pytest.raises(CutOff):
        picture_in(PNG[:cut])


def test_what_follows_the_end_is_left_out_also_when_it_is_another_picture() -> None:
    assert picture_in(PNG + PNG) == PNG


def test_a_part_of_a_form_is_read_past_its_head() -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="image"\r\n\r\n'
    assert picture_in(head + PNG + b"\r\n--x--\r\n") == PNG


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(NotAPicture):
        picture_in(gzip.compress(bytes(3 * LARGEST), compresslevel=1))
    with pytest.raises(NotAPicture):
        unpacked(gzip.compress(bytes(2048)), 1024)


def test_a_packed_answer_that_is_cut_off_is_not_taken_for_whole() -> None:
    with pytest.raises(CutOff):
        unpacked(gzip.compress(PNG)[:-12], LARGEST)


def test_wrappings_without_end_are_not_followed() -> None:
    text = PNG
    for _ in range(8):
        text = base64.b64encode(text)
    with pytest.raises(NotAPicture):
        picture_in(text)
