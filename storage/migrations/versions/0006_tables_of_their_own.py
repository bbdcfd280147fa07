"""Strikes, alarms and facts of fronts leave drafts, settings and the transcript for tables of their own.

Drafts keep the event that began them in a column, and their data in the shape of one class for each kind.
"""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Data = Mapping[str, Any]

DRAFTS = sa.table(
    "drafts",
    sa.column("id"),
    sa.column("user_id"),
    sa.column("kind"),
    sa.column("data", sa.JSON),
    sa.column("event_id"),
    sa.column("created_at"),
)
SETTINGS = sa.table("settings", sa.column("scope"), sa.column("key"), sa.column("value", sa.JSON))
TRANSCRIPT = sa.table(
    "transcript",
    sa.column("position"),
    sa.column("chat"),
    sa.column("entry_id"),
    sa.column("author"),
    sa.column("body", sa.JSON),
    sa.column("written_at"),
)
WEB_CHATS = ("home", "team")
"""The chats whose transcript is one; the rows of others are what Telegram and Discord fronts remembered."""
NOBODY = ("telegram", "discord")
"""Authors of facts that concern no person."""
ALARM = "alarm-"


def upgrade() -> None:
    strikes, operator_alarms, front_facts = _tables()
    op.add_column("drafts", sa.Column("event_id", sa.String(length=200), nullable=True))
    connection = op.get_bind()
    _move_strikes(connection, strikes)
    _move_alarms(connection, operator_alarms)
    _move_facts(connection, front_facts)
    for row in connection.execute(sa.select(DRAFTS.c.id, DRAFTS.c.kind, DRAFTS.c.data)).all():
        data = {key: value for key, value in row.data.items() if key != "event"}
        values = {"event_id": row.data.get("event"), "data": _SHAPES.get(row.kind, dict)(data)}
        connection.execute(sa.update(DRAFTS).where(DRAFTS.c.id == row.id).values(values))


def _tables() -> tuple[sa.Table, sa.Table, sa.Table]:
    strikes = op.create_table(
        "strikes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=True),
        sa.Column("struck_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_strikes_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_strikes"),
    )
    op.create_index("ix_strikes_user_id_kind_struck_at", "strikes", ["user_id", "kind", "struck_at"])
    operator_alarms = op.create_table(
        "operator_alarms",
        sa.Column("trouble", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("trouble", "subject", name="pk_operator_alarms"),
    )
    front_facts = op.create_table(
        "front_facts",
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", "name", name="pk_front_facts"),
    )
    return strikes, operator_alarms, front_facts


def _move_strikes(connection: sa.Connection, strikes: sa.Table) -> None:
    kinds = {"refused": "refused-words", "link-wrong": "wrong-code"}
    query = sa.select(DRAFTS.c.id, DRAFTS.c.user_id, DRAFTS.c.kind, DRAFTS.c.data, DRAFTS.c.created_at)
    for row in connection.execute(query.where(DRAFTS.c.kind.in_(kinds))).all():
        values = {"id": row.id, "user_id": row.user_id, "kind": kinds[row.kind], "rule": row.data.get("rule")}
        connection.execute(sa.insert(strikes).values({**values, "struck_at": row.created_at}))
    connection.execute(sa.delete(DRAFTS).where(DRAFTS.c.kind.in_(kinds)))


def _move_alarms(connection: sa.Connection, operator_alarms: sa.Table) -> None:
    """The key is "alarm-<trouble>-<subject>"; no trouble's name has a hyphen."""
    told = (SETTINGS.c.scope == "bot", SETTINGS.c.key.like(f"{ALARM}%"))
    for key, value in connection.execute(sa.select(SETTINGS.c.key, SETTINGS.c.value).where(*told)).all():
        trouble, _, subject = key.removeprefix(ALARM).partition("-")
        row = {"trouble": trouble, "subject": subject, "told_at": value}
        connection.execute(sa.insert(operator_alarms).values(row))
    connection.execute(sa.delete(SETTINGS).where(*told))


def _move_facts(connection: sa.Connection, front_facts: sa.Table) -> None:
    others = TRANSCRIPT.c.chat.not_in(WEB_CHATS)
    for row in connection.execute(sa.select(TRANSCRIPT).where(others).order_by(TRANSCRIPT.c.position)).all():
        platform = "discord" if row.body.get("type") == "going" else "telegram"
        owner = None if row.author in NOBODY else row.author
        values = {"platform": platform, "chat": row.chat, "name": row.entry_id, "owner": owner, "data": row.body}
        connection.execute(sa.insert(front_facts).values({**values, "changed_at": row.written_at}))
    connection.execute(sa.delete(TRANSCRIPT).where(others))


def _consent(data: Data) -> Data:
    keys, next_ = data["keys"], data["next"]
    if next_ == "imagine":
        then = {"type": "draw", "request": data["wanted"], "persona": data["persona"]}
    elif next_ == "persona":
        new = {name: data[name] for name in ("name", "kind", "description")}
        then = {"type": "create", "persona": new, "photos": data["photos"], "draft": data.get("draft")}
    elif next_ == "into":
        then = {"type": "add", "persona": data["into"], "photos": data["photos"], "draft": data.get("draft")}
    else:
        then = {"type": "offer", "photos": data["photos"], "looks": data["looks"]}
    return {"keys": keys, "then": then}


def _confirm(data: Data) -> Data:
    return {"request": data["wanted"]}


def _gallery(data: Data) -> Data:
    chosen = data["filter"]
    is_best = chosen.get("verdict") == "best"
    return {**data, "filter": {**chosen, "best": is_best, "verdict": "kept" if is_best else chosen.get("verdict")}}


def _collect(data: Data) -> Data:
    message = data.get("message")
    named = dict(zip(("platform", "chat", "id"), message, strict=True)) if message else None
    return {**data, "message": named}


def _link(data: Data) -> Data:
    def side(known: Data | None) -> Data | None:
        if known is None:
            return None
        platform, id_ = known["who"]
        return {"who": {"platform": platform, "id": id_, "name": known["name"]}, "place": known["place"]}

    return {**data, "first": side(data["first"]), "second": side(data["second"])}


def _more(data: Data) -> Data:
    platform, chat = data["place"]
    return {"want": data["want"], "place": {"platform": platform, "chat": chat}}


def _dialogue(data: Data) -> Data:
    return {"state": data}


_SHAPES: Mapping[str, Callable[[Data], Data]] = {
    "consent": _consent,
    "confirm": _confirm,
    "gallery": _gallery,
    "collect": _collect,
    "link": _link,
    "more": _more,
    "dialogue": _dialogue,
}
