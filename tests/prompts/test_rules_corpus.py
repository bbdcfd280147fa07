"""The content rules on the corpus: no miss, and at most one innocent prompt in a hundred refused."""

from pathlib import Path

import pytest

from benchmarks.rule_errors import FILES, corpus, table

PAGE = Path(__file__).parents[2] / "docs" / "PROMPTS.md"

INNOCENT = [*corpus("innocent"), *corpus("innocent_held_out")]
REFUSED = [*corpus("refused"), *corpus("refused_held_out")]


def test_nothing_that_must_be_refused_passes() -> None:
    assert [prompt for prompt in REFUSED if prompt.wrong] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_at_most_one_innocent_prompt_in_a_hundred_is_refused(language: str) -> None:
    prompts = [prompt for prompt in INNOCENT if prompt.language == language]
    wrong = [prompt for prompt in prompts if prompt.wrong]
    assert len(wrong) <= len(prompts) / 100, wrong


def test_the_corpus_holds_each_prompt_once() -> None:
    words = [prompt.words.casefold() for prompt in [*INNOCENT, *REFUSED]]
    assert len(words) == len(set(words))


def test_the_corpus_is_large_enough_for_its_figures() -> None:
    assert len(INNOCENT) >= 1000
    assert len(REFUSED) >= 300


@pytest.mark.parametrize("name", FILES)
def test_the_page_shows_the_figures(name: str) -> None:
    assert table(name) in PAGE.read_text("utf-8"), (
        "put the output of `python -m benchmarks.rule_errors` into docs/PROMPTS.md"
    )
