"""The language a browser asks for."""

import pytest

from bot.fronts.web.pages.browser_locale import preferred


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("en-GB,en;q=0.9", "en-GB"),
        ("en;q=0.3, fr-CA;q=0.8", "fr-CA"),
        ("de-DE,de;q=0.9,fr;q=0.5,en;q=0.1", "fr"),
        ("de", "de"),
        ("fr;q=0, en", "en"),
        ("*, <script>;q=1, fr;q=nonsense", "en"),
    ],
)
def test_the_best_tag_that_we_speak_wins(header: str, tag: str) -> None:
    assert preferred(header) == tag
