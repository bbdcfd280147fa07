"""A picture posted in a place is seen by whoever can read that place now, and by nobody else: everywhere."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.core.chat.messages import Outgoing, Press, Reaction, Reply, Show
from bot.core.incoming.app import NoSuchPicture
from storage.tables import images, people, settings
from storage.tables.owners import Scope
from tests.harness.bots import Bot
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(slots=True)
class Scene:
    """A server with two channels; Anna posted a picture in the staff channel, and Ben reads both for now."""

    lobby: Room
    staff: Room
    anna: Person
    ben: Person
    result: str
    picture: str
    generation: str


@pytest_asyncio.fixture(loop_scope="module")
async def scene(bot: Bot) -> AsyncIterator[Scene]:
    lobby = bot.room("group")
    staff = lobby.thread("staff")
    anna = staff.person("Anna")
    await anna.say("/imagine a confidential heron --model free")
    await staff.quiet()
    shown = staff.results[-1]
    picture = shown.pictures[0].id.removeprefix("i:")
    async with bot.running.database.read() as tx:
        image = await images.get(tx, picture)
    assert image
    ben = lobby.person("Ben")
    await ben.say("/quota")
    yield Scene(lobby, staff, anna, ben, staff.id_of(shown), picture, image.generation)


def pictures(outgoing: Outgoing) -> set[str]:
    return {one.id.removeprefix("i:") for one in outgoing.pictures} if isinstance(outgoing, Show) else set()


async def browsed(person: Person, options: str = "") -> set[str]:
    await person.say(f"/gallery browse {options}")
    return pictures(person.room.last)


async def bytes_of(bot: Bot, person: Person, picture: str) -> bool:
    try:
        await bot.running.app.picture(f"i:{picture}", person.who, "thumb")
    except NoSuchPicture:
        return False
    return True


async def hidden(bot: Bot, scene: Scene) -> None:
    scene.staff.hide(scene.ben)


async def left(bot: Bot, scene: Scene) -> None:
    scene.lobby.leave(scene.ben)


async def blocked(bot: Bot, scene: Scene) -> None:
    async with bot.running.database.write() as tx:
        user = await people.find(tx, "test", scene.ben.who.id)
        assert user
        await settings.put(tx, Scope.user(user.id), "blocked", True)


async def test_whoever_reads_the_channel_sees_its_pictures_from_every_channel(bot: Bot, scene: Scene) -> None:
    assert scene.picture in await browsed(scene.ben)
    assert scene.picture in await browsed(scene.ben, "heron")
    assert await bytes_of(bot, scene.ben, scene.picture)


async def test_a_channel_that_was_lost_is_gone_from_gallery_search_and_count(bot: Bot, scene: Scene) -> None:
    await hidden(bot, scene)
    assert scene.picture not in await browsed(scene.ben)
    assert scene.picture not in await browsed(scene.ben, "confidential heron")
    assert "heron" not in scene.lobby.read()
    assert not await bytes_of(bot, scene.ben, scene.picture)


async def test_a_page_that_was_open_before_shows_and_judges_nothing_any_more(bot: Bot, scene: Scene) -> None:
    assert scene.picture in await browsed(scene.ben)
    page = scene.lobby.last
    assert isinstance(page, Show)
    keep = next(one.actions["keep"] for one in page.pictures if one.id == f"i:{scene.picture}")
    message = scene.lobby.id_of(page)
    await hidden(bot, scene)
    await scene.ben.press_on(message, keep)
    assert await verdict(bot, scene) == "undecided"
    assert scene.picture not in pictures(scene.lobby.last)


@pytest.mark.parametrize("lose", [hidden, left, blocked])
@pytest.mark.parametrize(
    "action", ["keep:{i}", "vary:{i}", "edit:{i}", "recipe:{i}", "original:{i}", "send:{i}", "parent:{i}", "report:{i}",
               "again:{g}", "curate:{g}", "page:{g}:0", "which:{g}:edit", "vote:{g}", "trash:{i}"],
)  # fmt: skip
async def test_no_button_works_for_somebody_who_lost_the_place(
    bot: Bot, scene: Scene, lose: Callable[[Bot, Scene], Awaitable[None]], action: str
) -> None:
    await lose(bot, scene)
    before = len(scene.lobby.said)
    await scene.ben.press_id("v1:" + action.format(i=scene.picture, g=scene.generation))
    said = list(scene.lobby.said.values())[before:]
    assert said
    assert all(scene.picture not in pictures(one) and getattr(one, "tone", "error") == "error" for one in said)
    assert await verdict(bot, scene) == "undecided"


@pytest.mark.parametrize("lose", [hidden, left, blocked])
async def test_reactions_and_replies_from_elsewhere_do_nothing(
    bot: Bot, scene: Scene, lose: Callable[[Bot, Scene], Awaitable[None]]
) -> None:
    await lose(bot, scene)
    message = scene.ben.ref(scene.result)
    event = scene.ben.event()
    await scene.ben.handle(Reaction(**event, message=message, emoji="✅", added=True))
    await scene.ben.handle(Reply(**scene.ben.event(), to=message, text="1"))
    await scene.ben.handle(Press(**scene.ben.event(), action=f"v1:keepall:{scene.generation}", message=message))
    assert await verdict(bot, scene) == "undecided"


async def test_nothing_is_shown_while_the_platform_cannot_be_asked(bot: Bot, scene: Scene) -> None:
    front = bot.running.fronts["test"]
    del bot.running.fronts["test"]
    try:
        assert not await bytes_of(bot, scene.ben, scene.picture)
    finally:
        bot.running.fronts["test"] = front


async def test_owners_see_their_pictures_wherever_they_are(bot: Bot, scene: Scene) -> None:
    scene.lobby.leave(scene.anna)
    assert await bytes_of(bot, scene.anna, scene.picture)
    assert scene.picture in await browsed(scene.anna.elsewhere(bot.room()))


async def verdict(bot: Bot, scene: Scene) -> str:
    async with bot.running.database.read() as tx:
        image = await images.get(tx, scene.picture)
    assert image
    return image.verdict
