"""Galleries: whose pictures they show, which, and page by page."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.db.database import Database, Transaction
from storage.queries import gallery, search
from storage.queries.gallery import Filter
from storage.tables import images
from storage.tables.images import Image
from tests.storage.plans import plan_of
from tests.storage.rows import EXAMPLES, NOW, Cast, a_generation, a_persona, a_picture, an_image, somebody

OWNERS = ("user", "workspace", "persona")
VERDICTS: tuple[dict[str, Any], ...] = (
    {}, {"verdict": "undecided"}, {"verdict": "kept"}, {"verdict": "rejected"}, {"verdict": "kept", "best": True},
)  # fmt: skip


async def _shown(tx: Transaction, **wanted: Any) -> list[str]:
    """The ids a gallery shows, oldest first."""
    return [image.id for image in await gallery.page(tx, Filter(**wanted), limit=99)][::-1]


async def test_a_gallery_shows_finished_pictures_newest_first(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        first, second = await a_picture(tx, ada), await a_picture(tx, ada)
        for status in ("queued", "running", "failed", "refused", "cancelled", "unknown"):
            await a_picture(tx, ada, status=status)
        assert await gallery.page(tx, Filter(user=ada.user)) == (second, first)


async def test_a_picture_in_the_trash_is_not_shown_until_it_is_taken_out(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        picture = await a_picture(tx, ada)
        await images.trash(tx, picture.id, NOW)
        assert await _shown(tx, user=ada.user) == []
        await images.trash(tx, picture.id, None)
        assert await _shown(tx, user=ada.user) == [picture.id]


async def test_a_persons_gallery_holds_what_they_asked_for_anywhere_and_nothing_else(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        here = await a_picture(tx, ada)
        there = await a_picture(tx, Cast(ada.user, bo.workspace))
        await a_picture(tx, Cast(bo.user, ada.workspace))
        assert await _shown(tx, user=ada.user) == [here.id, there.id]


async def test_a_workspaces_gallery_holds_what_everybody_asked_for_there_but_nothing_private(
    database: Database,
) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        own = await a_picture(tx, ada)
        theirs = await a_picture(tx, Cast(bo.user, ada.workspace))
        private = await a_picture(tx, ada, private=True)
        await a_picture(tx, Cast(ada.user, bo.workspace))
        for verdict in (None, "undecided"):
            assert await _shown(tx, workspace=ada.workspace, verdict=verdict) == [own.id, theirs.id]
        assert await _shown(tx, user=ada.user, workspace=ada.workspace) == [own.id]
        assert private.id in await _shown(tx, user=ada.user)


async def test_a_personas_gallery_holds_its_pictures(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        mila, noor = await a_persona(tx, ada, "Mila"), await a_persona(tx, ada, "Noor")
        picture = await a_picture(tx, ada, persona=mila)
        private = await a_picture(tx, ada, persona=mila, private=True)
        shared = await a_picture(tx, Cast(bo.user, ada.workspace), persona=mila)
        await a_picture(tx, ada, persona=noor)
        await a_picture(tx, ada)
        assert await _shown(tx, persona=mila) == [picture.id, private.id, shared.id]
        assert await _shown(tx, persona=mila, user=ada.user) == [picture.id, private.id]
        assert await _shown(tx, persona=mila, workspace=ada.workspace) == [picture.id, shared.id]


async def test_a_verdict_chooses_and_the_best_are_kept_ones_with_a_star(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        undecided, kept, best, rejected = [
            (await a_picture(tx, ada, verdict=verdict, best=is_best)).id
            for verdict, is_best in (("undecided", False), ("kept", False), ("kept", True), ("rejected", False))
        ]
        assert await _shown(tx, user=ada.user, verdict="undecided") == [undecided]
        assert await _shown(tx, user=ada.user, verdict="kept") == [kept, best]
        assert await _shown(tx, user=ada.user, verdict="kept", best=True) == [best]
        assert await _shown(tx, user=ada.user, verdict="rejected") == [rejected]


async def test_model_moment_and_words_choose_and_all_of_them_must_fit(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        old = await a_picture(tx, ada, created_at=NOW - 1)
        other = await a_picture(tx, ada, model="other")
        both = await a_picture(tx, ada, model="other", created_at=NOW + 1)
        await search.index(tx, both.generation, "a red fox")
        await search.index(tx, old.generation, "a red hen")
        assert await _shown(tx, user=ada.user, model="other") == [other.id, both.id]
        assert await _shown(tx, user=ada.user, since=NOW) == [other.id, both.id]
        assert await _shown(tx, user=ada.user, text="red") == [old.id, both.id]
        assert await _shown(tx, user=ada.user, text="red", model="other", since=NOW + 1) == [both.id]
        assert await _shown(tx, user=ada.user, text="hen", model="other") == []


async def test_pictures_are_counted_up_to_a_bound(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        for _ in range(4):
            await a_picture(tx, ada, verdict="kept")
        await a_picture(tx, ada)
        assert await gallery.count(tx, Filter(user=ada.user)) == 5
        assert await gallery.count(tx, Filter(user=ada.user, verdict="kept")) == 4
        assert await gallery.count(tx, Filter(user=ada.user), most=3) == 3
        assert await gallery.count(tx, Filter(user="nobody")) == 0


async def test_a_page_goes_on_from_a_picture_that_is_gone(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        first, second, third = [await a_picture(tx, ada) for _ in range(3)]
        await images.trash(tx, second.id, NOW)
        assert await gallery.page(tx, Filter(user=ada.user), before=second.id) == (first,)
        assert await gallery.newer(tx, Filter(user=ada.user), after=second.id) == (third,)


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────

MOST = 25
_PICTURES = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(["done", "done", "done", "failed"]),
            "verdict": st.sampled_from(["undecided", "kept", "rejected"]),
            "best": st.booleans(),
            "private": st.booleans(),
            "trashed_at": st.sampled_from([None, None, NOW]),
            "is_mila": st.booleans(),
        }
    ),
    max_size=MOST,
)


@given(pictures=_PICTURES, owner=st.sampled_from(OWNERS), verdict=st.sampled_from(VERDICTS), limit=st.integers(1, 9))
@EXAMPLES
async def test_pages_lead_through_every_picture_once_there_and_back(
    database: Database, pictures: list[dict[str, Any]], owner: str, verdict: dict[str, Any], limit: int
) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        mila = await a_persona(tx, ada)
        of = await a_generation(tx, ada)
        drawn = [
            await an_image(tx, of, number, persona=mila if picture.pop("is_mila") else None, **picture)
            for number, picture in enumerate(map(dict, pictures))
        ]
        whose = {"user": ada.user, "workspace": ada.workspace, "persona": mila}[owner]
        wanted = Filter(**{owner: whose}, **verdict)
        expected = [image for image in reversed(drawn) if _belongs(image, wanted)]
        older = await _all_older(tx, wanted, limit)
        assert older == expected
        assert await _all_newer(tx, wanted, limit) == expected
        assert await gallery.count(tx, wanted) == len(expected)


def _belongs(image: Image, wanted: Filter) -> bool:
    """The rule of a gallery, said plainly."""
    return (
        image.status == "done"
        and image.trashed_at is None
        and not (wanted.workspace and image.private)
        and not (wanted.persona and image.persona != wanted.persona)
        and wanted.verdict in (None, image.verdict)
        and (image.best or not wanted.best)
    )


async def _all_older(tx: Transaction, wanted: Filter, limit: int) -> list[Image]:
    """Every picture, turning pages from the newest on."""
    found = list(page := await gallery.page(tx, wanted, limit=limit))
    while page:
        assert len(page) <= limit
        assert len(found) <= MOST
        found += (page := await gallery.page(tx, wanted, before=page[-1].id, limit=limit))
    return found


async def _all_newer(tx: Transaction, wanted: Filter, limit: int) -> list[Image]:
    """Every picture, turning pages back from before the oldest."""
    found: list[Image] = []
    page = await gallery.newer(tx, wanted, after="", limit=limit)
    while page:
        assert len(page) <= limit
        assert len(found) <= MOST
        found = [*page, *found]
        page = await gallery.newer(tx, wanted, after=page[0].id, limit=limit)
    return found


# ── threads ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_workspaces_gallery_holds_only_pictures_of_the_threads_named(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        lobby, staff, chat = [await a_picture(tx, ada, thread=thread) for thread in ("1", "2", "")]
        assert await _shown(tx, workspace=ada.workspace, threads=("1", "")) == [lobby.id, chat.id]
        assert await _shown(tx, workspace=ada.workspace, threads=("2",), verdict="undecided") == [staff.id]
        assert await _shown(tx, workspace=ada.workspace, threads=()) == []
        assert await gallery.count(tx, Filter(workspace=ada.workspace, threads=("1",))) == 1


async def test_the_threads_of_a_workspace_are_those_with_pictures_that_a_gallery_shows(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        for thread in ("7", "3", "7", ""):
            await a_picture(tx, ada, thread=thread)
        await a_picture(tx, ada, thread="private", private=True)
        await a_picture(tx, bo, thread="elsewhere")
        assert await gallery.threads_of(tx, ada.workspace) == {"", "3", "7"}
        assert await gallery.threads_of(tx, "nowhere") == frozenset()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_one_thread_is_paged_and_all_threads_are_found_from_an_index(database: Database) -> None:
    wanted = Filter(workspace="1", threads=("2",))
    async with database.read() as tx:
        for ask in (lambda: gallery.page(tx, wanted, before="f"), lambda: gallery.threads_of(tx, "1")):
            plan = await plan_of(tx, ask)
            assert "INDEX ix_images_gallery_workspace_id_thread_id (" in plan
            assert "SCAN images" not in plan


# ── plans ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Filter(user="1"), "user_id"),
        (Filter(workspace="1", threads=("", "2")), "workspace_id"),
        (Filter(persona="1"), "persona_id"),
        (Filter(persona="1", user="1"), "persona_id"),
        (Filter(persona="1", workspace="1"), "persona_id"),
    ],
    ids=["user", "workspace", "persona", "persona of a user", "persona in a workspace"],
)
async def test_every_page_is_read_from_an_index_of_its_gallery_without_sorting(
    database: Database, wanted: Filter, index: str, verdict: dict[str, Any]
) -> None:
    wanted = replace(wanted, **verdict)
    asked = (
        lambda: gallery.page(tx, wanted),
        lambda: gallery.page(tx, wanted, before="f"),
        lambda: gallery.newer(tx, wanted, after="0"),
    )
    named = f"INDEX ix_images_gallery_{index}_{'verdict_' if verdict else ''}id ("
    async with database.read() as tx:
        for ask in asked:
            plan = await plan_of(tx, ask)
            assert named in plan
            assert "SCAN images" not in plan
            assert "TEMP B-TREE" not in plan
