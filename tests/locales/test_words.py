"""Rendering in the reader's language: English and French, their plurals, numbers and amounts."""

import pytest

from bot.locales.words import dollars, language, render

NBSP = "\u00a0"
THIN = "\u202f"


@pytest.mark.parametrize(
    ("locale", "spoken"),
    [
        ("en", "en"), ("en-GB", "en"), ("fr", "fr"), ("fr-CA", "fr"), ("fr_BE", "fr"), ("FR", "fr"),
        ("de", "en"), ("zh-Hant-TW", "en"), ("frr", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_the_nearest_language_is_spoken_and_english_where_there_is_none(locale: str, spoken: str) -> None:
    assert language(locale) == spoken


def test_a_message_is_rendered_in_the_readers_language() -> None:
    assert render("greet-hello", {"name": "Ada"}, "en-US").startswith("Hello Ada!")
    assert render("greet-hello", {"name": "Ada"}, "fr-CA").startswith(f"Bonjour Ada{NBSP}!")
    assert render("greet-hello", {"name": "Ada"}, "de").startswith("Hello Ada!")


def test_every_file_of_a_language_is_spoken() -> None:
    keys = ("greet-help", "command-help", "error-storage", "web-send")
    assert all(render(key, {}, "en") != render(key, {}, "fr") for key in keys)


@pytest.mark.parametrize(
    ("locale", "count", "line"),
    [
        ("en", 0, "Mila, product, no photos"),
        ("en", 1, "Mila, product, one photo"),
        ("en", 2, "Mila, product, 2 photos"),
        ("fr", 0, "Mila, product, aucune photo"),
        ("fr", 1, "Mila, product, une photo"),
        ("fr", 2, "Mila, product, 2 photos"),
    ],
)
def test_a_count_chooses_the_plural_form(locale: str, count: int, line: str) -> None:
    assert render("persona-line", {"name": "Mila", "kind": "product", "count": count}, locale) == line


def test_zero_is_plural_in_english_and_singular_in_french() -> None:
    assert render("persona-list-head", {"count": 0}, "en") == "Your 0 personas:"
    assert render("persona-list-head", {"count": 0}, "fr") == f"Votre persona{NBSP}:"


def test_a_selector_inside_a_selector_chooses_by_both_counts() -> None:
    assert render("result-cancelled", {"count": 1, "total": 1}, "fr").startswith("L’image a été annulée.")
    assert render("result-cancelled", {"count": 1, "total": 4}, "fr").startswith("Une image sur 4 a été annulée.")
    assert render("result-cancelled", {"count": 3, "total": 4}, "fr").startswith("3 images sur 4 ont été annulées.")


def test_numbers_stand_in_the_readers_format() -> None:
    assert render("persona-list-head", {"count": 1234}, "en") == "Your 1,234 personas:"
    assert render("persona-list-head", {"count": 1234}, "fr") == f"Vos 1{THIN}234 personas{NBSP}:"


def test_no_invisible_isolates_stand_around_values() -> None:
    for locale in ("en", "fr"):
        rendered = render("persona-title", {"name": "مِيلا", "kind": "product"}, locale)
        assert rendered == "مِيلا, product"


def test_values_are_put_in_as_they_are() -> None:
    assert render("result-prompt", {"prompt": "{ $name } **fox** <b>"}, "fr") == "{ $name } **fox** <b>"


def test_a_missing_message_is_an_error() -> None:
    for locale in ("en", "fr"):
        with pytest.raises(KeyError, match="no-such-message"):
            render("no-such-message", {}, locale)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_missing_value_is_an_error_that_names_message_and_value(locale: str) -> None:
    with pytest.raises(KeyError, match=r"greet-hello: .*name"):
        render("greet-hello", {}, locale)


@pytest.mark.parametrize(
    ("micro", "english", "french"),
    [
        (0, "$0.00", f"0,00{NBSP}$US"),
        (40_000, "$0.04", f"0,04{NBSP}$US"),
        (500_000, "$0.50", f"0,50{NBSP}$US"),
        (1_070_000, "$1.07", f"1,07{NBSP}$US"),
        (50_000_000, "$50.00", f"50,00{NBSP}$US"),
    ],
)
def test_amounts_are_written_to_the_cent(micro: int, english: str, french: str) -> None:
    assert dollars(micro, "en") == english
    assert dollars(micro, "fr") == french


@pytest.mark.parametrize(
    ("micro", "english", "french"),
    [
        (134_000, "$0.134", f"0,134{NBSP}$US"),
        (38_300, "$0.0383", f"0,0383{NBSP}$US"),
        (306_400, "$0.306", f"0,306{NBSP}$US"),
        (3_000, "$0.003", f"0,003{NBSP}$US"),
        (1_134_000, "$1.13", f"1,13{NBSP}$US"),
    ],
)
def test_below_a_dollar_finer_parts_are_written_when_there_are_any(micro: int, english: str, french: str) -> None:
    assert dollars(micro, "en-GB") == english
    assert dollars(micro, "fr-CA") == french


def test_thousands_of_dollars_are_grouped() -> None:
    assert dollars(1_234_500_000, "en") == "$1,234.50"
    assert dollars(1_234_500_000, "fr") == f"1{THIN}234,50{NBSP}$US"


def test_a_long_prompt_is_shown_whole() -> None:
    prompt = "{ a long } prompt " * 400
    assert render("result-prompt", {"prompt": prompt}, "en") == prompt
