"""Everything we keep about a person, to have it or to be rid of it."""

import asyncio
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select, text

from bot.core.chat.messages import Ask, Document, MessageRef, Outgoing, Place, Progress, Show
from bot.core.front_state.transcript import Entry
from bot.core.incoming.app import NoSuchPicture
from storage.tables import ledger, people, schema, settings, workspaces
from storage.tables.ledger import Usage
from storage.tables.owners import OPERATOR, Account, Scope
from tests.harness.bots import Bot
from tests.harness.room import Bytes, Person, Room, Rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def archive_of(bot: Bot, person: Person, document: Outgoing) -> zipfile.ZipFile:
    assert isinstance(document, Document)
    assert document.private
    file = await bot.running.app.picture(document.file, person.who, "original")
    assert file.media_type == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(file.data))
    assert archive.testzip() is None
    return archive


async def exported(bot: Bot, person: Person) -> zipfile.ZipFile:
    await person.say("/privacy export")
    return await archive_of(bot, person, person.room.last)


def rows(archive: zipfile.ZipFile, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(archive.read(f"rows/{table}.json"))
    return found


async def usage(bot: Bot, person: Person, unit: str = "microdollar") -> Usage:
    async with bot.running.database.read() as tx:
        user = await people.find(tx, "test", person.who.id)
        assert user
        return await ledger.usage(tx, Account.user(user.id), unit)


async def operator_cost(bot: Bot) -> int:
    """What the operator paid for nothing."""
    costs = select(schema.ledger.c.amount).where(schema.ledger.c.account == str(OPERATOR))
    async with bot.running.database.read() as tx:
        return sum(await tx.scalars(costs))


async def kept(bot: Bot) -> str:
    """All rows of all our tables as text, and the names of all stored files."""
    async with bot.running.database.read() as tx:
        found = [(await tx.execute(select(table))).all() for table in schema.metadata.sorted_tables]
        return str([*found, (await tx.execute(text("SELECT * FROM prompt_words"))).all()])


def files(bot: Bot) -> set[str]:
    folder = Path(str(bot.running.database.url.partition("///")[2])).parent / "blobs"
    return {path.name for path in folder.rglob("*") if path.is_file()}


async def delete(person: Person) -> str:
    """Ask, say yes, and the answer's words."""
    await person.say("/privacy delete")
    await person.press("Delete everything", person.room.last)
    return person.room.read()


@dataclass(frozen=True, slots=True)
class Ann:
    """Somebody with a persona, a picture of it and a vote; nobody else has their name or says their word."""

    room: Room
    person: Person
    word: str


async def ann_with_everything(bot: Bot, photo: Bytes) -> Ann:
    room = bot.room()
    word = f"xylophone{uuid4().hex}"
    person = room.person(f"Ann of {word}")
    await person.say("/persona create Zerlina --kind fictional", photo)
    await person.say(f"/imagine a {word} --persona Zerlina --model paid")
    await room.quiet()
    await person.press("Keep")
    return Ann(room, person, word)


def pink() -> Bytes:
    """A photo that nobody else has."""
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), "pink").save(buffer, "JPEG")
    return Bytes("pink.jpg", buffer.getvalue())


# ── export ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_export_holds_rows_pictures_and_photos(bot: Bot, photo: Bytes) -> None:
    ann = await ann_with_everything(bot, photo)
    archive = await exported(bot, ann.person)
    [persona], [request] = rows(archive, "personas"), rows(archive, "generations")
    [image], [reference] = rows(archive, "images"), rows(archive, "reference_photos")
    assert (persona["name"], request["prompt"], image["cost"]) == ("Zerlina", f"a {ann.word}", 40_000)
    assert image["recipe"]["final_prompt"] == request["final_prompt"]
    assert (image["recipe"]["model"], image["recipe"]["persona_id"]) == ("paid", persona["id"])
    assert image["created_at"].endswith("+00:00")
    assert [(vote["choice"], vote["image_id"]) for vote in rows(archive, "votes")] == [("keep", image["id"])]
    assert {entry["kind"] for entry in rows(archive, "ledger")} == {"reserve", "commit", "release"}
    assert rows(archive, "identities")[0]["platform_id"] == ann.person.who.id
    assert archive.read(f"pictures/{image['id']}.png").startswith(b"\x89PNG")
    assert archive.read(f"photos/{reference['id']}.jpg").startswith(b"\xff\xd8")


