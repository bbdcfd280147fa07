"""Keeping, rejecting and starring pictures, alone and in a team."""

import pytest

from bot.core.chat.messages import Say, Show
from storage.tables import settings, workspaces
from storage.tables.owners import Scope
from tests.harness.bots import Bot
from tests.harness.room import Person, Room

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def drawn(bot: Bot, count: int, audience: str = "private") -> tuple[Room, Person]:
    room = bot.room(audience)  # type: ignore[arg-type]
    anna = room.person("Anna")
    await anna.say(f"/imagine a red fox --model free --count {count}")
    await room.quiet()
    return room, anna


def verdicts(room: Room) -> list[str]:
    return [picture.verdict + ("*" if picture.best else "") for picture in room.results[0].pictures]


async def team(bot: Bot, room: Room, **voting: object) -> None:
    async with bot.running.database.write() as tx:
        workspace = await workspaces.find(tx, "test", room.place.chat)
        assert workspace
        await settings.put(tx, Scope.workspace(workspace.id), "voting", {"mode": "team", **voting})


async def test_one_picture_is_kept_rejected_starred_and_undone_by_its_buttons(bot: Bot) -> None:
    room, anna = await drawn(bot, 1)
    for label, verdict in [("Keep", "kept"), ("Reject", "rejected"), ("Best", "kept*"), ("Undo", "undecided")]:
        await anna.press(label)
        assert verdicts(room) == [verdict]


async def test_pressing_keep_on_the_best_picture_leaves_its_star(bot: Bot) -> None:
    room, anna = await drawn(bot, 1)
    await anna.press("Best")
    await anna.press("Keep")
    assert verdicts(room) == ["kept*"]


async def test_numbers_keep_single_pictures_and_release_them_again(bot: Bot) -> None:
    room, anna = await drawn(bot, 4)
    await anna.press("2")
    await anna.press("4")
    assert verdicts(room) == ["undecided", "kept", "undecided", "kept"]
    await anna.press("2")
    assert verdicts(room) == ["undecided", "undecided", "undecided", "kept"]


async def test_the_same_press_delivered_twice_counts_once(bot: Bot) -> None:
    room, anna = await drawn(bot, 4)
    await anna.press("2", event="twice")
    await anna.press("2", event="twice")
    assert verdicts(room)[1] == "kept"


async def test_reject_the_rest_spares_what_is_kept(bot: Bot) -> None:
    room, anna = await drawn(bot, 3)
    await anna.press("2")
    await anna.press("Reject the rest")
    assert verdicts(room) == ["rejected", "kept", "rejected"]
    await anna.press("Undo all")
    assert verdicts(room) == ["undecided"] * 3


@pytest.mark.parametrize(
    ("emoji", "verdict"),
    [("✅", "kept"), ("👍🏽", "kept"), ("❌", "rejected"), ("👎", "rejected"), ("⭐", "kept*"), ("❤️", "kept*")],
)
async def test_a_reaction_is_a_vote_and_taking_it_away_takes_the_vote_away(bot: Bot, emoji: str, verdict: str) -> None:
    room, anna = await drawn(bot, 1)
    await anna.react(emoji, room.results[0])
    assert verdicts(room) == [verdict]
    await anna.react(emoji, room.results[0], added=False)
    assert verdicts(room) == ["kept" if verdict == "kept*" else "undecided"]


async def test_a_star_on_several_pictures_asks_which(bot: Bot) -> None:
    room, anna = await drawn(bot, 3)
    await anna.react("⭐", room.results[0])
    assert verdicts(room) == ["undecided"] * 3
    assert room.read() == "Which one is the best?"
    await anna.press("3")
    assert verdicts(room) == ["undecided", "undecided", "kept*"]


async def test_an_unknown_emoji_or_message_is_ignored_silently(bot: Bot) -> None:
    room, anna = await drawn(bot, 1)
    before = dict(room.said)
    await anna.react("🍕", room.results[0])
    room.said["foreign"] = Say(lines=())
    await anna.react("✅", room.said["foreign"])
    assert dict(room.said) == {**before, "foreign": Say(lines=())}


