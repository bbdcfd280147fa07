"""A stranger tries every command, button, form, reaction, reply and picture id on somebody else's things: nothing.

No word of theirs, no bytes, no row of theirs changed, and nothing is said where they are. Whoever adds a verb lists it
here with what its row is, or this file fails.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.core.chat.catalogue import COMMANDS, CommandSpec, Option
from bot.core.chat.front_rules import MEANINGS
from bot.core.chat.messages import Borrow, Command, Inspect, MessageRef, Outgoing, Reaction, Reply, Submit, Who
from bot.core.curation.judge import ALL, VERBS
from bot.core.incoming import button_presses, form_submissions
from bot.core.incoming.app import Asking, NoSuchPicture
from storage.tables.schema import attempts, generations, images, metadata, users
from storage.tables.schema import messages as messages_
from tests.harness.accounts import user_of
from tests.harness.bots import Bot, started
from tests.harness.room import Bytes, Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "zanzibar"
"""In every word Anna wrote."""
NAME = "Mila"
"""What Anna's persona, template and file are called: the stranger knows it."""

Row: TypeAlias = tuple[object, ...]
Tables: TypeAlias = dict[str, list[Row]]

# ── what there is to try: verb, what its row is, and its arguments ───────────────────────────────────────

NO_ARGUMENT = ("",)
BUTTONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(VERBS, ("images", NO_ARGUMENT)),
    **dict.fromkeys(ALL, ("generations", NO_ARGUMENT)),
    "trash": ("images", NO_ARGUMENT),
    "restore": ("images", NO_ARGUMENT),
    "cancel": ("generations", NO_ARGUMENT),
    "again": ("generations", NO_ARGUMENT),
    "vary": ("images", NO_ARGUMENT),
    "edit": ("images", NO_ARGUMENT),
    "recipe": ("images", NO_ARGUMENT),
    "original": ("images", NO_ARGUMENT),
    "parent": ("images", NO_ARGUMENT),
    "send": ("images", NO_ARGUMENT),
    "retry": ("generations", NO_ARGUMENT),
    "reword": ("generations", NO_ARGUMENT),
    "settings": ("own", ("here",)),
    "curate": ("generations", NO_ARGUMENT),
    "more": ("own", NO_ARGUMENT),
    "report": ("images", NO_ARGUMENT),
    "share": ("generations", NO_ARGUMENT),
    "vote": ("generations", NO_ARGUMENT),
    "endvote": ("generations", NO_ARGUMENT),
    "page": ("generations", ("0", "1")),
    "which": ("generations", button_presses.WHICH),
    "answer": ("generations", NO_ARGUMENT),
    "other": ("generations", ("paid",)),
    "gallery": ("drafts", ("older", "newer")),
    "shelf": ("drafts", ("keep-1", "undo-1")),
    "card": ("drafts", ("keep-0", "skip-0", "undo-0")),
    "zip": ("drafts", NO_ARGUMENT),
    "consent": ("drafts", ("me", "unreal")),
    "confirm": ("drafts", NO_ARGUMENT),
    "drop": ("drafts", NO_ARGUMENT),
    "make": ("drafts", NO_ARGUMENT),
    "person": ("drafts", NO_ARGUMENT),
    "addto": ("drafts", NO_ARGUMENT),
    "into": ("drafts", ("0",)),
    "forget": ("drafts", NO_ARGUMENT),
    "unmake": ("personas", NO_ARGUMENT),
    "menu": ("own", ("persona-list",)),
    "collected": ("drafts", NO_ARGUMENT),
    "uncollect": ("drafts", NO_ARGUMENT),
    "depict": ("personas", ("yes", "no")),
    "flag": ("images", ("me", "other")),
    "decide": ("images", ("show", "delete", "stop")),
    "changed": ("drafts", ("1",)),
    "traits": ("personas", ("hair", "all")),
    "trait": ("personas", ("freckles",)),
    "lend": ("drafts", ("yes", "no")),
    "let": ("workspaces", ("allow", "block")),
    "link": ("drafts", ("yes", "no")),
    "erase": ("drafts", NO_ARGUMENT),
    "grant": ("drafts", ("20", "50", "deny")),
}
"""`own`: the row is no row of anybody but a word about whoever presses."""
FORMS: Mapping[str, str] = {
    "make": "drafts",
    "person": "drafts",
    "edit": "images",
    "reword": "generations",
    "answer": "generations",
    "settings": "own",
    "persona": "personas",
    "fill": "drafts",
}
FIELDS = {"prompt": "a fox", "name": "Stolen", "kind": "product", "description": "", "marks": "", "persona": NAME}
PICTURES = {"i": "images", "r": "reference_photos", "s": "generations", "z": "drafts", "x": "drafts"}
DRAFTS = ("photo", "confirm", "gallery", "curate", "export", "erase", "link", "collect", "fill", "consent", "more",
          "lend", "changing")  # fmt: skip
