"""Asking each provider that is on whether its key and its models are good; it costs nothing."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from bot.check.results import CheckResult
from bot.provider_factory import setup_of
from bot.settings import Settings
from bot.wiring import models_of
from providers.contract.errors import Misconfigured, OutOfCredit, ProviderError, SettingError
from providers.contract.provider import Health
from providers.registry import ModelList, factory, providers

TIMEOUT = 30.0
"""Seconds for one provider's answer."""


async def look(settings: Settings) -> list[CheckResult]:
    """A finding for each provider that a key turns on; none if the model list cannot be read, which is told before."""
    try:
        listed = models_of(settings)
    except SettingError:
        return []
    names = [name for name in dict.fromkeys(model.provider for model in listed.models) if providers()[name].keys]
    return list(await asyncio.gather(*(_finding(name, listed, settings) for name in names)))


async def _finding(name: str, listed: ModelList, settings: Settings) -> CheckResult:
    found = partial(CheckResult, f"provider {name}")
    try:
        provider = factory(name)(setup_of(name, listed, settings, asyncio.to_thread, _nobody))
    except SettingError as exc:
        return found(works=False, words=str(exc))
    try:
        async with asyncio.timeout(TIMEOUT):
            return _told(found, name, await provider.check())
    except ProviderError as exc:
        return found(works=False, words=_trouble(name, exc))
    except TimeoutError:
        return found(works=False, words=f"no answer within {TIMEOUT:.0f} s; try again later")
    finally:
        await provider.aclose()


def _told(found: Callable[..., CheckResult], name: str, health: Health) -> CheckResult:
    if not health.faults:
        return found(works=True, words=f"{health.proved} ({', '.join(providers()[name].keys)})")
    words = [f"{fault.model}: {fault.lack}" for fault in health.faults if fault.lack]
    if gone := [fault.model for fault in health.faults if not fault.lack]:
        words.insert(0, f"no longer served: {', '.join(gone)}; take them out with MODELS_FILE")
    return found(works=False, words="; ".join(words))


def _trouble(name: str, exc: ProviderError) -> str:
    keys = " or ".join(providers()[name].keys)
    match exc:
        case Misconfigured():
            return f"it does not take the key or the address: correct {keys}"
        case OutOfCredit():
            return "the account has no credit left: top it up"
        case _:
            return f"it cannot be asked now ({exc.code}): try again later"


async def _nobody(data: bytes) -> Sequence[tuple[int, int, int, int]]:
    return ()
