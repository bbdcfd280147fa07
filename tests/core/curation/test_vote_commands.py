"""Votes of a team: how they are set, opened, counted, closed, and told once."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from bot.core.chat.messages import MessageRef, Reply, Say, Show
from bot.core.voting.polls import rules_from, voices
from bot.core.voting.rules import Ballot, Outcome, Poll, cast, outcome
from storage.db.database import Database
from storage.tables import generations, images, people, polls, workspaces
from storage.tables.generations import Generation
from storage.tables.schema import generations as requests
from storage.tables.schema import roles
from tests.harness.bots import Bot
from tests.harness.room import Person, Room, Rooms
from tests.storage.rows import Cast, a_generation, an_image

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Group:
    """A room with several people in it, of whom the first asks for the pictures and the last moderates."""

    def __init__(self, bot: Bot, room: Room) -> None:
        self.bot = bot
        self.room = room
        self.anna, self.ben, self.cleo, self.mo = (room.person(name) for name in ("Anna", "Ben", "Cleo", "Mo"))

    @property
    def result(self) -> Show:
        return self.room.results[-1]

    @property
    def verdicts(self) -> list[str]:
        return [picture.verdict + ("*" if picture.best else "") for picture in self.result.pictures]

    def details(self, locale: str = "en") -> list[str]:
        return [self.room.app.words(text, locale) for text in self.result.details]

    def endings(self) -> list[str]:
        """The closing messages that stand in the room."""
        read = [self.room.read(said) for said in self.room.said.values() if isinstance(said, Say)]
        return [words for words in read if words.startswith("Vote closed")]

    def buttons(self) -> list[str]:
        return [self.room.app.words(button.label, "en") for row in self.result.buttons for button in row]

    async def draw(self, count: int = 1, by: Person | None = None) -> None:
        await (by or self.anna).say(f"/imagine a red fox --model free --count {count}")
        await self.room.quiet()


async def group(bot: Bot, count: int = 1, **chosen: str) -> Group:
    """A group with a result of so many pictures, and its votes set as `chosen` by the moderator."""
    made = Group(bot, bot.room("group"))
    for person in (made.anna, made.ben, made.cleo, made.mo):
        await person.say("/quota")
    async with bot.running.database.write() as tx:
        workspace = await workspaces.find(tx, "test", made.room.place.chat)
        moderator = await people.find(tx, "test", made.mo.who.id)
        assert workspace
        assert moderator
        at = (roles.c.workspace_id == workspace.id, roles.c.user_id == moderator.id)
        await tx.execute(update(roles).where(*at).values(role="moderator"))
    if chosen:
        await made.mo.command("vote settings", **chosen)
    if count:
        await made.draw(count)
    return made


async def vote_of(bot: Bot, room: Room) -> Generation:
    """The generation of the room's only result."""
    async with bot.running.database.read() as tx:
        workspace = await workspaces.find(tx, "test", room.place.chat)
        assert workspace
        id_ = await polls.newest_result(tx, workspace.id, None)
        found = await generations.get(tx, id_ or "")
    assert found
    return found


async def opened_until(bot: Bot, room: Room, deadline: int) -> str:
    """Open a vote of everybody on the room's result as it would have been some time ago; its generation."""
    found = await vote_of(bot, room)
    async with bot.running.database.write() as tx:
        assert await polls.start(tx, found.id, {"rules": {"mode": "team", "deadline": deadline}})
    return found.id


# ── settings ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_without_options_anybody_reads_what_is_set(bot: Bot) -> None:
    team = await group(bot, 0)
    await team.ben.say("/vote settings")
    assert team.room.read() == (
        "Who decides: whoever asked for the pictures\nIn a team, a picture needs one vote.\n"
        "Whoever asked for the pictures votes too.\nA vote stays open until somebody closes it.\n"
        "Everybody here may vote."
    )
    assert isinstance(team.room.last, Say)
    assert team.room.last.private


