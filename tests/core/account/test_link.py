"""One person on two platforms: a code, a yes on both sides, and everything is the same on both."""

import asyncio
from uuid import uuid4

import pytest

from bot.core.account.link import LIFE, MOST
from bot.core.account.link_codes import key_of, new_code
from bot.core.chat.messages import Ask, Document, Form, Place, Say, Who
from storage.tables import drafts, ledger, people, personas, schema, votes
from storage.tables.owners import Account
from storage.tables.people import User
from storage.tables.votes import Vote
from tests.harness.bots import Bot
from tests.harness.room import Person, Room, Rooms

pytestmark = pytest.mark.asyncio(loop_scope="module")


def elsewhere(bot: Bot, name: str) -> Person:
    """Somebody in a private chat of another platform."""
    front = bot.running.fronts.setdefault("other", Rooms("other"))
    assert isinstance(front, Rooms)
    room = Room(bot.running.app, front)
    room.place = Place("other", uuid4().hex)
    return Person(room, Who("other", uuid4().hex, name), "en")


def at_home(bot: Bot, name: str) -> Person:
    return bot.room().person(name)


async def user_of(bot: Bot, person: Person) -> User:
    async with bot.running.database.read() as tx:
        user = await people.find(tx, person.who.platform, person.who.id)
    assert user
    return user


async def code_for(person: Person) -> str:
    await person.say("/link")
    return person.room.read().splitlines()[1].removeprefix("/link ")


async def refused(person: Person, text: str) -> str:
    """The sentence that a command is refused with."""
    await person.say(text)
    answer = person.room.last
    assert isinstance(answer, Say)
    assert answer.tone == "error"
    return person.room.read()


async def brought(bot: Bot) -> tuple[Person, Person, str]:
    """Ann at home with a code that Annie has brought elsewhere, and the code."""
    ann, annie = at_home(bot, "Ann"), elsewhere(bot, "Annie")
    code = await code_for(ann)
    await annie.say(f"/link {code}")
    return ann, annie, code


def buttons(person: Person) -> dict[str, str]:
    """The actions under the last message by their labels."""
    outgoing = person.room.last
    assert not isinstance(outgoing, Form | Document)
    app = person.room.app
    return {app.words(button.label, "en"): button.action for row in outgoing.buttons for button in row}


async def change(bot: Bot, code: str, **values: object) -> None:
    """Put other values into the row behind a code."""
    async with bot.running.database.write() as tx:
        await tx.execute(schema.drafts.update().where(schema.drafts.c.id == key_of(code)).values(values))


# ── the way it goes ──────────────────────────────────────────────────────────────────────────────────────


async def test_after_a_yes_on_both_sides_both_are_one_person(bot: Bot) -> None:
    ann, annie, _ = await brought(bot)
    older = await user_of(bot, ann)
    question = annie.room.last
    assert isinstance(question, Ask)
    assert question.private
    assert annie.room.read().startswith("Join with Ann on Test? You will share personas, gallery and limits.")
    await annie.press("Join")
    assert annie.room.read() == "Now say yes on Test too: I asked you there."
    assert ann.room.read().startswith("Join with Annie on Other?")
    assert await user_of(bot, annie) != older
    await ann.press("Join")
    assert ann.room.read().startswith("Joined with Annie on Other.")
    assert annie.room.read().startswith("Joined with Ann on Test.")
    assert (await user_of(bot, ann)).id == (await user_of(bot, annie)).id == older.id


async def test_personas_gallery_and_limits_are_the_same_on_both(bot: Bot) -> None:
    ann, annie = at_home(bot, "Ann"), elsewhere(bot, "Annie")
    for person in (ann, annie):
        await person.say("/persona create Mila --kind fictional")
        await person.say(f"/imagine {person.who.name} with a fox --model paid")
        await person.room.quiet()
    code = await code_for(annie)
    await ann.say(f"/link {code}")
    await ann.press("Join")
    await annie.press("Join")
    user = await user_of(bot, ann)
    async with bot.running.database.read() as tx:
        assert [one.name for one in await personas.owned(tx, user.id)] == ["Mila", "Mila 2"]
        assert (await ledger.usage(tx, Account.user(user.id), "microdollar")).spent == 80_000
    for person in (ann, annie):
        await person.say("/quota")
        assert person.room.read().startswith("Today: 2 of 50 pictures")
        await person.say("/gallery browse")
        [shown] = [person.room.results[-1]]
        assert len(shown.pictures) == 2