"""The questions Anna left open: one of each kind that a button or a form can name."""


async def test_every_button_form_and_reaction_there_is_is_tried() -> None:
    there_are = {*button_presses._BY_ROW, *button_presses._BY_ACTION, *VERBS, *ALL}
    assert set(BUTTONS) == there_are, "list the new verb in BUTTONS with what its row is"
    assert set(FORMS) == set(form_submissions._TAKERS), "list the new form in FORMS with what its row is"
    kinds = {kind for kind, _ in BUTTONS.values()} | {*FORMS.values(), *PICTURES.values()}
    assert kinds <= {"own", *metadata.tables}


# ── Anna and her things ──────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class World:
    """The people, the rooms, and Anna's rows by table."""

    bot: Bot
    anna: Person
    stranger: Person
    home: Room
    group: Room
    shared: Room
    own: Room
    ids: dict[str, list[str]] = field(default_factory=dict)
    tables: Tables = field(default_factory=dict)
    """All rows there were before the stranger tried anything."""

    @property
    def all_ids(self) -> set[str]:
        return {id_ for ids in self.ids.values() for id_ in ids}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory, photo: Bytes, face: Bytes) -> AsyncIterator[World]:
    async with started(tmp_path_factory.mktemp("data"), ADMINS="test:boss") as bot:
        made = await _world(bot, photo, face)
        yield made
        await bot.scripted.release(0)


async def _world(bot: Bot, photo: Bytes, face: Bytes) -> World:
    home, group, shared, own = bot.room(), bot.room("group"), bot.room("group"), bot.room()
    anna, stranger = home.person("Anna"), own.person("Stranger")
    await Person(bot.room(), Who("test", "boss", "Boss"), "en").command("start")
    for room in (own, shared):
        await stranger.elsewhere(room).say("/start")
    await _pictures(anna, group, shared, photo)
    await _questions(anna, group, photo, face)
    await anna.say(f"/imagine [hold] {SECRET} --model paid")
    world = World(bot, anna, stranger, home, group, shared, own)
    await _settled(bot)
    await _note(world)
    world.tables = await dump(bot)
    return world


async def _pictures(anna: Person, group: Room, shared: Room, photo: Bytes) -> None:
    """Finished, failed and reported pictures: in private, in a group of hers, and for her alone among others."""
    home = anna.room
    await anna.say(f"/persona create {NAME} --kind product --description {SECRET}", photo)
    cleo = group.person("Cleo")
    await cleo.say("/quota")
    await anna.elsewhere(group).say(f"/persona edit {NAME} --depicts test:{cleo.who.id}")
    await anna.say(f"/imagine {SECRET} --persona {NAME} --model free --count 3")
    await anna.say(f"/imagine {SECRET} [fail refused] --model free")
    await home.quiet()
    there = anna.elsewhere(group)
    await there.say(f"/imagine {SECRET} --model free --count 2")
    await group.quiet()
    await there.say("/vote start")
    await there.say(f"/imagine {SECRET} reported --model free")
    await group.quiet()
    reported = group.results[-1].pictures[0].id.removeprefix("i:")
    await there.press_id(f"v1:flag:{reported}:other")
    await anna.elsewhere(shared).say(f"/imagine {SECRET} --model free --private on")
    await shared.quiet()