async def test_a_moderator_sets_what_an_option_names_and_leaves_the_rest(bot: Bot) -> None:
    team = await group(bot, 0, mode="team", quorum="2")
    await team.mo.say("/vote settings --author off --hours 48")
    assert team.room.read() == (
        "Saved.\nWho decides: everybody here, by their votes\nIn a team, a picture needs 2 votes.\n"
        "Whoever asked for the pictures has no vote.\nA vote closes by itself after 48 hours.\nEverybody here may vote."
    )


async def test_a_moderator_says_who_may_vote_by_their_names(bot: Bot) -> None:
    team = await group(bot, 0, mode="team")
    await team.mo.say("/vote settings --who Anna,Ben")
    assert team.room.read().endswith("2 people may vote.")
    await team.mo.say("/vote settings --who Nobody")
    assert "“Nobody” names nobody I have met here" in team.room.read()
    await team.mo.say("/vote settings --who everyone")
    assert team.room.read().endswith("Everybody here may vote.")


async def test_a_member_of_a_group_changes_nothing(bot: Bot) -> None:
    team = await group(bot, 0)
    await team.anna.say("/vote settings --mode team")
    assert team.room.read() == "Only moderators and the operator choose how votes decide here."
    await team.anna.say("/vote settings")
    assert "Who decides: whoever asked" in team.room.read()


async def test_a_private_chat_belongs_to_whoever_is_in_it(bot: Bot) -> None:
    room = bot.room()
    await room.person("Anna").say("/vote settings --mode team")
    assert "Who decides: everybody here" in room.read()


@pytest.mark.parametrize("given_", ["--quorum 0", "--quorum 51", "--hours -1", "--hours 169", "--mode most"])
async def test_what_no_vote_can_be_held_with_is_refused(bot: Bot, given_: str) -> None:
    team = await group(bot, 0)
    await team.mo.say(f"/vote settings {given_}")
    assert isinstance(team.room.last, Say)
    assert team.room.last.tone == "error"


async def test_a_quorum_above_the_number_of_voters_is_set_with_a_warning(bot: Bot) -> None:
    team = await group(bot, 1, mode="team", quorum="4")
    await team.mo.say("/vote settings --author off")
    assert team.room.read().endswith(
        "4 votes are needed, but so far I have met only 3 people here who may vote. More may still come."
    )
    await team.anna.say("/vote start")
    assert "4 votes are needed, but" in team.room.read()
    for person in (team.ben, team.cleo, team.mo):
        await person.press("Keep", team.result)
    await team.mo.say("/vote close")
    assert team.endings() == ["Vote closed: “a red fox”\nNo picture was kept.\nUndecided: picture 1"]


# ── an open vote ─────────────────────────────────────────────────────────────────────────────────────────


async def test_the_result_shows_the_vote_live(bot: Bot) -> None:
    team = await group(bot, 2, mode="team", quorum="2")
    await team.anna.say("/vote start")
    assert team.room.read() == "The vote is open: “a red fox”\n🗳 Vote: a picture needs 2 votes."
    assert team.room.read(team.result).endswith("🗳 Vote: a picture needs 2 votes.")
    await team.ben.press("1", team.result)
    await team.cleo.press("1", team.result)
    await team.cleo.press("Reject the rest", team.result)
    assert team.verdicts == ["kept", "undecided"]
    assert team.details()[-2:] == ["1: 2 for, 0 against", "2: 0 for, 1 against"]


async def test_a_vote_with_hours_says_until_when(bot: Bot) -> None:
    team = await group(bot, 1, mode="team", hours="5")
    await team.anna.say("/vote start")
    found = await vote_of(bot, team.room)
    assert found.voting
    assert "🗳 Vote until 20" in team.room.read(team.result)
    assert " UTC: a picture needs one vote." in team.room.read(team.result)
    assert abs(found.voting["rules"]["deadline"] - found.created_at - 5 * 3_600_000) < 600_000


