"""Settings by scope and key."""

from storage.db.database import Database
from storage.tables import settings
from storage.tables.owners import BOT_SETTINGS, Scope


async def test_a_setting_is_any_plain_value(database: Database) -> None:
    values = {"text": "é", "flag": False, "number": 0, "list": [1, "two"], "map": {"deep": {"er": 1.5}}}
    async with database.write() as tx:
        for key, value in values.items():
            await settings.put(tx, Scope.user("1"), key, value)
        assert await settings.of(tx, Scope.user("1")) == {Scope.user("1"): values}


async def test_a_later_value_takes_the_place_of_the_earlier(database: Database) -> None:
    async with database.write() as tx:
        await settings.put(tx, Scope.user("1"), "locale", "en")
        await settings.put(tx, Scope.user("1"), "locale", "fr")
        assert await settings.of(tx, Scope.user("1")) == {Scope.user("1"): {"locale": "fr"}}


async def test_none_takes_a_setting_away(database: Database) -> None:
    async with database.write() as tx:
        await settings.put(tx, Scope.user("1"), "locale", "en")
        await settings.put(tx, Scope.user("1"), "locale", None)
        await settings.put(tx, Scope.user("1"), "never", None)
        assert await settings.of(tx, Scope.user("1")) == {Scope.user("1"): {}}


async def test_scopes_are_apart_and_each_is_answered(database: Database) -> None:
    async with database.write() as tx:
        await settings.put(tx, Scope.user("1"), "model", "local")
        await settings.put(tx, Scope.workspace("1"), "model", "other")
        found = await settings.of(tx, Scope.user("1"), Scope.workspace("1"), BOT_SETTINGS)
        assert await settings.of(tx) == {}
    assert found == {
        Scope.user("1"): {"model": "local"}, Scope.workspace("1"): {"model": "other"}, BOT_SETTINGS: {},
    }  # fmt: skip
