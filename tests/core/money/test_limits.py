"""How much a person, a workspace and the whole bot may ask for, and what is said when it is too much."""

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Dollars, Say, Text, say
from bot.core.money import limits
from bot.core.money.limits import Limits, Wish, day_start, limits_from, month_start, next_month, tomorrow
from storage.db.database import Transaction
from storage.db.ids import moment
from storage.tables import generations, ledger, settings, workspaces
from storage.tables.enums import Unit
from storage.tables.ledger import Reservation, Usage
from storage.tables.owners import BOT, Account, Scope
from tests.harness.accounts import limit, limited, user_of
from tests.harness.bots import Bot
from tests.harness.room import Person

pytestmark = pytest.mark.asyncio(loop_scope="module")


# ── days and months are UTC ──────────────────────────────────────────────────────────────────────────────


def at(text: str) -> int:
    """The moment of an ISO time; in UTC unless it names another zone."""
    time = datetime.fromisoformat(text)
    return moment(time if time.tzinfo else time.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("now", "day", "next_day", "month", "next_one"),
    [
        ("2026-11-20T12:34:56.789", "2026-11-20", "2026-11-21", "2026-11-01", "2026-12-01"),
        ("2026-11-20T00:00:00", "2026-11-20", "2026-11-21", "2026-11-01", "2026-12-01"),
        ("2026-11-30T23:59:59.999", "2026-11-30", "2026-12-01", "2026-11-01", "2026-12-01"),
        ("2026-12-01T00:00:00", "2026-12-01", "2026-12-02", "2026-12-01", "2027-01-01"),
        ("2026-12-31T23:59:59.999", "2026-12-31", "2027-01-01", "2026-12-01", "2027-01-01"),
        ("2027-01-31T08:00:00", "2027-01-31", "2027-02-01", "2027-01-01", "2027-02-01"),
        ("2027-02-28T23:00:00", "2027-02-28", "2027-03-01", "2027-02-01", "2027-03-01"),
        ("2028-02-29T00:00:00", "2028-02-29", "2028-03-01", "2028-02-01", "2028-03-01"),
        # where it is another day already, or still
        ("2026-12-01T01:00:00+02:00", "2026-11-30", "2026-12-01", "2026-11-01", "2026-12-01"),
        ("2026-11-30T20:00:00-05:00", "2026-12-01", "2026-12-02", "2026-12-01", "2027-01-01"),
    ],
)
async def test_a_day_begins_at_midnight_and_a_month_on_its_first_in_utc(
    now: str, day: str, next_day: str, month: str, next_one: str
) -> None:
    assert day_start(at(now)) == at(day)
    assert month_start(at(now)) == at(month)
    assert tomorrow(at(now)) == f"{next_day} 00:00 UTC"
    assert next_month(at(now)) == f"{next_one} UTC"


# ── what an account may use ──────────────────────────────────────────────────────────────────────────────


async def test_without_settings_the_usual_limits_hold() -> None:
    assert limits_from({}) == Limits()
    assert (Limits().images_day, Limits().micro_month, Limits().requests_minute) == (50, 10_000_000, 10)
    assert (Limits().images_waiting, Limits().confirm_images, Limits().confirm_micro) == (64, 4, 500_000)


async def test_a_setting_changes_its_limit_and_no_other() -> None:
    assert limits_from({"limit-images-day": 3, "model": "paid"}) == Limits(images_day=3)
    everything = {
        "limit-images-day": 1,
        "limit-micro-month": 2,
        "limit-requests-minute": 3,
        "limit-images-waiting": 4,
        "limit-confirm-images": 5,
        "limit-confirm-micro": 6,
    }
    assert limits_from(everything) == Limits(
        images_day=1, micro_month=2, requests_minute=3, images_waiting=4, confirm_images=5, confirm_micro=6
    )


# ── in the running bot ───────────────────────────────────────────────────────────────────────────────────


async def books(bot: Bot, person: Person) -> Sequence[object]:
    """Everything that is written when a request of a person in this room is accepted."""
    user = await user_of(bot, person)
    async with bot.running.database.read() as tx:
        workspace = await workspaces.find(tx, "test", person.room.place.chat)
        assert workspace
        accounts = [Account.user(user), Account.workspace(workspace.id)]
        sums = [await ledger.usage(tx, account, unit) for account in accounts for unit in ("image", "microdollar")]
        latest = await generations.latest(tx, user, workspace.id)
        return *sums, latest.id if latest else None


async def refusal(bot: Bot, person: Person, text: str) -> str:
    """What is said to a request that breaks a limit, privately and with nothing written."""
    before = await books(bot, person)
    await person.say(text)
    answer = person.room.last
    assert isinstance(answer, Say)
    assert (answer.tone, answer.private) == ("error", True)
    assert await books(bot, person) == before
    return person.room.read()


async def test_so_many_images_a_day(bot: Bot) -> None:
    room = bot.room()
    anna = await limited(bot, room, images_day=3)
    await anna.say("/imagine a fox --count 2 --model free")
    await room.quiet()
    told = await refusal(bot, anna, "/imagine foxes --count 2 --model free")
    assert re.fullmatch(
        r"Your limit is 3 pictures a day\. You used 2 and have 1 left until \d{4}-\d\d-\d\d 00:00 UTC\.", told
    )
    await anna.say("/imagine one fox --model free")
    await room.quiet()
    assert len(room.results) == 2, "what is left may be used up"
    assert "You used 3 and have 0 left" in await refusal(bot, anna, "/imagine a last fox --model free")