async def test_the_rules_are_those_the_vote_was_opened_with(bot: Bot) -> None:
    team = await group(bot, 1, mode="team", quorum="2", author="off")
    await team.anna.say("/vote start")
    await team.mo.say("/vote settings --mode solo --quorum 1 --author on")
    await team.anna.press("Keep", team.result)
    assert team.room.read() == "You have no vote on this picture."
    await team.ben.press("Keep", team.result)
    assert team.verdicts == ["undecided"]
    await team.cleo.press("Keep", team.result)
    assert team.verdicts == ["kept"]


async def test_ballots_from_before_the_vote_count_by_its_rules(bot: Bot) -> None:
    team = await group(bot, 1, quorum="2")
    await team.anna.press("Keep", team.result)
    await team.ben.press("Keep", team.result)
    assert team.verdicts == ["kept"]
    await team.ben.press("Undo", team.result)
    await team.anna.say("/vote start")
    assert team.verdicts == ["undecided"]
    assert team.details()[-1] == "1: 1 for, 0 against"


async def test_button_reaction_and_reply_of_one_person_are_one_ballot(bot: Bot) -> None:
    team = await group(bot, 1, mode="team", quorum="2")
    await team.anna.say("/vote start")
    await team.ben.press("Keep", team.result)
    await team.ben.react("👍", team.result)
    await team.ben.react("✅", team.result)
    await team.ben.press("Best", team.result)
    to = team.ben.ref(team.room.id_of(team.result))
    await team.ben.handle(Reply(**team.ben.event(), to=to, text="1"))
    assert team.details()[-1] == "1: 1 for, 0 against"
    assert team.verdicts == ["undecided"]
    await team.ben.react("❌", team.result)
    assert team.details()[-1] == "1: 0 for, 1 against"


async def test_a_ballot_is_withdrawn_until_the_close(bot: Bot) -> None:
    team = await group(bot, 1, mode="team", quorum="1")
    await team.anna.say("/vote start")
    await team.ben.press("Keep", team.result)
    await team.ben.press("Undo", team.result)
    assert team.details()[-1] == "1: 0 for, 0 against"
    await team.mo.say("/vote close")
    assert team.endings() == ["Vote closed: “a red fox”\nNo picture was kept.\nUndecided: picture 1"]


async def test_only_people_met_in_the_group_vote(bot: Bot) -> None:
    team = await group(bot, 1, mode="team")
    await team.anna.say("/vote start")
    elsewhere = bot.room("group").person("Stranger")
    await elsewhere.press_id(team.result.pictures[0].actions["keep"])
    assert elsewhere.room.read() == "This picture is gone."
    assert team.verdicts == ["undecided"]


# ── who opens and closes, and on what ────────────────────────────────────────────────────────────────────


async def test_in_a_team_anybody_opens_a_vote(bot: Bot) -> None:
    team = await group(bot, 1, mode="team")
    await team.ben.say("/vote start")
    assert "🗳 Vote: a picture needs one vote." in team.room.read(team.result)


async def test_where_the_requester_decides_only_they_or_a_moderator_give_that_away(bot: Bot) -> None:
    team = await group(bot, 1)
    await team.ben.say("/vote start")
    assert team.room.read() == "Only the person who asked for these pictures or a moderator can do this."
    assert "Vote" not in team.room.read(team.result)
    await team.mo.say("/vote start")
    await team.ben.press("Keep", team.result)
    assert team.verdicts == ["kept"]


async def test_the_vote_is_on_the_newest_result_that_the_group_sees(bot: Bot) -> None:
    team = await group(bot, 1, mode="team")
    await team.draw(2, team.ben)
    await team.cleo.say("/imagine a secret --model free --private")
    await team.room.quiet()
    await team.anna.say("/vote start")
    assert ["Vote" in team.room.read(result) for result in team.room.results] == [False, True, False]


async def test_where_nothing_was_drawn_there_is_nothing_to_vote_on(bot: Bot) -> None:
    team = await group(bot, 0)
    await team.anna.say("/vote start")
    assert team.room.read().startswith("There are no pictures here to vote on yet.")
    await team.anna.say("/vote close")
    assert team.room.read() == "No vote is open here. Open one with /vote start."


