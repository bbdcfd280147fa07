"""Drafts: each kind comes back as it was written, and rows of the version before are read after a migration."""

import json
from typing import Any, get_args

import pytest

from bot.core.chat.errors import UserError
from bot.core.chat.image_request import ImageRequest
from bot.core.chat.messages import Audience, MessageRef, Place, Who
from bot.core.runtime import drafts
from bot.core.runtime.drafts import (
    Collection,
    Confirm,
    Consent,
    DraftData,
    Erase,
    Export,
    FillCommand,
    GalleryPage,
    Lend,
    LinkCode,
    MoreAsked,
    OpenForm,
    PhotoOffer,
    ReviewRound,
    Side,
    ThenAdd,
    ThenCreate,
    ThenDraw,
    ThenOffer,
    WhichEdit,
)
from storage.queries.gallery import Filter
from storage.tables.drafts import Draft
from storage.tables.enums import PersonaKind, Verdict
from storage.tables.personas import NewPersona

KINDS = get_args(DraftData)


def row(kind: str, data: dict[str, Any]) -> Draft[Any]:
    """A stored draft."""
    return Draft(id="d", user="u", workspace="w", kind=kind, data=data, event=None, expires_at=1, settled_at=None)


REQUEST = ImageRequest(prompt="a fox", photos=("p1",), parameters={"style": "ink"}, count=2, seed=7)
SIDE = Side(who=Who("test", "1", "Ada"), place=Place("test", "room", audience=Audience.GROUP))
EXAMPLES: tuple[DraftData, ...] = (
    Consent(keys=("k",), then=ThenDraw(request=REQUEST, persona="m")),
    Consent(keys=(), then=ThenCreate(persona=NewPersona("Mila", PersonaKind.REAL, "tall"), photos=("p1",), draft="d")),
    Consent(keys=("k",), then=ThenAdd(persona="m", photos=("p1", "p2"))),
    Consent(keys=("k",), then=ThenOffer(photos=("p1",), looks=True)),
    Confirm(request=REQUEST),
    PhotoOffer(photos=("p1",), personas=("m", "n")),
    Lend(photos=("p1",), owner="u", name="Bo", text="a fox", purpose="persona"),
    WhichEdit(words="warmer", images={1: "i1", 12: "i2"}),
    Collection(persona="m", name="Mila", role="face", photos=("p1",), message=MessageRef("test", "room", "7")),
    FillCommand(command="persona show", options={"name": "x"}, photos=("p1",)),
    GalleryPage(filter=Filter(user="u", verdict=Verdict.KEPT, best=True, since=5), page=("i1", "i2")),
    ReviewRound(scope="all", images=("i1",), at=1),
    LinkCode(first=SIDE, second=SIDE, agreed=True),
    LinkCode(first=SIDE),
    MoreAsked(want="dollars", place=Place("test", "room", "thread")),
    Export(files=("i:1",), rows=True),
    Erase(),
    OpenForm(state={"form": "v1:make:d", "answers": {"prompt": "a fox"}}),
)


@pytest.mark.parametrize("data", EXAMPLES)
def test_every_kind_comes_back_as_it_was_written(data: Any) -> None:
    stored = json.loads(json.dumps(drafts.dump(data)))
    assert drafts.load(row(data.kind, stored), type(data)).data == data


def test_no_kind_is_without_an_example() -> None:
    assert {type(data) for data in EXAMPLES} == set(KINDS)


def test_kinds_have_names_of_their_own() -> None:
    assert len({drafts.name_of(kind) for kind in KINDS}) == len(KINDS)


def test_a_draft_of_another_kind_is_refused() -> None:
    with pytest.raises(UserError, match="button-unknown"):
        drafts.load(row("erase", {}), Confirm)


@pytest.mark.parametrize("data", [{}, {"request": {}}, {"request": {"prompt": "a fox", "count": "many"}}])
def test_data_that_cannot_be_read_counts_as_expired(data: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="button-over"):
        drafts.load(row("confirm", data), Confirm)


def test_a_kind_that_no_longer_exists_counts_as_expired() -> None:
    with pytest.raises(UserError, match="button-over"):
        drafts.load(row("seance", {}), Erase)


def test_a_migrated_consent_is_read() -> None:
    data = {"keys": ["k"], "then": {"type": "draw", "request": {"prompt": "a fox", "photos": ["p1"]}, "persona": "m"}}
    found = drafts.load(row("consent", data), Consent).data
    assert isinstance(found.then, ThenDraw)
    assert (found.keys, found.then.request.photos, found.then.persona) == (("k",), ("p1",), "m")


def test_stored_lists_become_tuples_and_words_become_enums() -> None:
    assert drafts.load(row("photo", {"photos": ["a", "b"]}), PhotoOffer).data.photos == ("a", "b")
    page = drafts.load(row("gallery", {"filter": {"verdict": "kept"}, "page": []}), GalleryPage).data
    assert page.filter.verdict is Verdict.KEPT
