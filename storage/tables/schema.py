"""The tables. Ids are UUIDv7 in hex, moments are Unix milliseconds in UTC, money is microdollars."""

from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect

from storage.tables.enums import (
    Answer,
    Audience,
    Choice,
    EntryKind,
    PersonaKind,
    Purpose,
    Status,
    StrikeKind,
    SubjectKind,
    Unit,
    Verdict,
    VoteState,
    WebRole,
    WorkspaceRole,
)

E = TypeVar("E", bound=StrEnum)
"""The enum of a column."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Words(TypeDecorator[E]):
    """Text of which each value is a member of one enum; other words are refused on both ways with ValueError."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[E], length: int) -> None:
        super().__init__(length)
        self.words, self.length = words, length

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        return None if value is None else self.words(value)


def _words(name: str, words: type[StrEnum], length: int, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Words(words, length), nullable=nullable)


def _id(name: str = "id", *, primary_key: bool = True) -> Column[Any]:
    return Column(name, String(32), primary_key=primary_key, nullable=False)


def _to(table: str, *, nullable: bool = False, primary_key: bool = False) -> Column[Any]:
    name = {"reference_photos": "reference"}.get(table, table.removesuffix("s"))
    return Column(f"{name}_id", String(32), ForeignKey(f"{table}.id"), nullable=nullable, primary_key=primary_key)


def _at(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, BigInteger, nullable=nullable)


users = Table("users", metadata, _id(), Column("name", String(200), nullable=False), _at("created_at"))

identities = Table(
    "identities",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("platform_id", String(100), primary_key=True),
    _to("users"),
    Column("name", String(200), nullable=False),
    Index(None, "user_id"),
)

workspaces = Table(
    "workspaces",
    metadata,
    _id(),
    Column("platform", String(20), nullable=False),
    Column("chat", String(100), nullable=False),
    _words("audience", Audience, 10),
    _at("created_at"),
    UniqueConstraint("platform", "chat"),
)

roles = Table(
    "roles",
    metadata,
    _to("workspaces", primary_key=True),
    _to("users", primary_key=True),
    _words("role", WorkspaceRole, 20),
)

personas = Table(
    "personas",
    metadata,
    _id(),
    Column("owner_id", String(32), ForeignKey("users.id"), nullable=False),
    _to("workspaces"),
    Column("name", String(60), nullable=False),
    Column("name_key", Text, nullable=False),  # up to 18 times as long as the name
    _words("kind", PersonaKind, 20),
    Column("description", Text, nullable=False),
    Column("marks", Text, nullable=False, server_default=""),
    Column("traits", JSON, nullable=False, server_default="[]"),
    Column("depicts_id", String(32), nullable=True),
    _at("created_at"),
    _at("deleted_at", nullable=True),
    Index(None, "depicts_id"),
    # A deleted persona frees its name.
    Index(
        "uq_personas_owner_id_name_key",
        "owner_id",
        "name_key",
        unique=True,
        sqlite_where=text("deleted_at IS NULL"),
        postgresql_where=text("deleted_at IS NULL"),
    ),
)

persona_shares = Table(
    "persona_shares",
    metadata,
    _to("personas", primary_key=True),
    _to("workspaces", primary_key=True),
    _at("shared_at"),
    Index(None, "workspace_id"),
)

consents = Table(
    "consents",
    metadata,
    _id(),
    _to("users"),
    _words("subject_kind", SubjectKind, 20),
    Column("subject_id", String(32), nullable=False),
    _words("answer", Answer, 20),
    Column("wording", String(20), nullable=False),
    _at("given_at"),
    _at("withdrawn_at", nullable=True),
    Index(None, "subject_kind", "subject_id"),
)