async def test_what_only_one_person_sees_is_not_voted_on(bot: Bot) -> None:
    room = bot.room()
    anna = room.person("Anna")
    await anna.say("/imagine a red fox --model free")
    await room.quiet()
    await anna.say("/vote start")
    assert room.read().startswith("Nobody else sees these pictures.")
    generation = room.results[0].buttons[1][0].action.split(":")[2]
    await anna.press_id(f"v1:vote:{generation}")
    assert room.read().startswith("Nobody else sees these pictures.")


async def test_a_second_vote_on_the_same_pictures_is_refused(bot: Bot) -> None:
    team = await group(bot, 1, mode="team")
    await team.anna.say("/vote start")
    await team.ben.say("/vote start")
    assert team.room.read() == "The vote on these pictures is open already."
    await team.anna.say("/vote close")
    await team.anna.say("/vote start")
    assert team.room.read() == "The vote is over."


async def test_the_buttons_stand_under_a_groups_result_in_team_mode_alone(bot: Bot) -> None:
    assert "🗳 Vote" not in (await group(bot, 1)).buttons()
    team = await group(bot, 2, mode="team")
    assert "🗳 Vote" in team.buttons()
    await team.ben.press("🗳 Vote", team.result)
    assert "🗳 Vote" not in team.buttons()
    await team.ben.press("🗳 Close the vote", team.result)
    assert team.room.read() == "Only the person who asked for these pictures or a moderator can do this."
    await team.anna.press("🗳 Close the vote", team.result)
    assert len(team.endings()) == 1
    assert not [label for label in team.buttons() if "🗳" in label]


async def test_a_vote_is_closed_by_its_requester_and_moderators_alone(bot: Bot) -> None:
    team = await group(bot, 1, mode="team")
    await team.anna.say("/vote start")
    await team.ben.say("/vote close")
    assert team.room.read() == "Only the person who asked for these pictures or a moderator can do this."
    assert team.endings() == []
    await team.mo.say("/vote close")
    assert len(team.endings()) == 1


async def test_of_several_open_votes_the_newest_that_one_may_close_is_closed(bot: Bot) -> None:
    team = await group(bot, 1, mode="team")
    await team.anna.say("/vote start")
    await team.draw(1, team.ben)
    await team.ben.say("/vote start")
    await team.anna.say("/vote close")
    assert ["Vote closed" in team.room.read(result) for result in team.room.results] == [True, False]


async def test_a_redelivered_close_closes_no_other_vote(bot: Bot) -> None:
    team = await group(bot, 1, mode="team")
    await team.anna.say("/vote start")
    await team.draw()
    await team.anna.say("/vote start")
    for _ in range(2):
        await team.anna.say("/vote close", event=f"close:{team.room.place.chat}")
    assert ["Vote closed" in team.room.read(result) for result in team.room.results] == [False, True]


# ── the end ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_close_names_the_winners_once_and_freezes_the_tallies(bot: Bot) -> None:
    team = await group(bot, 4, mode="team", quorum="2")
    await team.anna.say("/vote start")
    for person in (team.ben, team.cleo):
        await person.press("2", team.result)
        await person.press("3", team.result)
        await person.press("Reject the rest", team.result)
        await person.press_id(team.result.pictures[2].actions["best"])
    await team.mo.press_id(team.result.pictures[3].actions["keep"])
    await team.anna.press_id(team.result.pictures[3].actions["keep"])
    await team.anna.say("/vote close")
    ending = "Vote closed: “a red fox”\nKept: pictures 2, 3\nBest: picture 3 ⭐\nUndecided: picture 4"
    assert team.room.read() == ending
    assert team.endings() == [ending]
    assert team.room.read(team.result).endswith("🗳 Vote closed")
    assert team.verdicts == ["rejected", "kept", "kept*", "undecided"]
    assert team.details()[-4:] == [
        "1: 0 for, 2 against",
        "2: 2 for, 0 against",
        "3: 2 for, 0 against",
        "4: 2 for, 2 against",
    ]


