"""Reference photos: whose they are, when they go, and whose bytes may go with them."""

from storage.db.database import Database
from storage.db.ids import new_id
from storage.tables import references
from tests.storage.rows import NOW, a_generation, a_persona, a_photo, a_picture, somebody

HOUR = 3_600_000


async def test_photos_come_back_whole_and_in_the_order_they_were_asked_for(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        first, second = await a_photo(tx, ada), await a_photo(tx, ada, faces=())
        assert await references.get(tx, [second.id, "none", first.id]) == (second, first)


async def test_a_one_off_photo_expires_when_its_time_is_over(database: Database) -> None:
    async with database.write() as tx:
        photo = await a_photo(tx, await somebody(tx), expires_at=NOW + HOUR)
        assert await references.expired(tx, NOW + HOUR - 1) == ()
        assert await references.expired(tx, NOW + HOUR) == (photo,)


async def test_an_expired_photo_that_was_deleted_does_not_expire_again(database: Database) -> None:
    async with database.write() as tx:
        photo = await a_photo(tx, await somebody(tx))
        await references.delete(tx, [photo.id], NOW)
        assert await references.expired(tx, NOW + 2 * HOUR) == ()
        assert await references.get(tx, [photo.id]) == ()


async def test_a_photo_given_to_a_persona_no_longer_expires(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        photo, mila = await a_photo(tx, ada), await a_persona(tx, ada)
        await references.move(tx, [photo.id], mila, "outfit")
        await references.keep_until(tx, [photo.id], NOW)
        (moved,) = await references.of_persona(tx, mila)
        assert await references.expired(tx, NOW + 2 * HOUR) == ()
    assert (moved.id, moved.persona, moved.role, moved.expires_at) == (photo.id, mila, "outfit", None)


async def test_a_photo_keeps_its_role_when_none_is_given(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        photo, mila = await a_photo(tx, ada, role="style"), await a_persona(tx, ada)
        await references.move(tx, [photo.id], mila, None)
        assert (await references.of_persona(tx, mila))[0].role == "style"


async def test_a_one_off_photo_that_is_used_is_kept_longer(database: Database) -> None:
    async with database.write() as tx:
        photo = await a_photo(tx, await somebody(tx))
        await references.keep_until(tx, [photo.id], NOW + 10 * HOUR)
        assert await references.expired(tx, NOW + 9 * HOUR) == ()


async def test_a_personas_photos_come_oldest_first_without_the_deleted(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        mila = await a_persona(tx, ada)
        photos = [await a_photo(tx, ada, persona=mila, expires_at=None) for _ in range(3)]
        await references.delete(tx, [photos[1].id], NOW)
        assert await references.of_persona(tx, mila) == (photos[0], photos[2])


async def test_everything_a_person_ever_sent_is_counted(database: Database) -> None:
    async with database.write() as tx:
        ada, bo = await somebody(tx), await somebody(tx)
        photo = await a_photo(tx, ada)
        await a_photo(tx, bo)
        await references.delete(tx, [photo.id], NOW)
        assert await references.count_of(tx, ada.user) == 1


async def test_a_generation_keeps_to_its_photos_in_the_order_the_prompt_names_them(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        photos = [await a_photo(tx, ada) for _ in range(3)]
        of = await a_generation(tx, ada, photos[2].id, photos[0].id, photos[1].id)
        await references.delete(tx, [photos[0].id], NOW)
        assert await references.of_generation(tx, of.id) == (photos[2], photos[1])


async def test_bytes_are_unused_when_no_living_photo_names_them(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        gone = await a_photo(tx, ada, blob="a", thumbnail="b")
        await a_photo(tx, ada, blob="c", thumbnail="a")
        await references.delete(tx, [gone.id], NOW)
        assert await references.unused_blobs(tx, ["a", "b", "c", "never"]) == ("b", "never")
        assert await references.unused_blobs(tx, []) == ()


async def test_bytes_that_a_picture_of_ours_shares_are_in_use(database: Database) -> None:
    async with database.write() as tx:
        ada = await somebody(tx)
        photo = await a_photo(tx, ada, blob="original", thumbnail="small")
        await a_picture(tx, ada, blob="original", thumbnail="other")
        await a_picture(tx, ada, blob="another", thumbnail="small")
        await references.delete(tx, [photo.id], NOW)
        assert await references.unused_blobs(tx, ["original", "small"]) == ()


async def test_hundreds_of_photos_are_handled_at_once(database: Database) -> None:
    ids = [new_id() for _ in range(2000)]
    async with database.write() as tx:
        photo = await a_photo(tx, await somebody(tx))
        assert await references.get(tx, [*ids, photo.id]) == (photo,)
        await references.delete(tx, [*ids, photo.id], NOW)
        assert await references.unused_blobs(tx, [*ids, photo.blob]) == (*ids, photo.blob)