async def test_images_that_failed_or_were_stopped_are_given_back(bot: Bot) -> None:
    room = bot.room()
    anna = await limited(bot, room, images_day=1)
    await anna.say("/imagine [fail unavailable] a fox --model free")
    await room.quiet()
    await anna.say("/imagine [delay 1] a fox --model free")
    await anna.say("/cancel")
    await room.quiet()
    await anna.say("/imagine a fox --model free")
    await room.quiet()
    assert len(room.results) == 1


async def test_so_many_dollars_a_month(bot: Bot) -> None:
    room = bot.room()
    anna = await limited(bot, room, micro_month=100_000)
    await anna.say("/imagine a fox --count 2 --model paid")
    await room.quiet()
    told = await refusal(bot, anna, "/imagine one more fox --model paid")
    assert re.fullmatch(
        r"Your limit is \$0\.10 a month\. You used \$0\.08; a new month starts on \d{4}-\d\d-01 UTC\.", told
    )
    await limit(bot, anna, micro_month=50_000)
    await anna.say("/imagine a free fox --model free")
    await room.quiet()
    assert len(room.results) == 2, "free models still work, even where less was granted than was used"


async def test_so_many_requests_a_minute(bot: Bot) -> None:
    room = bot.room()
    anna = await limited(bot, room, requests_minute=2)
    for _ in range(2):
        await anna.say("/imagine a fox --model free")
    await room.quiet()
    told = await refusal(bot, anna, "/imagine a third fox --model free")
    assert told == "That was 2 requests within a minute. Wait a moment and send it again."


async def test_so_many_images_waiting(bot: Bot) -> None:
    room = bot.room()
    anna = await limited(bot, room, images_waiting=2)
    await anna.say("/imagine [hold] a fox --count 2 --model free")
    told = await refusal(bot, anna, "/imagine another fox --model free")
    assert told == (
        "You have as many pictures waiting as fit (2). Wait until some are done, or stop some with /cancel."
    )
    await bot.scripted.release(2)
    await room.quiet()
    await anna.say("/imagine another fox --model free")
    await room.quiet()
    assert len(room.results) == 2


async def test_a_group_shares_the_limit_that_was_set_for_it(bot: Bot) -> None:
    room = bot.room("group")
    anna, ben = room.person("Anna"), room.person("Ben")
    await anna.say("/imagine foxes --count 2 --model free")
    await room.quiet()
    await ben.say("/quota")
    async with bot.running.database.write() as tx:
        workspace = await workspaces.find(tx, "test", room.place.chat)
        assert workspace
        await settings.put(tx, Scope.workspace(workspace.id), "limit-images-day", 3)
    told = await refusal(bot, ben, "/imagine hares --count 2 --model free")
    assert told.startswith(
        "The limit here is 3 pictures a day for everybody together. 2 are used, 1 are left until "
    )  # fmt: skip
    elsewhere = bot.room()
    await ben.elsewhere(elsewhere).say("/imagine hares --count 2 --model free")
    await elsewhere.quiet()
    assert len(elsewhere.results) == 1


async def test_a_hundred_requests_at_once_draw_what_the_limit_allows_and_not_one_more(bot: Bot) -> None:
    room = bot.room()
    anna = await limited(bot, room, images_day=10, requests_minute=1000)
    token = uuid4().hex
    await asyncio.gather(*(anna.say(f"/imagine fox {number} {token} --model free") for number in range(100)))
    await room.quiet()
    refused = [one for one in room.said.values() if isinstance(one, Say) and one.tone == "error"]
    assert (len(room.results), len(refused)) == (10, 90)
    assert all("You used 10 and have 0 left" in room.read(one) for one in refused)
    assert sum(token in call.request.prompt for call in bot.scripted.journal) == 10
    async with bot.running.database.read() as tx:
        used = await ledger.usage(tx, Account.user(await user_of(bot, anna)), "image")
    assert used == Usage(reserved=0, spent=10)


# ── the whole bot ────────────────────────────────────────────────────────────────────────────────────────

NOW = at("2031-05-17T12:00")


class Undone(Exception):
    """Takes back what a test wrote."""


async def judged(tx: Transaction, *, micro: int, spend_month: int) -> Text | None:
    """What a wish of somebody without limits of their own is told, or None when it is within all limits."""
    free = Limits(images_day=10**6, micro_month=10**12)
    accounts = {Account.user("anna"): free}
    wanted = Wish(user="anna", accounts=accounts, images=1, micro=micro, spend_month=spend_month, now=NOW)
    try:
        await limits.check(tx, wanted)
    except UserError as exc:
        return exc.text
    return None


async def test_the_bot_spends_no_more_in_a_month_than_its_operator_set(bot: Bot) -> None:
    told = say("limit-bot-month", limit=Dollars(50), until="2031-06-01 UTC")
    async with bot.running.database.read() as tx:
        assert await judged(tx, micro=50, spend_month=50) is None
        assert await judged(tx, micro=51, spend_month=50) == told


async def test_what_the_bot_spent_this_month_counts_for_everybody(bot: Bot) -> None:
    with suppress(Undone):
        async with bot.running.database.write() as tx:
            for when in ("2031-04-30T23:59", "2031-05-01T00:00"):
                await ledger.reserve(tx, [Reservation(uuid4().hex, (BOT,), {Unit.MICRODOLLAR: 30})], at(when))
            assert await judged(tx, micro=20, spend_month=50) is None
            assert await judged(tx, micro=21, spend_month=50)
            assert await judged(tx, micro=0, spend_month=20) is None, "free models still work"
            raise Undone