async def test_the_close_reads_as_well_in_french(bot: Bot) -> None:
    team = await group(bot, 1, mode="team")
    await team.anna.say("/vote start")
    await team.ben.press("Best", team.result)
    await team.anna.say("/vote close")
    assert team.room.read(locale="fr") == (
        "Vote clos\u00a0: «\u00a0a red fox\u00a0»\nGardée\u00a0: l’image 1\nMeilleure\u00a0: l’image 1 ⭐"
    )


async def test_a_vote_after_the_close_changes_nothing_and_says_so(bot: Bot) -> None:
    team = await group(bot, 1, mode="team")
    await team.anna.say("/vote start")
    await team.ben.press("Keep", team.result)
    await team.anna.say("/vote close")
    for label in ("Reject", "Undo", "Best"):
        await team.ben.press(label, team.result)
        assert team.room.read() == "The vote is over."
    said = len(team.room.said)
    await team.cleo.react("❌", team.result)
    assert len(team.room.said) == said
    assert team.verdicts == ["kept"]
    assert team.details()[-1] == "1: 1 for, 0 against"


async def test_settings_that_change_after_the_close_change_nothing(bot: Bot) -> None:
    team = await group(bot, 1, mode="team")
    await team.anna.say("/vote start")
    await team.ben.press("Keep", team.result)
    await team.anna.say("/vote close")
    await team.mo.say("/vote settings --mode solo --quorum 9 --author off")
    await team.anna.press("Undo", team.result)
    assert team.room.read() == "The vote is over."
    assert team.details()[-1] == "1: 1 for, 0 against"


async def test_closing_twice_tells_once(bot: Bot) -> None:
    team = await group(bot, 1, mode="team")
    await team.anna.say("/vote start")
    before = team.result
    closing = [team.anna.press("Close the vote", before), team.mo.press("Close the vote", before)]
    await asyncio.gather(*closing, team.anna.say("/vote close"))
    assert len(team.endings()) == 1
    await team.anna.say("/vote close")
    assert team.room.read() == "No vote is open here. Open one with /vote start."
    await bot.running.sweep()
    assert len(team.endings()) == 1


async def test_a_ballot_after_the_deadline_closes_the_vote(bot: Bot) -> None:
    team = await group(bot, 1)
    await team.ben.press("Keep", team.result)
    await opened_until(bot, team.room, deadline=1)
    await team.cleo.press("Reject", team.result)
    assert team.room.read() == "The vote is over."
    assert team.endings() == ["Vote closed: “a red fox”\nKept: picture 1"]
    assert team.verdicts == ["kept"]
    await team.cleo.press("Reject", team.result)
    assert len(team.endings()) == 1


async def test_a_reaction_after_the_deadline_closes_the_vote_too(bot: Bot) -> None:
    team = await group(bot, 1)
    await opened_until(bot, team.room, deadline=1)
    await team.cleo.react("✅", team.result)
    assert team.endings() == ["Vote closed: “a red fox”\nNo picture was kept.\nUndecided: picture 1"]


async def test_the_sweep_closes_what_is_overdue_and_nothing_else(bot: Bot) -> None:
    late, early = await group(bot, 1), await group(bot, 1)
    await opened_until(bot, late.room, deadline=1)
    await opened_until(bot, early.room, deadline=2**52)
    await bot.running.sweep()
    await bot.running.sweep()
    assert (len(late.endings()), len(early.endings())) == (1, 0)
    assert late.room.read(late.result).endswith("🗳 Vote closed")


async def test_a_close_that_a_crash_kept_from_being_told_is_told_by_the_sweep(bot: Bot) -> None:
    team = await group(bot, 1)
    id_ = await opened_until(bot, team.room, deadline=1)
    async with bot.running.database.write() as tx:
        assert await polls.close(tx, id_, {"rules": {"mode": "team"}, "outcomes": {}, "at": 1})
    await bot.running.sweep()
    assert len(team.endings()) == 1
    assert (await vote_of(bot, team.room)).vote == "told"


