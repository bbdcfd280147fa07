"""The kinds of drafts: one dataclass for each question or dialogue that waits for a person, as a closed union.

The `kind` of a row names the class, its JSON holds the other fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from bot.core.chat.errors import UserError
from bot.core.chat.image_request import ImageRequest
from bot.core.chat.messages import MessageRef, Place, Who
from storage.db.database import Transaction
from storage.queries.gallery import Filter
from storage.tables import drafts
from storage.tables.drafts import Draft, Json, NewDraft
from storage.tables.personas import NewPersona

# ── who is on the photos ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class ThenDraw:
    """Draw a request; the answer holds for `persona` too, where the photos are its own."""

    request: ImageRequest
    persona: str | None = None
    type: Literal["draw"] = "draw"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThenCreate:
    """Make a persona of stored photos, and settle the draft of their offer."""

    persona: NewPersona
    photos: tuple[str, ...] = ()
    draft: str | None = None
    type: Literal["create"] = "create"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThenAdd:
    """Give stored photos to a persona, and settle the draft of their offer."""

    persona: str
    photos: tuple[str, ...]
    draft: str | None = None
    type: Literal["add"] = "add"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThenOffer:
    """Offer what can be made of stored photos; with `looks` the local looks are drawn at once."""

    photos: tuple[str, ...]
    looks: bool
    type: Literal["offer"] = "offer"


Then: TypeAlias = ThenDraw | ThenCreate | ThenAdd | ThenOffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Who is on the photos of these keys? `then` is what the answer lets happen."""

    keys: tuple[str, ...]
    then: Annotated[Then, Field(discriminator="type")]
    kind: Literal["consent"] = "consent"


# ── requests and photos ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """Draw this request?"""

    request: ImageRequest
    kind: Literal["confirm"] = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoOffer:
    """What shall be made of these photos? `personas` are those the buttons name, in order."""

    photos: tuple[str, ...]
    personas: tuple[str, ...] = ()
    kind: Literal["photo"] = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lend:
    """May these photos of `owner` be used by the person called `name`?"""

    photos: tuple[str, ...]
    owner: str
    name: str
    text: str = ""
    purpose: Literal["picture", "persona"] = "picture"
    kind: Literal["lend"] = "lend"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichEdit:
    """Which of these images, by number, shall be changed as the words say?"""

    words: str
    images: Mapping[int, str]
    kind: Literal["changing"] = "changing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Photos that are being gathered for a persona; `message` is ours that counts them."""

    persona: str
    name: str
    role: str | None = None
    photos: tuple[str, ...] = ()
    message: MessageRef | None = None
    kind: Literal["collect"] = "collect"


@dataclass(frozen=True, slots=True, kw_only=True)
class FillCommand:
    """A command whose required options are being asked for by a form."""

    command: str
    options: Mapping[str, str]
    photos: tuple[str, ...] = ()
    kind: Literal["fill"] = "fill"


# ── looking through pictures ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryPage:
    """The page of a gallery that is shown, as image ids."""

    filter: Filter
    page: tuple[str, ...]
    kind: Literal["gallery"] = "gallery"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRound:
    """A round of /curate: its images, and the position of the one that is shown."""

    scope: str
    images: tuple[str, ...]
    at: int = 0
    kind: Literal["curate"] = "curate"


# ── account and data ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a link: who they are on their platform, and where they answer."""

    who: Who
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCode:
    """A code that joins two identities once both sides agreed; the row's id is the code's hash."""

    first: Side
    second: Side | None = None
    agreed: bool = False
    kind: Literal["link"] = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreAsked:
    """A person asked the operators for more of something, from this place."""

    want: Literal["images", "dollars"]
    place: Place
    kind: Literal["more"] = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One file of a data export: the ids of its pictures, and whether the rows are in it."""

    files: tuple[str, ...]
    rows: bool
    kind: Literal["export"] = "export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """Shall everything stored about the person be deleted?"""

    kind: Literal["erase"] = "erase"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """A form that a front asks field by field; `state` is the front's own."""

    state: Mapping[str, Any] = field(default_factory=dict)
    kind: Literal["dialogue"] = "dialogue"


DraftData: TypeAlias = (
    Consent
    | Confirm
    | PhotoOffer
    | Lend
    | WhichEdit
    | Collection
    | FillCommand
    | GalleryPage
    | ReviewRound
    | LinkCode
    | MoreAsked
    | Export
    | Erase
    | OpenForm
)
D = TypeVar("D", bound=DraftData)

_CODEC: TypeAdapter[DraftData] = TypeAdapter(Annotated[DraftData, Field(discriminator="kind")])


def dump(data: DraftData) -> dict[str, Any]:
    """The fields of a draft as plain JSON, without its kind."""
    dumped: dict[str, Any] = _CODEC.dump_python(data, mode="json", exclude={"kind"})
    return dumped


def load(row: Draft[Json], kind: type[D]) -> Draft[D]:
    """A row with its data as `kind`; raises UserError for another kind, and for data that cannot be read."""
    try:
        data = _CODEC.validate_python({**row.data, "kind": row.kind})
    except ValidationError as exc:
        raise UserError("button-over") from exc
    if not isinstance(data, kind):
        raise UserError("button-unknown")
    return Draft(
        id=row.id, user=row.user, workspace=row.workspace, kind=row.kind, data=data, event=row.event,
        expires_at=row.expires_at, settled_at=row.settled_at,
    )  # fmt: skip


def name_of(kind: type[D]) -> str:
    """The name under which drafts of a kind are stored."""
    return next(str(one.default) for one in fields(kind) if one.name == "kind")


async def add(tx: Transaction, new: NewDraft, data: D) -> Draft[D]:
    """Write a draft."""
    return load(await drafts.add(tx, new, data.kind, dump(data)), type(data))


async def get(tx: Transaction, id_: str, kind: type[D]) -> Draft[D]:
    """A draft of a kind; raises UserError when there is none."""
    row = await drafts.get(tx, id_)
    if row is None:
        raise UserError("button-unknown")
    return load(row, kind)


async def latest(tx: Transaction, kind: type[D], *, user: str, workspace: str, now: int) -> Draft[D] | None:
    """A person's newest draft of a kind in a workspace that still waits, or None."""
    row = await drafts.latest(tx, user, workspace, name_of(kind), now)
    return load(row, kind) if row else None


async def latest_in_groups(tx: Transaction, kind: type[D], *, user: str, now: int) -> Draft[D] | None:
    """A person's newest draft of a kind that was begun in a group and still waits, or None."""
    row = await drafts.latest_in_groups(tx, user, name_of(kind), now)
    return load(row, kind) if row else None


async def change(tx: Transaction, id_: str, data: DraftData, *, expires_at: int | None = None) -> None:
    """Put other data into a draft, and let it live longer where a moment is given."""
    await drafts.change(tx, id_, dump(data), expires_at=expires_at)
