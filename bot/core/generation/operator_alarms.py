"""Telling the operators at once, privately and once what only they can mend: keys, retired models, credit."""

import hashlib
import re

import structlog

from bot.core.chat.messages import Say, say
from bot.core.generation.settlement import quoted
from bot.core.people import notify_operators
from bot.core.runtime.context import Services
from providers.contract import errors
from storage.tables import operator_alarms as alarms
from storage.tables.attempts import Attempt

log = structlog.get_logger()
SILENCE = 24 * 3_600_000
"""Milliseconds before the same trouble is told again."""
OPERATORS_OWN = ("misconfigured", "broken", "unusable", "gone", "out_of_credit")
"""Codes of failures that only an operator can mend."""
OWN_WORDS = ("broken", "unusable")
"""Troubles that nothing but the provider's own words tell apart; each wording is told once."""


async def sound(services: Services, attempt: Attempt, exc: errors.ProviderError) -> None:
    """Tell the operators if the failure of an attempt is theirs to mend. A warning that fails is logged alone."""
    trouble = trouble_of(exc)
    if trouble is None:
        return
    subject = attempt.model if trouble == "gone" else attempt.provider
    if trouble in OWN_WORDS:
        log.info("what the provider said", trouble=trouble, model=attempt.model, detail=exc.detail[:500])
        subject = f"{attempt.model}-{_mark(exc.detail)}"
    try:
        if await _is_due(services, trouble, subject):
            words = quoted(exc.detail)
            line = say(f"alarm-{trouble}", provider=attempt.provider, model=attempt.model, words=words)
            await notify_operators.tell(services, Say(lines=(line,), tone="error", private=True), f"alarm:{attempt.id}")
    except Exception:
        log.exception("operators not told", trouble=trouble, subject=subject)


def trouble_of(exc: errors.ProviderError) -> str | None:
    """What an operator must see to: misconfigured, broken, unusable, gone, out_of_credit or low_credit; else None."""
    if exc.code in OPERATORS_OWN:
        return exc.code
    return "low_credit" if isinstance(exc, errors.RateLimited) and exc.per_minute else None


def _mark(words: str) -> str:
    """A short name of a wording, the same whatever numbers are in it."""
    return hashlib.sha256(re.sub(r"\d+", "0", words).encode()).hexdigest()[:8]


async def _is_due(services: Services, trouble: str, subject: str) -> bool:
    """Whether a trouble was not told within `SILENCE`; it counts as told from now on."""
    async with services.database.write() as tx:
        due = await alarms.is_due(tx, trouble, subject, now=services.now(), silence=SILENCE)
    if due:
        log.error("the operator is needed", trouble=trouble, subject=subject)
    return due