async def _questions(anna: Person, group: Room, photo: Bytes, face: Bytes) -> None:
    """Every question Anna could have open."""
    await anna.say("/gallery browse")
    await anna.say(f"/imagine {SECRET} --model paid --count 9")
    for command in ("/curate", "/privacy export", "/privacy delete", "/link"):
        await anna.say(command)
    await anna.say("", photo)
    await anna.say("", face)
    await anna.command("persona create")
    await anna.say(f"/reference add {NAME}")
    several = next(one for one in anna.room.results if len(one.pictures) > 1)
    await anna.handle(Reply(**anna.event(), to=anna.ref(anna.room.id_of(several)), text=SECRET))
    await anna.press_id("v1:more:images")
    there, ben = anna.elsewhere(group), group.person("Ben")
    await there.handle(Borrow(**there.event(), owner=ben.who, photos=(photo,), text=SECRET))


async def _settled(bot: Bot) -> None:
    """Wait until what is done is noted as delivered and the call that holds is known by its id."""
    undelivered = (
        select(generations.c.id)
        .join(images, images.c.generation_id == generations.c.id)
        .where(generations.c.delivered_at.is_(None), images.c.finished_at.is_not(None))
    )
    known = select(attempts.c.id).where(attempts.c.outcome == "sent", attempts.c.external_id.is_not(None))
    while True:
        async with bot.running.database.read() as tx:
            late, held = (await tx.execute(undelivered)).first(), (await tx.execute(known)).first()
        if not late and held:
            return
        await asyncio.sleep(0.01)


async def _note(world: World) -> None:
    """Anna's rows: all there are but those of others."""
    async with world.bot.running.database.read() as tx:
        others = set(await tx.scalars(select(users.c.id).where(users.c.name.in_(("Stranger", "Boss")))))
        for name in ("images", "generations", "personas", "reference_photos", "drafts", "users"):
            table = metadata.tables[name]
            rows = (await tx.execute(select(table))).mappings().all()
            world.ids[name] = [row["id"] for row in rows if not others & {*map(str, row.values())}]
        chats = (world.home.place.chat, world.group.place.chat)
        places = metadata.tables["workspaces"]
        world.ids["workspaces"] = list(await tx.scalars(select(places.c.id).where(places.c.chat.in_(chats))))
        drafts = metadata.tables["drafts"]
        kinds = set(await tx.scalars(select(drafts.c.kind).where(drafts.c.id.in_(world.ids["drafts"]))))
    assert kinds == set(DRAFTS)


# ── what must not happen ─────────────────────────────────────────────────────────────────────────────────


async def dump(bot: Bot) -> Tables:
    """Every row of every table of ours."""
    async with bot.running.database.read() as tx:
        return {
            name: [tuple(map(repr, row)) for row in await tx.execute(select(table))]
            for name, table in metadata.tables.items()
        }


def heard(world: World) -> dict[str, dict[str, Outgoing]]:
    return {chat: dict(said) for chat, said in world.bot.rooms.chats.items()}


def _goes_on(before: Outgoing | None) -> bool:
    """Whether a message tells of Anna's own work, which goes on and takes time whatever a stranger does."""
    return before is not None and before.type == "progress"


def told_to_the_stranger(world: World, before: dict[str, dict[str, Outgoing]]) -> Iterator[Outgoing]:
    for room in (world.own, world.shared):
        known = before.get(room.place.chat, {})
        yield from (said for id_, said in room.said.items() if known.get(id_) != said and not _goes_on(known.get(id_)))