async def test_alone_only_the_requester_decides(bot: Bot) -> None:
    room, _ = await drawn(bot, 1, "group")
    ben = room.person("Ben")
    await ben.say("/quota")
    await ben.press("Reject", room.results[0])
    assert verdicts(room) == ["undecided"]


async def test_a_team_decides_from_its_quorum_on_and_shows_the_tally(bot: Bot) -> None:
    room, _ = await drawn(bot, 1, "group")
    await team(bot, room, quorum=2)
    ben, cleo = room.person("Ben"), room.person("Cleo")
    for one in (ben, cleo):
        await one.say("/quota")
    await ben.press("Keep", room.results[0])
    assert verdicts(room) == ["undecided"]
    await cleo.press("Keep", room.results[0])
    assert verdicts(room) == ["kept"]
    details = [bot.running.app.words(text, "en") for text in room.results[0].details]
    assert "1: 2 for, 0 against" in details


async def test_the_author_can_be_excluded_from_a_team_vote(bot: Bot) -> None:
    room, anna = await drawn(bot, 1, "group")
    await team(bot, room, author_votes=False)
    await anna.press("Keep", room.results[0])
    assert room.read() == "You have no vote on this picture."
    assert verdicts(room) == ["undecided"]


async def test_somebody_elses_private_pictures_are_as_good_as_gone(bot: Bot) -> None:
    room, _ = await drawn(bot, 1)
    stranger = room.person("Stranger")
    actions = room.results[0].pictures[0].actions
    for action in actions.values():
        await stranger.press_id(action)
        assert room.read() == "This picture is gone."
    await stranger.react("✅", room.results[0])
    assert verdicts(room) == ["undecided"]


async def test_a_button_of_another_version_gets_a_polite_answer(bot: Bot) -> None:
    room, anna = await drawn(bot, 1)
    for forged in ["v0:keep:x", "v1:keep", "nonsense", "v1:fly:abc", "v1:keep:" + "0" * 32]:
        await anna.press_id(forged)
        answer = room.last
        assert isinstance(answer, Say)
        assert answer.tone == "error"


async def test_the_trash_takes_a_picture_away_and_gives_it_back(bot: Bot) -> None:
    room, anna = await drawn(bot, 2)
    first = room.results[0].pictures[0]
    await anna.press_id(first.actions["trash"])
    assert [picture.number for picture in room.results[0].pictures] == [2]
    await anna.press("Take 1 back")
    assert [picture.number for picture in room.results[0].pictures] == [1, 2]


async def test_a_bin_on_a_single_picture_puts_it_away_until_it_is_taken_off(bot: Bot) -> None:
    room, anna = await drawn(bot, 1)
    result = room.id_of(room.results[0])
    await anna.react("🗑️", result)
    assert not room.results
    await anna.react("🗑️", result, added=False)
    assert len(room.results) == 1


async def test_a_bin_on_several_pictures_asks_which(bot: Bot) -> None:
    room, anna = await drawn(bot, 3)
    await anna.react("🗑️", room.results[0])
    assert room.read() == "Which one shall I put away?"
    await anna.press("2")
    assert [picture.number for picture in room.results[0].pictures] == [1, 3]


async def test_a_result_of_which_everything_is_in_the_trash_offers_it_back(bot: Bot) -> None:
    room, anna = await drawn(bot, 1)
    await anna.press("🗑️")
    [result] = [said for said in room.said.values() if isinstance(said, Say) and said.buttons and said.lines[1:]]
    assert "In the trash." in room.read(result)
    await anna.press("Take 1 back", result)
    assert isinstance(room.results[0], Show)


async def test_more_than_eight_pictures_come_in_pages(bot: Bot) -> None:
    room, anna = await drawn(bot, 4)
    await anna.say("/imagine many foxes --model free --count 20")
    await room.quiet()
    many = room.results[1]
    assert [picture.number for picture in many.pictures] == list(range(1, 9))
    await anna.press("1 / 3 ▶", many)
    assert [picture.number for picture in room.results[1].pictures] == list(range(9, 17))
    await anna.press("12", room.results[1])
    assert [picture.number for picture in room.results[1].pictures if picture.verdict == "kept"] == [12]
