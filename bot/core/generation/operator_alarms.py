"""Telling the operators at once, privately and once what only they can mend: keys, retired models, credit."""

import structlog

from bot.core.chat.messages import Say, say
from bot.core.people import notify_operators
from bot.core.runtime.context import Services
from providers.contract import errors
from storage.tables import operator_alarms as alarms
from storage.tables.attempts import Attempt

log = structlog.get_logger()
SILENCE = 24 * 3_600_000
"""Milliseconds before the same trouble is told again."""


async def sound(services: Services, attempt: Attempt, exc: errors.ProviderError) -> None:
    """Tell the operators if the failure of an attempt is theirs to mend. A warning that fails is logged alone."""
    trouble = trouble_of(exc)
    if trouble is None:
        return
    subject = attempt.model if trouble == "gone" else attempt.provider
    try:
        if await _is_due(services, trouble, subject):
            line = say(f"alarm-{trouble}", provider=attempt.provider, model=attempt.model)
            await notify_operators.tell(services, Say(lines=(line,), tone="error", private=True), f"alarm:{attempt.id}")
    except Exception:
        log.exception("operators not told", trouble=trouble, subject=subject)


def trouble_of(exc: errors.ProviderError) -> str | None:
    """What an operator must see to: misconfigured, gone, out_of_credit or low_credit; None for all else."""
    match exc:
        case errors.Misconfigured() | errors.Gone() | errors.OutOfCredit():
            return exc.code
        case errors.RateLimited(per_minute=int()):
            return "low_credit"
        case _:
            return None


async def _is_due(services: Services, trouble: str, subject: str) -> bool:
    """Whether a trouble was not told within `SILENCE`; it counts as told from now on."""
    async with services.database.write() as tx:
        due = await alarms.is_due(tx, trouble, subject, now=services.now(), silence=SILENCE)
    if due:
        log.error("the operator is needed", trouble=trouble, subject=subject)
    return due
