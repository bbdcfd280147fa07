"""Every route, picture, socket and link, tried by a stranger, by former members, and by a guest.

The routes come from the application's router, so that a new one is tried without being listed here.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from uuid import uuid4

import aiohttp
import pytest

from bot.core.chat.messages import Say, say
from bot.fronts.web import site
from bot.fronts.web.access.rare_log import RareLog
from bot.fronts.web.chat.chat_store import ChatStore
from bot.fronts.web.chat.live_feed import Feed
from bot.fronts.web.connections import Connections
from bot.fronts.web.pages.html import STATIC
from bot.settings import WebSettings
from storage.privacy import erasure
from storage.tables import people
from storage.tables.web_sessions import IDLE
from tests.fronts.web.serving import TEAM, TOKEN, Recorder, Served

OPEN = {
    ("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/sign-in"), ("POST", "/sign-in"), ("GET", "/join/{code}"),
    ("POST", "/join/{code}"), ("POST", "/hooks/{name}"),
}  # fmt: skip
"""What strangers may try; the handlers of these check a token, a code or a signature."""
OPERATORS = {
    ("GET", "/members"), ("POST", "/members/invite"), ("POST", "/members/withdraw"),
    ("POST", "/members/{account}/{what}"),
}  # fmt: skip
SHOWN_TO_STRANGERS = {"favicon.svg", "js/early.js", "css/colours.css", "css/sign-in.css"}
EVENT = '{"type": "typed", "id": "%s", "text": "/quota", "message": "m"}'


def routes(app: Recorder) -> list[tuple[str, str]]:
    """The method and pattern of every route, HEAD left out where there is a GET."""
    feed = Feed(app)
    parts = site.Parts(
        app=app, store=ChatStore(None, feed), feed=feed, connections=Connections(16, RareLog()),  # type: ignore[arg-type]  # nothing is said
        settings=WebSettings(token=TOKEN), log=RareLog(),
    )  # fmt: skip
    found = [(route.method, route.resource) for route in site.build(parts).router.routes()]
    return [(method, resource.canonical) for method, resource in found if resource and method != "HEAD"]


def test_every_kind_of_route_is_known(home: Served) -> None:
    known = set(routes(home.app))
    assert known >= OPEN | OPERATORS
    assert len(known) > 20


def filled(pattern: str, **values: str) -> str:
    """A path of the pattern, on which there is something to find."""
    usual = {"code": "A" * 26, "id": "i:1", "size": "full", "what": "block", "name": "replicate", "account": "a"}
    path = re.sub(r"\{(\w+)\}", lambda match: (usual | values)[match[1]], pattern)
    return "/static/js/main.js" if path == "/static" else path


async def tried(tab: aiohttp.ClientSession, method: str, path: str) -> tuple[int, str]:
    """The status and the place a request is sent on to."""
    data = EVENT % uuid4() if method == "POST" else None
    async with tab.request(method, path, data=data, allow_redirects=False) as response:
        await response.read()
        return response.status, response.headers.get("Location", "")


async def is_kept_out(chat: Served, tab: aiohttp.ClientSession) -> None:
    """Nothing is read, sent, heard or changed."""
    account = (await chat.app.accounts.members())[0].account.id
    before, heard = await chat.app.accounts.members(), len(chat.app.heard)
    for method, pattern in routes(chat.app):
        if (method, pattern) not in OPEN:
            outcome = await tried(tab, method, filled(pattern, account=account))
            assert outcome in ((401, ""), (303, "/sign-in")), (method, pattern, outcome)
    for file in sorted(STATIC.rglob("*.*")):
        name = file.relative_to(STATIC).as_posix()
        status, _ = await tried(tab, "GET", f"/static/{name}")
        assert status == (200 if name in SHOWN_TO_STRANGERS else 401), name
    for id_ in ("i:1", "r:1", "s:1", "x:1", "z:1"):
        for size in ("thumb", "full", "original"):
            assert await tried(tab, "GET", f"/pictures/{id_}/{size}") == (401, "")
    with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
        await tab.ws_connect("/ws")
    assert await chat.app.accounts.members() == before
    assert len(chat.app.heard) == heard


async def test_a_stranger_reaches_nothing_but_the_ways_in(team: Served) -> None:
    async with team.operator(), team.tab() as stranger:
        await is_kept_out(team, stranger)
        for path in ("/join/" + "A" * 26, "/hooks/nobody"):
            assert (await tried(stranger, "POST", path))[0] in (400, 404)
    assert team.app.news == []


async def test_a_forged_cookie_is_a_stranger(team: Served) -> None:
    async with team.operator():
        for value in ("", "x", "A" * 43, "'; DROP TABLE web_sessions; --", "Ä" * 30, "a" * 5000):
            async with team.tab(Cookie=f"likeness={value}") as tab:
                assert await tried(tab, "GET", "/api/history") == (401, ""), value


async def blocked(chat: Served) -> None:
    await chat.app.accounts.block((await chat.account("Ana")).id)


async def signed_out(chat: Served) -> None:
    await chat.app.accounts.sign_out_everywhere((await chat.account("Ana")).id)


async def expired(chat: Served) -> None:
    chat.app.later += IDLE
    await chat.app.accounts.watch.ended()


async def deleted(chat: Served) -> None:
    async with chat.database.write() as tx:
        user = await people.find(tx, "web", (await chat.account("Ana")).id)
        assert user
        await erasure.erase(tx, user.id, 0)
    await chat.app.accounts.watch.ended()


ENDS: Mapping[str, Callable[[Served], Awaitable[None]]] = {
    "blocked": blocked, "signed out": signed_out, "expired": expired, "deleted": deleted,
}  # fmt: skip


@asynccontextmanager
async def ended(chat: Served, how: str) -> AsyncIterator[tuple[aiohttp.ClientSession, aiohttp.ClientWebSocketResponse]]:
    """The tab of a member whose session has ended, with the socket it had open."""
    async with chat.operator(), chat.member("Ana") as tab:
        socket = await tab.ws_connect("/ws")
        assert (await socket.receive_json())["type"] == "hello"
        await ENDS[how](chat)
        yield tab, socket


@pytest.mark.parametrize("how", ENDS)
async def test_a_former_member_reaches_no_more_than_a_stranger(team: Served, how: str) -> None:
    async with ended(team, how) as (tab, _):
        await is_kept_out(team, tab)


@pytest.mark.parametrize("how", ENDS)
async def test_the_open_page_of_a_former_member_is_closed_and_hears_nothing_more(team: Served, how: str) -> None:
    async with ended(team, how) as (_, socket):
        await team.front.send(TEAM, Say(lines=(say("web-send"),)), "after the end")
        message = await socket.receive()
        assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, aiohttp.WSCloseCode.POLICY_VIOLATION)


async def test_the_pages_of_others_stay_open_when_somebody_is_blocked(team: Served) -> None:
    async with team.member("Bob") as bob:
        socket = await bob.ws_connect("/ws")
        await socket.receive_json()
        async with ended(team, "blocked"):
            await team.front.send(TEAM, Say(lines=(say("web-send"),)), "news")
            assert (await socket.receive_json())["type"] == "entry"


async def test_signing_out_closes_that_browsers_pages_alone(team: Served) -> None:
    async with team.member("Ana") as desk, team.member("Bob") as bob:
        sockets = [await tab.ws_connect("/ws") for tab in (desk, bob)]
        for socket in sockets:
            await socket.receive_json()
        await desk.post("/sign-out")
        await team.front.send(TEAM, Say(lines=(say("web-send"),)), "news")
        assert (await sockets[0].receive()).data == aiohttp.WSCloseCode.POLICY_VIOLATION
        assert (await sockets[1].receive_json())["type"] == "entry"


@pytest.mark.parametrize("role", ["guest", "member", "moderator"])
async def test_nobody_but_operators_reaches_the_operators_routes(team: Served, role: str) -> None:
    async with team.operator(), team.member("Gus", role) as tab:
        olga = (await team.account("Olga")).id
        for method, pattern in routes(team.app):
            if (method, pattern) == ("POST", "/sign-out"):
                continue
            status, _ = await tried(tab, method, filled(pattern, account=olga))
            assert (status == 403) == ((method, pattern) in OPERATORS), (method, pattern, status)
            assert status < 500
        assert not any(one.blocked for one in await team.app.accounts.members())