class Broken(Rooms):
    """A platform that takes nothing."""

    async def send(self, *_: Any, **__: Any) -> MessageRef:
        raise OSError("the platform is down")


@pytest.mark.parametrize("platform", ["away", "broken"])
async def test_a_platform_that_cannot_be_told_keeps_no_other_vote_open(bot: Bot, platform: str) -> None:
    there, here = await group(bot, 1), await group(bot, 1)
    lost = await opened_until(bot, there.room, deadline=1)
    await opened_until(bot, here.room, deadline=1)
    async with bot.running.database.write() as tx:
        await tx.execute(update(requests).where(requests.c.id == lost).values(platform=platform))
    bot.running.fronts["broken"] = Broken()
    await bot.running.sweep()
    del bot.running.fronts["broken"]
    assert (len(there.endings()), len(here.endings())) == (0, 1)
    assert (await vote_of(bot, there.room)).vote == "closed"


# ── any order of votes, undo, close and restart ──────────────────────────────────────────────────────────

PEOPLE = ("Anna", "Ben", "Cleo")
VERBS = {"keep": Ballot("keep"), "reject": Ballot("reject"), "best": Ballot("keep", best=True), "undo": None}
VOTE = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(sorted(VERBS)))
STEPS = st.lists(VOTE | st.sampled_from(["start", "close", "restart"]), max_size=12)


async def rows(bot: Bot, room: Room, members: Sequence[Person]) -> tuple[str, str]:
    """A result in the room as it stands in the tables: its generation and its only image."""
    for person in members:
        await person.say("/quota")
    async with bot.running.database.write() as tx:
        workspace = await workspaces.find(tx, "test", room.place.chat)
        author = await people.find(tx, "test", members[0].who.id)
        assert workspace
        assert author
        place: dict[str, Any] = {"chat": room.place.chat}
        of = await a_generation(tx, Cast(author.id, workspace.id), **place)
        return of.id, (await an_image(tx, of, status="done")).id


async def stored(bot: Bot, image: str) -> tuple[Outcome | None, tuple[str, bool]]:
    """The tally and the verdict as another connection, opened just now, reads them."""
    database = Database(bot.running.database.url)
    async with database.read() as tx:
        found = await images.get(tx, image)
        assert found
        tally = (await voices(tx, [found])).tallies.get(image)
    await database.close()
    return tally, (found.verdict, found.best)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, quorum=st.integers(1, 4), author_votes=st.booleans())
async def test_no_order_of_votes_undo_close_and_restart_breaks_the_tally(
    bot: Bot, steps: list[Any], quorum: int, author_votes: bool
) -> None:
    room = bot.room("group")
    members = {name: room.person(name) for name in PEOPLE}
    generation, image = await rows(bot, room, list(members.values()))
    chosen = {"mode": "team", "quorum": quorum, "author_votes": author_votes}
    async with bot.running.database.write() as tx:
        assert await polls.start(tx, generation, {"rules": json.loads(json.dumps(chosen))})
    rules = rules_from("Anna", chosen)
    poll, closed = Poll(), False
    for step in steps:
        if step == "close":
            await members["Anna"].press_id(f"v1:endvote:{generation}")
            closed = True
        elif step == "start":
            await members["Anna"].press_id(f"v1:vote:{generation}")
        elif step != "restart":
            name, verb = step
            await members[name].press_id(f"v1:{verb}:{image}")
            if not closed and rules.may_vote(name):
                poll = cast(poll, rules, name, changed(poll.ballots.get(name), verb))
        expected = outcome(poll, rules)
        assert await stored(bot, image) == (expected, (expected.verdict, expected.best))
    endings = [said for said in room.said.values() if isinstance(said, Say) and said.lines[0].key == "vote-over"]
    assert len(endings) == closed


def changed(before: Ballot | None, verb: str) -> Ballot | None:
    """A ballot after a button: a keep leaves a star where it is."""
    return before if verb == "keep" and before and before.choice == "keep" else VERBS[verb]