async def test_a_picture_asked_for_before_the_join_arrives_after_it(bot: Bot) -> None:
    ann, annie, _ = await brought(bot)
    await annie.say("/imagine [hold] a fox --model paid")
    await annie.press("Join")
    await ann.press("Join")
    await bot.scripted.release()
    await annie.room.quiet()
    assert len(annie.room.results) == 1
    user = await user_of(bot, ann)
    async with bot.running.database.read() as tx:
        assert (await ledger.usage(tx, Account.user(user.id), "microdollar")).spent == 40_000


async def test_a_persons_two_votes_become_one_and_the_picture_says_so(bot: Bot) -> None:
    ann, annie, _ = await brought(bot)
    await annie.say("/imagine a fox --model free")
    await annie.room.quiet()
    await annie.press("Keep")
    [picture] = annie.room.results[-1].pictures
    async with bot.running.database.write() as tx:
        vote = Vote(picture.id.removeprefix("i:"), (await user_of(bot, ann)).id, "reject", False)
        await votes.put(tx, vote, 1)
    await annie.press("Join")
    await ann.press("Join")
    assert annie.room.results[-1].pictures[0].verdict == "rejected"


async def test_a_code_is_forgiven_its_case_and_what_stands_between(bot: Bot) -> None:
    ann, annie = at_home(bot, "Ann"), elsewhere(bot, "Annie")
    code = await code_for(ann)
    await annie.say(f"/link {code[:5].lower()}-{code[5:9]} {code[9:]}")
    assert isinstance(annie.room.last, Ask)


async def test_only_the_hash_of_a_code_is_stored(bot: Bot) -> None:
    code = await code_for(at_home(bot, "Ann"))
    assert len(code) == 26
    async with bot.running.database.read() as tx:
        draft = await drafts.get(tx, key_of(code))
    assert draft
    assert code not in str(draft)
    assert new_code() != code


# ── the ways it does not go ──────────────────────────────────────────────────────────────────────────────


async def test_a_no_on_either_side_ends_it_and_the_other_is_told(bot: Bot) -> None:
    ann, annie, code = await brought(bot)
    await annie.press("No")
    assert annie.room.read() == "Left apart. The code no longer works."
    assert ann.room.read().startswith("Annie on Other said no, so nothing was joined.")
    assert (await refused(annie, f"/link {code}")).startswith("This code was used already, ")

    ann, annie, code = await brought(bot)
    await annie.press("Join")
    await ann.press("No")
    assert annie.room.read().startswith("Ann on Test said no")
    assert await user_of(bot, ann) != await user_of(bot, annie)


async def test_codes_are_secret(bot: Bot) -> None:
    person = bot.room("group").person("Ann")
    assert await refused(person, "/link") == "Codes are secret. Ask me for one in a private chat."


async def test_a_code_can_be_brought_where_others_read_but_only_its_bringer_is_answered(bot: Bot) -> None:
    ann, annie = at_home(bot, "Ann"), bot.room("group").person("Annie")
    await annie.say(f"/link {await code_for(ann)}")
    await annie.press("Join")
    await ann.press("Join")
    assert (await user_of(bot, ann)).id == (await user_of(bot, annie)).id
    assert all(said.private for said in annie.room.said.values())
    assert len(annie.room.said) == 1


async def test_a_forged_code(bot: Bot) -> None:
    for forged in (new_code(), "x", "⁂", "'; --"):
        assert (await refused(elsewhere(bot, "Eve"), f"/link {forged}")).startswith("I gave nobody this code.")


async def test_a_row_that_is_no_code(bot: Bot) -> None:
    ann, eve = at_home(bot, "Ann"), at_home(bot, "Eve")
    await ann.say("make me a picture")
    for id_ in (buttons(ann)["✖ No"].split(":")[2], "0" * 32):
        await eve.press_id(f"v1:link:{id_}:yes")
        assert eve.room.read() == "This button no longer works."