async def nothing_came_of_it(world: World, rooms: dict[str, dict[str, Outgoing]]) -> None:
    """No word, id or row of Anna's was told or touched; what is new is the stranger's alone."""
    for room in (world.own, world.shared):
        await room.quiet()
    for said in told_to_the_stranger(world, rooms):
        assert SECRET not in repr(said)
        assert not [id_ for id_ in world.all_ids if id_ in repr(said)], said
    for room in (world.home, world.group):
        before, now = rooms[room.place.chat], world.bot.rooms.chats[room.place.chat]
        assert list(now) == list(before), "somebody else was told something"
        changed = [said for id_, said in now.items() if said != before[id_] and not _goes_on(before[id_])]
        assert not changed, "what somebody else was told has changed"
    after = await dump(world.bot)
    for name, rows in world.tables.items():
        gone = [row for row in rows if row not in after[name]]
        assert not gone, f"rows of {name} that were there are changed or gone"
        new = "\n".join(str(row) for row in after[name] if row not in rows)
        assert SECRET not in new, name
        assert not [id_ for id_ in world.all_ids if id_ in new], f"new rows of {name} are about Anna's things"


@pytest_asyncio.fixture(loop_scope="module")
async def watched(world: World) -> AsyncIterator[World]:
    """Anna's world, which after the test must be what it was before."""
    rooms = heard(world)
    yield world
    await nothing_came_of_it(world, rooms)


def places(world: World) -> tuple[Person, Person]:
    """The stranger at home, and in a group where Anna made a picture for herself."""
    return world.stranger, world.stranger.elsewhere(world.shared)


async def presses(who: Person, ids: Mapping[str, list[str]], verb: str) -> None:
    kind, args = BUTTONS[verb]
    for arg in args:
        for row in [arg or "images"] if kind == "own" else ids[kind]:
            action = f"v1:{verb}:{row}" + (f":{arg}" if arg and kind != "own" else "")
            await who.press_id(action)


@pytest.mark.parametrize("verb", BUTTONS)
async def test_no_button_does_anything_with_somebody_elses_things(watched: World, verb: str) -> None:
    for who in places(watched):
        await presses(who, watched.ids, verb)


@pytest.mark.parametrize("form", FORMS)
async def test_no_form_can_be_sent_for_somebody_else(watched: World, form: str) -> None:
    kind = FORMS[form]
    for who in places(watched):
        for row in ["form", "here"] if kind == "own" else watched.ids[kind]:
            fields = {} if kind == "own" else FIELDS
            await who.handle(Submit(**who.event(), form=f"v1:{form}:{row}", fields=fields))


async def messages_of(world: World) -> list[MessageRef]:
    """Every message of ours that shows something of Anna's."""
    async with world.bot.running.database.read() as tx:
        rows = await tx.execute(
            select(messages_.c.platform, messages_.c.chat, messages_.c.message_id).where(
                messages_.c.generation_id.in_(world.ids["generations"])
            )
        )
        return [MessageRef(*row) for row in rows]


@pytest.mark.parametrize("emoji", MEANINGS)
async def test_no_reaction_counts_on_somebody_elses_message(watched: World, emoji: str) -> None:
    for who in places(watched):
        for message in await messages_of(watched):
            for added in (True, False):
                await who.handle(Reaction(**who.event(), message=message, emoji=emoji, added=added))


@pytest.mark.parametrize("text", ["1", "1: a blue fox", "a blue fox"])
async def test_no_reply_counts_on_somebody_elses_message(watched: World, text: str) -> None:
    for who in places(watched):
        for message in await messages_of(watched):
            await who.handle(Reply(**who.event(), to=message, text=text))
            await who.handle(Inspect(**who.event(), message=message))


