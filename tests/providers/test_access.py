"""Keys and addresses in the settings: what cannot work is told at the start, and a key is never repeated."""

import pytest

from providers.contract.errors import SettingError
from providers.contract.settings import Setting

USUAL = "https://pictures.example/v1"
KEY = Setting(key="KEY", about="a key", default="off", kind="key", looks="r8_…")
OPTIONAL = Setting(key="KEY", about="a key", default="off", kind="key")
URL = Setting(key="URL", about="an address", default="theirs", kind="address", usual=USUAL)


def address(text: str) -> str:
    return URL.read({"URL": text})


def test_a_key_is_read_without_the_blanks_that_copying_leaves() -> None:
    assert KEY.read({"KEY": " r8_abc\n"}) == "r8_abc"


def test_a_key_that_is_missing_is_told_with_what_one_looks_like() -> None:
    for settings in ({}, {"KEY": ""}, {"KEY": "  "}):
        with pytest.raises(SettingError, match="r8_…") as caught:
            KEY.read(settings)
        assert caught.value.key == "KEY"
        assert OPTIONAL.read(settings) == ""


@pytest.mark.parametrize("key", ["secret\u00e9", "secret one", "secret\none", "secret\tone", "\u200bsecret"])
def test_a_key_that_could_not_be_sent_is_told_without_repeating_it(key: str) -> None:
    with pytest.raises(SettingError) as caught:
        KEY.read({"KEY": key})
    assert "secret" not in str(caught.value)


def test_an_address_is_read_without_the_slash_at_its_end() -> None:
    assert address(" http://127.0.0.1:8000/v1/ ") == "http://127.0.0.1:8000/v1"
    assert address("https://[::1]:8443") == "https://[::1]:8443"


@pytest.mark.parametrize("text", ["", "  "])
def test_without_one_the_usual_address_holds(text: str) -> None:
    assert address(text) == USUAL
    assert URL.read({}) == USUAL


@pytest.mark.parametrize(
    "text",
    ["pictures.example", "localhost:8000", "ftp://a.example", "https://", "http://[::1", "http://a:b", "/v1"],
)
def test_an_address_no_request_could_be_sent_to_is_told(text: str) -> None:
    with pytest.raises(SettingError, match=USUAL) as caught:
        address(text)
    assert caught.value.key == "URL"