async def test_an_expired_code(bot: Bot) -> None:
    code = await code_for(at_home(bot, "Ann"))
    await change(bot, code, expires_at=1)
    assert (await refused(elsewhere(bot, "Annie"), f"/link {code}")).startswith("This code is too old.")


async def test_a_yes_that_comes_too_late(bot: Bot) -> None:
    ann, annie, code = await brought(bot)
    await change(bot, code, expires_at=1)
    await annie.press("Join")
    assert annie.room.read().startswith("This code is too old.")
    assert await user_of(bot, ann) != await user_of(bot, annie)


async def test_a_code_that_was_used(bot: Bot) -> None:
    ann, annie, code = await brought(bot)
    eve = elsewhere(bot, "Eve")
    assert (await refused(eve, f"/link {code}")).startswith("This code was used already, ")
    await annie.press("Join")
    await ann.press("Join")
    assert (await refused(eve, f"/link {code}")).startswith("This code was used already, ")
    assert (await refused(annie, f"/link {code}")).startswith("You are the same person on both already.")


async def test_a_code_of_ones_own(bot: Bot) -> None:
    ann = at_home(bot, "Ann")
    code = await code_for(ann)
    assert (await refused(ann, f"/link {code}")).startswith("This is your own code.")


async def test_identities_that_are_joined_already(bot: Bot) -> None:
    ann, annie, _ = await brought(bot)
    await annie.press("Join")
    await ann.press("Join")
    code = await code_for(ann)
    assert (await refused(annie, f"/link {code}")).startswith("You are the same person on both already.")


async def test_a_new_code_ends_the_one_before(bot: Bot) -> None:
    ann = at_home(bot, "Ann")
    code = await code_for(ann)
    await code_for(ann)
    assert (await refused(elsewhere(bot, "Annie"), f"/link {code}")).startswith("This code was used already, ")


async def test_guessing_pauses_and_even_the_right_code_waits(bot: Bot) -> None:
    code, eve = await code_for(at_home(bot, "Ann")), elsewhere(bot, "Eve")
    for _ in range(MOST):
        assert "nobody" in await refused(eve, f"/link {new_code()}")
    paused = f"Those were too many wrong codes. Wait {LIFE // 60_000} minutes, then try again."
    assert await refused(eve, f"/link {code}") == paused
    assert isinstance(await asked(elsewhere(bot, "Annie"), code), Ask)


async def asked(person: Person, code: str) -> object:
    await person.say(f"/link {code}")
    return person.room.last


async def test_nobody_says_yes_for_somebody_else(bot: Bot) -> None:
    ann, annie, _ = await brought(bot)
    yes = buttons(annie)["🔗 Join"]
    eve = elsewhere(bot, "Eve")
    await eve.press_id(yes)
    assert eve.room.read() == "This button no longer works."
    await ann.press_id(yes)  # before the second side agreed
    assert ann.room.read() == "This question is already answered or too old. Send your request again."
    assert await user_of(bot, ann) != await user_of(bot, annie)


async def test_a_second_yes_changes_nothing(bot: Bot) -> None:
    ann, annie, _ = await brought(bot)
    yes = buttons(annie)["🔗 Join"]
    for _ in range(2):
        await annie.press_id(yes)
    await asyncio.gather(ann.press_id(yes), ann.press_id(yes))
    assert (await user_of(bot, ann)).id == (await user_of(bot, annie)).id
    said = [ann.room.read(outgoing) for outgoing in ann.room.said.values()]
    assert sum(line.startswith("Joined") for line in said) == 1


async def test_a_side_that_cannot_be_reached_can_be_asked_again_later(bot: Bot) -> None:
    ann, annie, _ = await brought(bot)
    front = bot.running.fronts.pop("test")
    await annie.press("Join")
    assert annie.room.read().startswith("I cannot reach you on Test.")
    bot.running.fronts["test"] = front
    await annie.press("Join")
    await ann.press("Join")
    assert (await user_of(bot, ann)).id == (await user_of(bot, annie)).id


async def test_a_side_that_deleted_itself_meanwhile_is_not_joined(bot: Bot) -> None:
    ann, annie, _ = await brought(bot)
    await annie.press("Join")
    await annie.say("/privacy delete")
    await annie.press("Delete everything")
    await ann.press("Join")
    assert ann.room.read() == "This question is already answered or too old. Send your request again."
