"""What people said about who is on a photo, with the wording they read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from storage.db.database import Transaction
from storage.db.ids import new_id
from storage.tables.enums import Answer, SubjectKind
from storage.tables.schema import consents


@dataclass(frozen=True, slots=True)
class Subject:
    """What an answer is about: a person, a persona, or a photo by its content."""

    kind: SubjectKind
    id: str


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person answered about a subject, and the version of the question they read."""

    user: str
    subject: Subject
    answer: Answer
    wording: str


async def add(tx: Transaction, consent: Consent, now: int) -> None:
    """Record an answer; earlier ones stay."""
    await tx.execute(
        insert(consents).values(
            id=new_id(), user_id=consent.user, subject_kind=consent.subject.kind,
            subject_id=consent.subject.id, answer=consent.answer, wording=consent.wording, given_at=now,
        )
    )  # fmt: skip


async def withdraw(tx: Transaction, user: str, subject: Subject, now: int) -> None:
    """Let what a person said of a subject hold no longer."""
    said = (consents.c.user_id == user, consents.c.subject_kind == subject.kind, consents.c.subject_id == subject.id)
    await tx.execute(update(consents).where(*said, consents.c.withdrawn_at.is_(None)).values(withdrawn_at=now))


async def answers(tx: Transaction, user: str, subjects: Sequence[Subject]) -> dict[Subject, Consent]:
    """A person's latest answer in force for each subject that has one."""
    found: dict[Subject, Consent] = {}
    rows = await tx.execute(
        select(
            consents.c.user_id, consents.c.subject_kind, consents.c.subject_id,
            consents.c.answer, consents.c.wording,
        )
        .where(consents.c.subject_id.in_([subject.id for subject in subjects]))
        .where(consents.c.user_id == user, consents.c.withdrawn_at.is_(None))
        .order_by(consents.c.id)
    )  # fmt: skip
    for said_by, kind, id_, answer, wording in rows:
        if (subject := Subject(kind, id_)) in subjects:
            found[subject] = Consent(said_by, subject, answer, wording)
    return found