reference_photos = Table(
    "reference_photos",
    metadata,
    _id(),
    Column("owner_id", String(32), ForeignKey("users.id"), nullable=False),
    _to("personas", nullable=True),
    Column("role", String(20), nullable=False),
    Column("blob", String(200), nullable=False),
    Column("thumbnail", String(200), nullable=False),
    Column("media_type", String(40), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("phash", String(32), nullable=False),
    Column("faces", JSON, nullable=False),
    _at("created_at"),
    _at("expires_at", nullable=True),
    _at("deleted_at", nullable=True),
    Index(None, "persona_id"),
    Index(None, "owner_id"),
    Index(None, "expires_at"),
    Index(None, "blob"),
    Index(None, "thumbnail"),
)

UNTOLD_VOTE = "vote IN ('open', 'closed')"
"""A condition of an index, like those of the images below."""

generations = Table(
    "generations",
    metadata,
    _id(),
    Column("event_id", String(200), nullable=False, unique=True),
    _to("users"),
    _to("workspaces"),
    _to("personas", nullable=True),
    Column("parent_image_id", String(32), nullable=True),
    Column("platform", String(20), nullable=False),
    Column("chat", String(100), nullable=False),
    Column("thread", String(100), nullable=True),
    _words("audience", Audience, 10),
    Column("private", Boolean, nullable=False),
    Column("locale", String(20), nullable=False),
    Column("command", String(40), nullable=False),
    Column("prompt", Text, nullable=False),
    Column("final_prompt", Text, nullable=False),
    Column("model", String(100), nullable=False),
    Column("aspect", String(10), nullable=False),
    Column("size", String(10), nullable=False),
    Column("seed", BigInteger, nullable=True),
    Column("count", Integer, nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("template", String(80), nullable=True),
    Column("quality", String(10), nullable=True),
    Column("price", BigInteger, nullable=False),
    _at("created_at"),
    _at("delivered_at", nullable=True),
    _words("vote", VoteState, 10, nullable=True),
    Column("voting", JSON(none_as_null=True), nullable=True),
    Index(None, "user_id", "created_at"),
    Index(
        "ix_generations_untold_vote",
        "workspace_id",
        "id",
        sqlite_where=text(UNTOLD_VOTE),
        postgresql_where=text(UNTOLD_VOTE),
    ),
    Index(
        "ix_generations_open",
        "id",
        sqlite_where=text("delivered_at IS NULL"),
        postgresql_where=text("delivered_at IS NULL"),
    ),
)

generation_references = Table(
    "generation_references",
    metadata,
    _to("generations", primary_key=True),
    Column("position", Integer, primary_key=True),
    _to("reference_photos"),
    Index(None, "reference_id"),
)

images = Table(
    "images",
    metadata,
    _id(),
    _to("generations"),
    Column("number", Integer, nullable=False),
    _to("users"),
    _to("workspaces"),
    _to("personas", nullable=True),
    Column("private", Boolean, nullable=False),
    Column("thread", String(100), nullable=False, server_default=""),
    Column("model", String(100), nullable=False),
    _words("status", Status, 20),
    _words("verdict", Verdict, 20),
    Column("best", Boolean, nullable=False),
    Column("blob", String(200), nullable=True),
    Column("thumbnail", String(200), nullable=True),
    Column("media_type", String(40), nullable=True),
    Column("width", Integer, nullable=True),
    Column("height", Integer, nullable=True),
    Column("bytes", Integer, nullable=True),
    Column("sha256", String(64), nullable=True),
    Column("phash", String(32), nullable=True),
    Column("note", String(100), nullable=True),
    Column("seed", BigInteger, nullable=True),
    Column("cost", BigInteger, nullable=True),
    Column("tokens", BigInteger, nullable=True),
    Column("seconds", Float, nullable=True),
    Column("problem", String(40), nullable=True),
    Column("problem_facts", JSON, nullable=True),
    _at("created_at"),
    _at("finished_at", nullable=True),
    _at("trashed_at", nullable=True),
    _at("reported_at", nullable=True),
    UniqueConstraint("generation_id", "number"),
    # Before bytes are deleted it is asked who names them.
    Index(None, "blob"),
    Index(None, "thumbnail"),
)

IN_GALLERY = "status = 'done' AND trashed_at IS NULL"
IN_WORKSPACE_GALLERY = IN_GALLERY + " AND NOT private"
UNFINISHED = "status IN ('queued', 'running')"
"""Conditions of indexes. Queries repeat them word for word: SQLite takes an index with a condition only for a query
in which it sees the same one, and sees nothing in parameters."""

# One index per way to page a gallery: whose, optionally by verdict, newest first by id.
for _owner, _where in (
    ("user_id", IN_GALLERY),
    ("workspace_id", IN_WORKSPACE_GALLERY),
    ("persona_id", IN_GALLERY),
):
    for _columns in ((_owner, "id"), (_owner, "verdict", "id")):
        Index(
            "ix_images_gallery_" + "_".join(_columns),
            *(images.c[name] for name in _columns),
            sqlite_where=text(_where),
            postgresql_where=text(_where),
        )
Index(
    "ix_images_gallery_workspace_id_thread_id",
    images.c.workspace_id,
    images.c.thread,
    images.c.id,
    sqlite_where=text(IN_WORKSPACE_GALLERY),
    postgresql_where=text(IN_WORKSPACE_GALLERY),
)
for _column in ("user_id", "model"):
    Index(
        f"ix_images_unfinished_{_column}_id",
        images.c[_column],
        images.c.id,
        sqlite_where=text(UNFINISHED),
        postgresql_where=text(UNFINISHED),
    )

Index(
    "ix_images_trashed_at",
    images.c.trashed_at,
    sqlite_where=text("trashed_at IS NOT NULL"),
    postgresql_where=text("trashed_at IS NOT NULL"),
)

attempts = Table(
    "attempts",
    metadata,
    _id(),
    _to("images"),
    Column("number", Integer, nullable=False),
    Column("provider", String(40), nullable=False),
    Column("model", String(100), nullable=False),
    Column("external_id", String(200), nullable=True),
    Column("outcome", String(40), nullable=False),
    Column("price", BigInteger, nullable=False, server_default="0"),
    Column("cost", BigInteger, nullable=False),
    Column("detail", Text, nullable=True),
    _at("started_at"),
    _at("finished_at", nullable=True),
    UniqueConstraint("image_id", "number"),
    # After a crash a provider is asked for calls by their time.
    Index(None, "provider", "started_at"),
)

votes = Table(
    "votes",
    metadata,
    _to("images", primary_key=True),
    _to("users", primary_key=True),
    _words("choice", Choice, 10),
    Column("best", Boolean, nullable=False),
    _at("cast_at"),
)

messages = Table(
    "messages",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("chat", String(100), primary_key=True),
    Column("message_id", String(100), primary_key=True),
    _to("generations"),
    _words("purpose", Purpose, 20),
    _at("posted_at"),
    Index(None, "generation_id", "purpose"),
)

drafts = Table(
    "drafts",
    metadata,
    _id(),
    _to("users"),
    _to("workspaces"),
    Column("kind", String(20), nullable=False),
    Column("data", JSON, nullable=False),
    Column("event_id", String(200), nullable=True),
    _at("created_at"),
    _at("expires_at"),
    _at("settled_at", nullable=True),
    Index(None, "user_id", "workspace_id", "kind", "id"),
)

strikes = Table(
    "strikes",
    metadata,
    _id(),
    _to("users"),
    _words("kind", StrikeKind, 20),
    Column("rule", String(40), nullable=True),
    _at("struck_at"),
    Index(None, "user_id", "kind", "struck_at"),
)

operator_alarms = Table(
    "operator_alarms",
    metadata,
    Column("trouble", String(40), primary_key=True),
    Column("subject", String(100), primary_key=True),
    _at("told_at"),
)

front_facts = Table(
    "front_facts",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("chat", String(100), primary_key=True),
    Column("name", String(100), primary_key=True),
    Column("owner", String(100), nullable=True),
    Column("data", JSON, nullable=False),
    _at("changed_at"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account", String(60), nullable=False),
    _words("unit", Unit, 20),
    _words("kind", EntryKind, 20),
    Column("amount", BigInteger, nullable=False),
    Column("image_id", String(32), nullable=False),
    Column("turn", Integer, nullable=False),
    _at("counted_at"),
    _at("written_at"),
    UniqueConstraint("account", "unit", "kind", "image_id", "turn"),
    Index(None, "account", "unit", "counted_at"),
    Index(None, "image_id"),
)

settings = Table(
    "settings",
    metadata,
    Column("scope", String(60), primary_key=True),
    Column("key", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)

events = Table("events", metadata, Column("id", String(200), primary_key=True), _at("seen_at"))

heartbeats = Table(
    "heartbeats",
    metadata,
    _id(),
    Column("executor", String(100), nullable=False, unique=True),
    Column("role", String(10), nullable=False),
    Column("version", String(20), nullable=False),
    _at("seen_at"),
)

saved_prompts = Table(
    "saved_prompts",
    metadata,
    _id(),
    _to("users"),
    Column("name", String(60), nullable=False),
    Column("name_key", Text, nullable=False),
    Column("words", Text, nullable=False),
    _at("created_at"),
    Index(None, "user_id"),
)

transcript = Table(
    "transcript",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("chat", String(100), nullable=False),
    Column("entry_id", String(100), nullable=False),
    Column("author", String(100), nullable=False),
    Column("name", String(200), nullable=False),
    Column("body", JSON, nullable=False),
    Column("private_to", String(100), nullable=True),
    _at("written_at"),
    UniqueConstraint("chat", "entry_id"),
    Index(None, "chat", "position"),
)

web_accounts = Table(
    "web_accounts",
    metadata,
    # also the person's id on the platform "web", see identities
    _id(),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False, unique=True),
    _words("role", WebRole, 20),
    _at("created_at"),
)

web_sessions = Table(
    "web_sessions",
    metadata,
    # 128 bits of the SHA-256 of what the cookie holds
    _id(),
    Column("account_id", String(32), ForeignKey("web_accounts.id"), nullable=False),
    Column("device", String(200), nullable=False),
    _at("created_at"),
    _at("seen_at"),
    Index(None, "account_id"),
)

web_invitations = Table(
    "web_invitations",
    metadata,
    # 128 bits of the SHA-256 of the code in the link
    _id(),
    _words("role", WebRole, 20),
    Column("created_by_id", String(32), ForeignKey("users.id"), nullable=False),
    # the person or the account that the link is for; both None for somebody new
    _to("users", nullable=True),
    Column("account_id", String(32), ForeignKey("web_accounts.id"), nullable=True),
    _at("created_at"),
    _at("expires_at"),
    _at("used_at", nullable=True),
    Index(None, "created_by_id"),
    Index(None, "user_id"),
    Index(None, "account_id"),
)
