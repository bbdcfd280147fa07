"""When the operators were last told of each trouble that only they can mend."""

from sqlalchemy import text

from storage.db.database import Transaction

_RAISE = text(
    "INSERT INTO operator_alarms (trouble, subject, told_at) VALUES (:trouble, :subject, :now) "
    "ON CONFLICT (trouble, subject) DO UPDATE SET told_at = excluded.told_at WHERE operator_alarms.told_at <= :before"
)


async def is_due(tx: Transaction, trouble: str, subject: str, *, now: int, silence: int) -> bool:
    """Whether `silence` milliseconds passed since a trouble was told; if so, it counts as told now."""
    values = {"trouble": trouble, "subject": subject, "now": now, "before": now - silence}
    return bool((await tx.execute(_RAISE, values)).rowcount)
