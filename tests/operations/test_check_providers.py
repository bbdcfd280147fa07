"""`python -m bot check` asks each provider that is on whether its key and its models are good."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.check.providers import look
from bot.settings import Settings
from tests.servers.replicate import TOKEN, Stage, staged

GONE = "black-forest-labs/flux-2-flex"


@pytest.fixture
async def replicate() -> AsyncIterator[Stage]:
    async with staged() as stage:
        yield stage


async def told(stage: Stage, **settings: str) -> list[tuple[str, bool, str]]:
    given = {"REPLICATE_API_TOKEN": TOKEN, "REPLICATE_BASE_URL": stage.origin, **settings}
    findings = await look(Settings(given))
    return [(one.subject, one.works, one.words) for one in findings]


async def test_check_asks_no_provider_without_a_key() -> None:
    assert await look(Settings({})) == []


async def test_check_reports_a_good_key(replicate: Stage) -> None:
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


async def test_check_reports_an_unreachable_address_without_a_traceback() -> None:
    [finding] = await look(Settings({"REPLICATE_API_TOKEN": "r8_x", "REPLICATE_BASE_URL": "http://127.0.0.1:9"}))
    assert finding.words == "it cannot be asked now (unavailable): try again later"


async def test_check_reports_an_invalid_address() -> None:
    [finding] = await look(Settings({"FAL_KEY": "id:secret", "FAL_QUEUE_URL": "nowhere"}))
    assert (finding.subject, finding.works) == ("provider fal", False)
    assert finding.words.startswith("FAL_QUEUE_URL: ")


async def test_check_asks_no_provider_when_the_model_list_cannot_be_read(tmp_path: Path) -> None:
    assert await look(Settings({"MODELS_FILE": str(tmp_path / "nowhere.toml")})) == []