@pytest.mark.parametrize("kind", PICTURES)
async def test_no_bytes_of_somebody_else_are_given_away(watched: World, kind: str) -> None:
    sizes = ("thumb", "full", "original")
    for row in watched.ids[PICTURES[kind]]:
        for size in sizes:
            with pytest.raises(NoSuchPicture):
                await watched.bot.running.app.picture(f"{kind}:{row}", watched.stranger.who, size)  # type: ignore[arg-type]  # the sizes there are


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────


def named(world: World, spec: CommandSpec, option: Option) -> str | None:
    """What the stranger writes into an option: the names and ids of Anna's things where it takes any."""
    if option.name == "generation":
        return world.ids["generations"][0]
    if option.name == "name":
        return "Theirs"
    if option.name == "who" and spec.name == "vote settings":
        return None  # whom people let vote in a place of their own is no thing of Anna's
    if option.name == "who":
        return f"test:{world.anna.who.id}"
    match option.kind:
        case "persona":
            return NAME
        case "choice" | "model" | "whole" | "flag" | "photos" | "command":
            return "1" if option.kind == "whole" and option.required else None
        case _:
            return NAME if option.required or option.name in ("text", "template") else None


@pytest.mark.parametrize("spec", COMMANDS, ids=lambda spec: spec.name)
async def test_no_command_reaches_somebody_elses_things_by_name_or_id(
    watched: World, spec: CommandSpec, photo: Bytes
) -> None:
    for who in places(watched):
        options = {one.name: value for one in spec.options if (value := named(watched, spec, one))}
        await who.handle(Command(**who.event(), name=spec.name, options=options))
        if any(one.kind == "photos" for one in spec.options):
            await who.handle(Command(**who.event(), name=spec.name, options=options, photos=(photo,)))
        await who.handle(Command(**who.event(), name=spec.name))


async def test_what_a_stranger_exports_downloads_and_counts_is_their_own(watched: World) -> None:
    who = watched.stranger
    await who.say("/privacy export")
    file = watched.own.last
    exported = await watched.bot.running.app.picture(file.file, who.who, "original")  # type: ignore[union-attr]
    assert SECRET.encode() not in exported.data
    assert not [id_ for id_ in watched.all_ids if id_.encode() in exported.data]
    await who.say("/queue")
    assert watched.own.read() == "Nothing of yours waits or runs."


@pytest.mark.parametrize("spec", COMMANDS, ids=lambda spec: spec.name)
async def test_nothing_of_somebody_else_is_suggested(world: World, spec: CommandSpec) -> None:
    for who in places(world):
        for option in spec.options:
            for typed in ("", "m", SECRET[:3]):
                asking = Asking(who.who, who.room.place, "en", spec.name, option.name, typed)
                for one in await world.bot.running.app.suggest(asking):
                    assert NAME not in (one.value, one.label)
                    assert SECRET not in one.value + one.label


async def test_a_dialogue_is_remembered_for_nobody_else(world: World) -> None:
    app, anna, place = world.bot.running.app, world.anna.who, world.home.place
    await app.keep_dialogue(anna, place, {"words": SECRET})
    assert await app.dialogue(world.stranger.who, place) is None
    assert await app.dialogue(anna, world.own.place) is None
    await app.keep_dialogue(anna, place, None)


async def test_anna_still_has_everything(world: World) -> None:
    """The things that were tried work for whose they are: nothing was refused for being wrong itself."""
    app, anna = world.bot.running.app, world.anna
    async with world.bot.running.database.read() as tx:
        own = select(images.c.id).where(
            images.c.user_id == await user_of(world.bot, anna),
            images.c.status == "done",
            images.c.reported_at.is_(None),
        )
        pictures = list(await tx.scalars(own))
    for id_ in pictures:
        assert (await app.picture(f"i:{id_}", anna.who, "full")).data
    assert len(pictures) == 6
    await anna.press("Cancel", next(id_ for id_, said in world.home.said.items() if said.type == "progress"))
    await world.home.quiet()
