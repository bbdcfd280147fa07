"""Rows of the database before the tables of strikes, alarms and front facts: each is found in its new place."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from alembic import command
from sqlalchemy import Connection, select, text

from storage.db.database import Database, Transaction
from storage.db.migrate import config_of, migrate
from storage.tables import drafts, front_facts, operator_alarms, settings, strikes, transcripts
from storage.tables.enums import StrikeKind
from storage.tables.front_facts import FactKey
from storage.tables.schema import metadata
from tests.storage.rows import NOW

USER, PLACE = "a" * 32, "b" * 32
REQUEST = {"prompt": "a fox", "photos": ["p1"], "count": 2}
PLACE_DATA = {"platform": "test", "chat": "room", "thread": None, "audience": "private"}
DRAFTS: dict[str, tuple[str, dict[str, Any]]] = {
    "consent": ("consent", {"event": "e1", "keys": ["k"], "next": "imagine", "wanted": REQUEST, "persona": "m"}),
    "create": (
        "consent",
        {
            "event": "e2", "keys": ["k"], "next": "persona", "name": "Mila", "kind": "real", "description": "",
            "photos": ["p1"], "draft": None,
        },
    ),
    "into": ("consent", {"event": "e3", "keys": [], "next": "into", "photos": ["p1"], "into": "m", "draft": "d"}),
    "offer": ("consent", {"event": "e4", "keys": ["k"], "next": "offer", "photos": ["p1"], "looks": True}),
    "confirm": ("confirm", {"event": "e5", "wanted": REQUEST}),
    "photo": ("photo", {"event": "e6", "photos": ["p1"], "personas": ["m"]}),
    "gallery": ("gallery", {"event": "e7", "filter": {"user": USER, "verdict": "best"}, "page": ["i"]}),
    "collect": (
        "collect",
        {"persona": "m", "name": "Mila", "role": None, "photos": [], "message": ["test", "room", "7"], "event": "e8"},
    ),
    "link": (
        "link",
        {"first": {"name": "Ada", "who": ["test", "1"], "place": PLACE_DATA}, "second": None, "agreed": False},
    ),
    "more": ("more", {"want": "images", "user": USER, "place": ["test", "room"], "event": "e9"}),
    "dialogue": ("dialogue", {"form": "v1:make:d", "answers": {}}),
    "fill": ("fill", {"command": "persona show", "options": {}, "photos": [], "event": "e10"}),
}  # fmt: skip
"""Waiting drafts as they were stored before, by id."""


@pytest_asyncio.fixture
async def old(empty_url: str) -> AsyncIterator[Database]:
    """A database of the revision before, with a row in every place that rows leave."""
    database = Database(empty_url)
    async with database.write() as tx:
        await tx.run_sync(_upgraded)
        await _filled(tx)
    yield database
    await database.close()


def _upgraded(connection: Connection) -> None:
    command.upgrade(config_of(connection), "0005")


async def _filled(tx: Transaction) -> None:
    await tx.execute(text("INSERT INTO users VALUES (:id, 'Ada', :now)"), {"id": USER, "now": NOW})
    workspace = {"id": PLACE, "now": NOW}
    await tx.execute(text("INSERT INTO workspaces VALUES (:id, 'test', 'room', 'private', :now)"), workspace)
    table = metadata.tables["drafts"]
    owned = {"user_id": USER, "workspace_id": PLACE, "created_at": NOW, "expires_at": NOW + 1}
    struck = {"s1": ("refused", {"rule": "minors"}), "s2": ("link-wrong", {})}
    for id_, (kind, data) in {**DRAFTS, **struck}.items():
        columns = [table.c[name] for name in ("id", "kind", "data", *owned)]
        values = {"id": id_, "kind": kind, "data": data, **owned}
        await tx.execute(table.insert().values({column: values[column.name] for column in columns}))
    set_ = metadata.tables["settings"].insert()
    for key, value in (("alarm-out_of_credit-fal-ai", NOW - 5), ("tidied", NOW)):
        await tx.execute(set_.values(scope="bot", key=key, value=value))
    said = metadata.tables["transcript"].insert()
    for chat, id_, author, body in (
        ("home", "w1", "bot", {"type": "say"}),
        ("-100", "5", "ada-at-telegram", {"type": "standing", "at": "6"}),
        ("telegram", "was:-100", "telegram", {"type": "moved", "chat": 1}),
        ("42", "9", "discord", {"type": "going"}),
    ):
        await tx.execute(said.values(chat=chat, entry_id=id_, author=author, name="", body=body, written_at=NOW))


async def test_refusals_and_wrong_codes_become_strikes(old: Database) -> None:
    await migrate(old)
    async with old.read() as tx:
        assert await strikes.count_since(tx, USER, StrikeKind.REFUSED_WORDS, NOW) == 1
        assert await strikes.count_since(tx, USER, StrikeKind.WRONG_CODE, NOW) == 1
        assert list(await tx.scalars(select(metadata.tables["strikes"].c.rule).order_by("id"))) == ["minors", None]
        assert [await drafts.get(tx, id_) for id_ in ("s1", "s2")] == [None, None]


async def test_alarms_keep_the_moment_they_were_told_and_leave_the_settings(old: Database) -> None:
    await migrate(old)
    async with old.write() as tx:
        assert await settings.of_bot(tx) == {"tidied": NOW}
        told = {"now": NOW, "silence": 6}
        assert not await operator_alarms.is_due(tx, "out_of_credit", "fal-ai", **told)
        assert await operator_alarms.is_due(tx, "out_of_credit", "fal-ai", now=NOW + 1, silence=6)


async def test_what_fronts_remembered_leaves_the_transcript_of_the_web_chat(old: Database) -> None:
    await migrate(old)
    async with old.read() as tx:
        assert await front_facts.get(tx, FactKey("telegram", "-100", "5")) == {"type": "standing", "at": "6"}
        assert await front_facts.get(tx, FactKey("telegram", "telegram", "was:-100")) == {"type": "moved", "chat": 1}
        assert await front_facts.get(tx, FactKey("discord", "42", "9")) == {"type": "going"}
        owners = await tx.scalars(select(metadata.tables["front_facts"].c.owner))
        assert {owner for owner in owners if owner} == {"ada-at-telegram"}
        assert await transcripts.get(tx, "home", "w1")
        assert await transcripts.get(tx, "-100", "5") is None


async def test_drafts_keep_their_event_in_a_column(old: Database) -> None:
    await migrate(old)
    async with old.read() as tx:
        found = {id_: await drafts.get(tx, id_) for id_ in DRAFTS}
    assert {id_: draft.event for id_, draft in found.items() if draft} == {
        id_: data.get("event") for id_, (_, data) in DRAFTS.items()
    }
    assert all("event" not in draft.data for draft in found.values() if draft)
