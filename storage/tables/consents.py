"""What people said about who is on a photo, with the wording they read."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables.schema import consents


@dataclass(frozen=True, slots=True)
class Consent:
    """`answer` is me, adult, child or unreal; `subject_kind` is user, persona or photo."""

    user: str
    subject_kind: str
    subject: str
    answer: str
    wording: str


async def add(tx: Transaction, consent: Consent, now: int) -> None:
    """Record an answer; earlier ones stay."""
    await tx.execute(
        insert(consents).values(
            id=new_id(), user_id=consent.user, subject_kind=consent.subject_kind,
            subject_id=consent.subject, answer=consent.answer, wording=consent.wording, given_at=now,
        )
    )  # fmt: skip


async def withdraw(tx: Transaction, user: str, subject: tuple[str, str], now: int) -> None:
    """Let what a person said of a (kind, id) hold no longer."""
    kind, id_ = subject
    said = (consents.c.user_id == user, consents.c.subject_kind == kind, consents.c.subject_id == id_)
    await tx.execute(update(consents).where(*said, consents.c.withdrawn_at.is_(None)).values(withdrawn_at=now))


async def answers(tx: Transaction, user: str, subjects: list[tuple[str, str]]) -> dict[tuple[str, str], Consent]:
    """A person's latest answer in force for each (kind, subject) that has one."""
    found: dict[tuple[str, str], Consent] = {}
    rows = await tx.execute(
        select(
            consents.c.user_id, consents.c.subject_kind, consents.c.subject_id,
            consents.c.answer, consents.c.wording,
        )
        .where(consents.c.subject_id.in_([subject for _, subject in subjects]))
        .where(consents.c.user_id == user, consents.c.withdrawn_at.is_(None))
        .order_by(consents.c.id)
    )  # fmt: skip
    for row in rows:
        consent = Consent(*row)
        if (key := (consent.subject_kind, consent.subject)) in subjects:
            found[key] = consent
    return found
