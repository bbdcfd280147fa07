"""/admin invite, /gallery web and /admin block: links into the web chat, and the end of what they opened."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.account.web_accounts import NoSuchLink, SignedIn
from tests.harness.accounts import user_of
from tests.harness.bots import Bot, started
from tests.harness.room import Person, Room

ADDRESS = "https://pictures.example.org"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    """A bot whose web chat has accounts."""
    folder: Path = tmp_path_factory.mktemp("accounts")
    async with started(folder, WEB_TOKEN="a token of the operator", PUBLIC_URL=ADDRESS, ADMINS="test:olga") as bot:
        yield bot


pytestmark = pytest.mark.asyncio(loop_scope="module")


def olga_in(room: Room) -> Person:
    """The operator."""
    olga = room.person("Olga")
    olga.who = type(olga.who)("test", "olga", "Olga")
    return olga


def code_in(text: str) -> str:
    found = re.search(rf"{ADDRESS}/join/([A-Z2-7]{{26}})", text)
    assert found, text
    return found[1]


async def invited(bot: Bot, name: str, role: str = "member") -> SignedIn:
    """Somebody who opened the operator's invitation."""
    room = bot.room()
    await olga_in(room).say(f"/admin invite --as {role}")
    return await bot.running.app.accounts.accept(code_in(room.read()), name, "")


@pytest.mark.parametrize("role", ["operator", "moderator", "member", "guest"])
async def test_an_operator_invites_with_a_role(shared: Bot, role: str) -> None:
    entered = await invited(shared, f"New {role}", role)
    assert entered.session.account.role == role
    assert await shared.running.app.accounts.session(entered.secret)


async def test_only_operators_invite(shared: Bot) -> None:
    room = shared.room()
    await room.person("Anna").say("/admin invite")
    assert "/join/" not in room.read()


async def test_an_unknown_role_is_refused(shared: Bot) -> None:
    room = shared.room()
    await olga_in(room).say("/admin invite --as emperor")
    assert "/join/" not in room.read()


async def test_an_operator_opens_the_web_chat_from_another_chat_as_the_same_person(shared: Bot) -> None:
    accounts, room = shared.running.app.accounts, shared.room()
    olga = olga_in(room)
    await olga.say("/gallery web")
    first = await accounts.accept(code_in(room.read()), "Olga", "")
    assert first.session.account.role == "operator"
    assert await accounts.user_of(first.session.account.id) == await user_of(shared, olga)
    await olga.say("/gallery web")
    second = await accounts.accept(code_in(room.read()), "ignored", "")
    assert second.session.account == first.session.account


async def test_others_are_told_to_ask_for_an_invitation(shared: Bot) -> None:
    room = shared.room()
    await room.person("Anna").say("/gallery web")
    assert ADDRESS in room.read()
    assert "/join/" not in room.read()
    assert "invitation" in room.read()


async def test_blocking_in_any_chat_ends_sessions_and_links_at_once(shared: Bot) -> None:
    accounts, room = shared.running.app.accounts, shared.room()
    entered = await invited(shared, "Eve", "moderator")
    account = entered.session.account
    link = await accounts.link_to(account, await accounts.user_of(account.id), own=True)
    checked: list[bool] = []

    async def check() -> None:
        checked.append(await accounts.session(entered.secret) is None)

    accounts.watch.subscribe(check)
    await olga_in(room).say(f"/admin block web:{account.id}")
    assert checked == [True], "open pages are told when the session has ended"
    with pytest.raises(NoSuchLink):
        await accounts.open_link(link)
    await olga_in(room).say(f"/admin allow web:{account.id}")
    assert await accounts.session(entered.secret) is None, "who is let in again signs in anew"


async def test_deleting_everything_ends_the_account(shared: Bot) -> None:
    accounts = shared.running.app.accounts
    entered = await invited(shared, "Dora")
    room = shared.room()
    dora = room.person("Dora")
    dora.who = type(dora.who)("web", entered.session.account.id, "Dora")
    await dora.say("/privacy delete")
    await dora.press("Delete")
    assert await accounts.session(entered.secret) is None
    assert all(one.account.name != "Dora" for one in await accounts.members())
    assert (await invited(shared, "Dora")).session, "the name is free again"
