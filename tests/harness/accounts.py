"""What the books say of a person, and limits set for them."""

from storage.tables import ledger, people, settings
from storage.tables.owners import Account, Scope
from tests.harness.bots import Bot
from tests.harness.room import Person, Room


async def user_of(bot: Bot, person: Person) -> str:
    """The id of a person's user."""
    async with bot.running.database.read() as tx:
        user = await people.find(tx, person.who.platform, person.who.id)
    assert user
    return user.id


async def spent(bot: Bot, person: Person) -> tuple[int, int]:
    """Reserved and final microdollars of a person."""
    user = await user_of(bot, person)
    async with bot.running.database.read() as tx:
        usage = await ledger.usage(tx, Account.user(user), "microdollar")
    return usage.reserved, usage.spent


async def limited(bot: Bot, room: Room, **values: int) -> Person:
    """Somebody the bot knows, with limits of their own."""
    person = room.person("Anna")
    await person.say("/quota")
    await limit(bot, person, **values)
    return person


async def limit(bot: Bot, person: Person, **values: int) -> None:
    """Set limits of a person, such as images_day=3."""
    user = await user_of(bot, person)
    async with bot.running.database.write() as tx:
        for name, value in values.items():
            await settings.put(tx, Scope.user(user), f"limit-{name.replace('_', '-')}", value)