async def test_an_export_says_nothing_of_where_bytes_lie(bot: Bot, photo: Bytes) -> None:
    ann = await ann_with_everything(bot, photo)
    archive = await exported(bot, ann.person)
    assert not {"blob", "thumbnail"} & (rows(archive, "images")[0].keys() | rows(archive, "reference_photos")[0].keys())


async def test_an_export_names_what_is_lost_and_holds_the_rest(bot: Bot, photo: Bytes) -> None:
    ann = await ann_with_everything(bot, photo)
    (await bot.blob_of(ann.room.results[-1].pictures[0].id)).unlink()
    archive = await exported(bot, ann.person)
    [image], [reference] = rows(archive, "images"), rows(archive, "reference_photos")
    assert json.loads(archive.read("lost.json")) == [f"pictures/{image['id']}"]
    assert archive.read(f"photos/{reference['id']}.jpg").startswith(b"\xff\xd8")


async def test_an_empty_account_has_an_export_too(bot: Bot) -> None:
    archive = await exported(bot, bot.room().person("Nobody"))
    assert [row["name"] for row in rows(archive, "users")] == ["Nobody"]
    assert rows(archive, "images") == rows(archive, "personas") == rows(archive, "ledger") == []


async def test_nobody_else_gets_an_export_and_it_holds_nothing_of_others(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    ann, bo = room.person("Ann"), room.person("Bo")
    await ann.say("/imagine secret fox --model free")
    await room.quiet()
    await bo.say("/privacy export")
    document = room.last
    assert isinstance(document, Document)
    archive = await archive_of(bot, bo, document)
    assert all("secret fox" not in archive.read(name).decode() for name in archive.namelist())
    for viewer in (ann, room.person("Stranger")):
        with pytest.raises(NoSuchPicture):
            await bot.running.app.picture(document.file, viewer.who, "original")
    with pytest.raises(NoSuchPicture):
        await bot.running.app.picture("x:nothing", bo.who, "original")


async def test_an_export_ends_after_its_day(bot: Bot) -> None:
    nobody = bot.room().person("Nobody")
    await nobody.say("/privacy export")
    document = nobody.room.last
    assert isinstance(document, Document)
    row = schema.drafts.c.id == document.file.removeprefix("x:")
    async with bot.running.database.write() as tx:
        await tx.execute(schema.drafts.update().where(row).values(expires_at=1))
    with pytest.raises(NoSuchPicture):
        await bot.running.app.picture(document.file, nobody.who, "original")


async def test_much_comes_in_parts_that_fit(bot: Bot) -> None:
    room = bot.room()
    ann = room.person("Ann")
    await ann.say("/imagine foxes --model free --count 3")
    await room.quiet()
    mine = schema.images.c.id.in_([picture.id[2:] for picture in room.results[0].pictures])
    async with bot.running.database.write() as tx:
        await tx.execute(schema.images.update().where(mine).values(bytes=15_000_000))
    before = len(room.said)
    await ann.say("/privacy export")
    first, second = list(room.said.values())[before:]
    assert room.read(first).splitlines()[1] == "Part 1 of 2"
    assert room.read(second) == "Part 2 of 2"
    names = [(await archive_of(bot, ann, part)).namelist() for part in (first, second)]
    assert [sum(name.startswith("pictures/") for name in part) for part in names] == [2, 1]
    assert [any(name.startswith("rows/") for name in part) for part in names] == [True, False]


async def test_a_picture_whose_bytes_are_gone_does_not_keep_the_rest(bot: Bot) -> None:
    room = bot.room()
    ann = room.person("Ann")
    await ann.say("/imagine foxes --model free --count 2")
    await room.quiet()
    gone, there = (picture.id[2:] for picture in room.results[0].pictures)
    async with bot.running.database.write() as tx:
        await tx.execute(schema.images.update().where(schema.images.c.id == gone).values(blob="00/00/gone"))
    assert f"pictures/{there}.png" in (await exported(bot, ann)).namelist()


# ── delete ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_question_says_in_numbers_what_goes(bot: Bot, photo: Bytes) -> None:
    ann = await ann_with_everything(bot, photo)
    await ann.person.say("/privacy delete")
    question = ann.room.last
    assert isinstance(question, Ask)
    assert question.private
    assert ann.room.read() == (
        "Delete everything I keep about you? It cannot be undone.\n"
        "Personas: 1\n"
        "Photos you sent: 1\n"
        "Pictures: 1 (requests: 1)\n"
        "Votes: 1\n"
        "What pictures cost stays in the books without your name, and limits you used up stay used up.\n"
        "To have it all first: /privacy export"
    )


async def test_a_no_deletes_nothing(bot: Bot, photo: Bytes) -> None:
    ann = await ann_with_everything(bot, photo)
    await ann.person.say("/privacy delete")
    await ann.person.press("No", ann.room.last)
    assert len(rows(await exported(bot, ann.person), "images")) == 1


async def test_after_a_yes_nothing_is_left_and_the_answer_says_how_much_went(bot: Bot) -> None:
    earlier = files(bot)
    ann = await ann_with_everything(bot, pink())
    assert len(files(bot) - earlier) >= 2, "the photo and its thumbnail, and the picture unless others have it too"
    before = await kept(bot)
    traces = (ann.person.who.id, ann.room.place.chat, ann.word)
    assert all(trace in before for trace in traces)
    assert "\nPersonas: 1\nPhotos you sent: 1\nPictures: 1 (requests: 1)\nVotes: 1\n" in await delete(ann.person)
    after = await kept(bot)
    assert [trace for trace in traces if trace in after] == []
    assert files(bot) - earlier == set()
    assert not [one for shown in ann.room.results for one in shown.pictures if one.id.startswith("i:")]


async def test_pictures_cannot_be_seen_any_more(bot: Bot, photo: Bytes) -> None:
    ann = await ann_with_everything(bot, photo)
    [picture] = ann.room.results[-1].pictures
    await ann.person.say("/privacy export")
    export = ann.room.last
    assert isinstance(export, Document)
    await delete(ann.person)
    for id_ in (picture.id, export.file):
        with pytest.raises(NoSuchPicture):
            await bot.running.app.picture(id_, ann.person.who, "full")


async def test_buttons_of_what_is_deleted_are_polite(bot: Bot, photo: Bytes) -> None:
    ann = await ann_with_everything(bot, photo)
    actions = [button.action for row in ann.room.results[-1].buttons for button in row]
    await ann.person.say("/privacy delete")
    question = ann.room.id_of(ann.room.last)
    asked = ann.room.said[question]
    assert isinstance(asked, Ask)
    await ann.person.press("Delete everything", question)
    for action in (*actions, asked.buttons[0][0].action):
        await ann.person.press_id(action)
        assert ann.room.read() in ("This picture is gone.", "This button no longer works.")


async def test_spent_limits_do_not_come_back_by_deleting_and_returning(bot: Bot) -> None:
    room = bot.room()
    ann = room.person("Ann")
    for _ in range(2):
        await ann.say("/imagine a fox --model paid")
        await room.quiet()
        await delete(ann)
    assert (await say_and_read(ann, "/quota")).splitlines()[:2] == [
        "Today: 2 of 50 pictures, 48 left. The day ends at midnight UTC.",
        "This month: $0.08 of $10.00, $9.92 left.",
    ]
    assert await usage(bot, ann) == Usage(reserved=0, spent=80_000)


async def say_and_read(person: Person, text_: str) -> str:
    await person.say(text_)
    return person.room.read()


async def test_work_that_waits_and_runs_ends_cancelled_and_its_money_is_released(bot: Bot) -> None:
    room = bot.room()
    ann = room.person("Ann")
    earlier, cost, calls = files(bot), await operator_cost(bot), len(bot.scripted.journal)
    await ann.say("/imagine [hold] foxes --model paid --count 4")
    await drawing(room)
    await ann.say("/privacy delete")
    assert "\nStill being made, and to be stopped: 4\n" in room.read()
    await ann.press("Delete everything", room.last)
    assert "\nStopped while they were made: 4\n" in room.read()
    for unit in ("image", "microdollar"):
        account = schema.ledger.c.account.like("user:%")
        assert await balance(bot, unit, account) == 0
    assert await say_and_read(ann, "/queue") == "Nothing of yours waits or runs."
    assert await usage(bot, ann) == Usage(reserved=0, spent=0)
    await room.quiet()
    assert not room.results
    assert files(bot) - earlier == set()
    assert await operator_cost(bot) == cost, "the provider stopped what it had begun"
    assert len(bot.scripted.journal) <= calls + 2, "what waited was never sent"


async def drawing(room: Room) -> None:
    """Wait until a picture is being drawn."""
    while not any(isinstance(said, Progress) and said.state == "running" for said in room.said.values()):
        room.rooms.changed.clear()
        await room.rooms.changed.wait()


async def test_a_platform_that_does_not_let_go_of_messages_does_not_stop_it(bot: Bot, photo: Bytes) -> None:
    class Stubborn(Rooms):
        async def remove(self, ref: MessageRef) -> None:
            raise PermissionError(ref.id)

    ann = await ann_with_everything(bot, photo)
    rooms = bot.running.fronts["test"]
    bot.running.fronts["test"] = Stubborn(chats=bot.rooms.chats)
    answer = await delete(ann.person)
    bot.running.fronts["test"] = rooms
    assert answer.startswith("Everything I kept about you is deleted.")
    assert ann.word not in await kept(bot)


async def test_a_result_that_was_being_posted_meanwhile_is_taken_back(bot: Bot) -> None:
    class Slow(Rooms):
        posting = asyncio.Event()
        go_on = asyncio.Event()
        taken_back = asyncio.Event()

        async def send(
            self,
            place: Place,
            outgoing: Outgoing,
            key: str,
            *,
            instead_of: MessageRef | None = None,
            to: str | None = None,
        ) -> MessageRef:
            self.posting.set()
            await self.go_on.wait()
            return await super().send(place, outgoing, key, instead_of=instead_of, to=to)

        async def remove(self, ref: MessageRef) -> None:
            await super().remove(ref)
            if self.go_on.is_set():
                self.taken_back.set()

    rooms, slow = bot.running.fronts["test"], Slow(chats=bot.rooms.chats)
    bot.running.fronts["test"] = slow
    room = bot.room()
    ann = room.person("Ann")
    await ann.say("/imagine a fox --model free")
    await slow.posting.wait()
    await delete(ann)
    slow.go_on.set()
    await slow.taken_back.wait()
    bot.running.fronts["test"] = rooms
    assert not [said for said in room.said.values() if isinstance(said, Progress | Show)]


async def test_in_a_team_vote_the_ballots_of_who_left_no_longer_count(bot: Bot) -> None:
    room = bot.room("group")
    ann, bo = room.person("Ann"), room.person("Bo")
    await ann.say("/imagine a fox --model free")
    await room.quiet()
    [picture] = room.results[0].pictures
    await team(bot, room)
    await bo.press("Reject", room.results[0])
    assert room.results[0].pictures[0].verdict == "rejected"
    await delete(bo)
    assert room.results[0].pictures[0].id == picture.id
    assert room.results[0].pictures[0].verdict == "undecided"


async def team(bot: Bot, room: Room) -> None:
    """Let everybody in a room decide."""
    async with bot.running.database.write() as tx:
        workspace = await workspaces.find(tx, "test", room.place.chat)
        assert workspace
        await settings.put(tx, Scope.workspace(workspace.id), "voting", {"mode": "team", "quorum": 1})


async def test_words_of_a_chat_without_a_memory_of_its_own_go_and_open_pages_are_told(bot: Bot) -> None:
    room = bot.room("group")
    ann = room.person("Ann")
    await ann.say("/quota")
    [shown] = room.said
    for id_, author in ((shown, "bot"), ("hers", ann.who.id), ("theirs", "bo")):
        private_to = ann.who.id if author == "bot" else None
        await bot.running.state.transcript.append(Entry(room.place.chat, id_, author, "", {}, private_to, 1))
    await delete(ann)
    left = await bot.running.state.transcript.page(room.place.chat, ann.who.id)
    assert [entry.id for entry in left] == ["theirs"]
    assert shown not in room.said


async def test_what_others_have_stays(bot: Bot, photo: Bytes) -> None:
    room = bot.room("group")
    ann, bo = room.person("Ann"), room.person("Bo")
    for person in (ann, bo):  # the same photo and the same picture: the same bytes
        await person.say("/persona create Twin --kind fictional", photo)
        await person.say("/imagine twins --model free --seed 7")
        await room.quiet()
    await delete(ann)
    [image] = rows(archive := await exported(bot, bo), "images")
    assert archive.read(f"pictures/{image['id']}.png")
    assert [name for name in archive.namelist() if name.startswith("photos/")]


async def balance(bot: Bot, unit: str, whose: Any) -> int:
    """What is still reserved."""
    query = select(schema.ledger.c.kind, schema.ledger.c.amount).where(schema.ledger.c.unit == unit, whose)
    async with bot.running.database.read() as tx:
        found = (await tx.execute(query)).all()
    return sum(amount if kind == "reserve" else -amount for kind, amount in found if kind != "grant")
