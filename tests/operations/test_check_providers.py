"""`python -m bot check` asks each provider that is on whether its key and its models are good."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.check.providers import look
from tests.servers.replicate import TOKEN, Stage, staged

GONE = "black-forest-labs/flux-2-flex"


@pytest.fixture
async def replicate() -> AsyncIterator[Stage]:
    async with staged() as stage:
        yield stage


async def told(stage: Stage, **settings: str) -> list[tuple[str, bool, str]]:
    given = {"REPLICATE_API_TOKEN": TOKEN, "REPLICATE_BASE_URL": stage.origin, **settings}
    findings = await look(given)
    return [(one.subject, one.works, one.words) for one in findings]


async def test_without_a_key_nobody_is_asked() -> None:
    assert await look({}) == []


async def test_a_good_key_is_said_to_be_good(replicate: Stage) -> None:
    assert await told(replicate) == [("provider replicate", True, "the key is good (REPLICATE_API_TOKEN)")]


async def test_models_that_are_gone_are_named(replicate: Stage) -> None:
    replicate.gone_models.add(GONE)
    [(_, works, words)] = await told(replicate)
    assert not works
    assert words == f"no longer served: {GONE}; take them out with MODELS_FILE"


async def test_a_bad_key_is_told_with_the_setting(replicate: Stage) -> None:
    [(_, works, words)] = await told(replicate, REPLICATE_API_TOKEN="r8_another")
    assert not works
    assert words == "it does not take the key or the address: correct REPLICATE_API_TOKEN"


async def test_an_address_nobody_answers_at_is_no_traceback() -> None:
    [finding] = await look({"REPLICATE_API_TOKEN": "r8_x", "REPLICATE_BASE_URL": "http://127.0.0.1:9"})
    assert finding.words == "it cannot be asked now (unavailable): try again later"


async def test_a_setting_that_cannot_be_one_is_told_too() -> None:
    [finding] = await look({"FAL_KEY": "id:secret", "FAL_QUEUE_URL": "nowhere"})
    assert (finding.subject, finding.works) == ("provider fal", False)
    assert finding.words.startswith("FAL_QUEUE_URL: ")


async def test_a_list_that_cannot_be_read_is_told_elsewhere(tmp_path: Path) -> None:
    assert await look({"MODELS_FILE": str(tmp_path / "nowhere.toml")}) == []
