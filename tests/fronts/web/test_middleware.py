"""Own Host, own Origin, no page without a session, and headers that protect the page."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import pytest

from bot.core.chat.messages import Incoming, Speak
from bot.core.runtime.readiness import Trouble
from bot.fronts.web.front import WebFront
from bot.settings import SettingError, WebSettings
from tests.fronts.web.serving import TOKEN, Away, Recorder, Served, send, served

WORDS: Mapping[Trouble, str] = {
    "starting": "starting",
    "database": "the database cannot be used",
    "pictures": "the picture store cannot be used",
}
TYPED = {"type": "typed", "id": "6f2c1a34-0000-4000-8000-000000000000", "text": "hi"}


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example", ""])
async def test_a_foreign_host_is_refused_in_a_sentence(home: Served, host: str) -> None:
    async with home.tab() as tab, tab.get("/", headers={"Host": host}) as response:
        assert response.status == 403
        assert "PUBLIC_URL" in await response.text()


async def test_the_refusal_speaks_the_visitors_language(home: Served) -> None:
    async with home.tab() as tab, tab.get("/", headers={"Host": "evil.example", "Accept-Language": "fr"}) as response:
        assert "Ouvrez-le" in await response.text()


async def test_its_own_names_are_answered(home: Served) -> None:
    port = home.host.partition(":")[2]
    async with home.tab() as tab:
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}"):
            async with tab.get("/", headers={"Host": host}) as response:
                assert response.status == 200, host


PUBLIC = "https://pictures.example.org"


async def test_the_public_address_is_answered_where_people_sign_in(tmp_path: Path) -> None:
    async with served(tmp_path, WEB_TOKEN=TOKEN, PUBLIC_URL=PUBLIC) as chat:
        assert chat.url == PUBLIC
        async with at_public_address(chat) as tab:
            async with tab.post("/sign-in", data={"token": TOKEN, "name": "Olga"}, allow_redirects=False) as response:
                assert response.status == 303
                cookie = response.cookies["__Host-likeness"]
                assert cookie["secure"]
                assert cookie["path"] == "/"
                assert not cookie["domain"]
                assert response.headers["Strict-Transport-Security"].startswith("max-age=")
            headers = {"Cookie": f"__Host-likeness={cookie.value}"}
            async with tab.get("/api/session", headers=headers) as response:
                assert response.status == 200
            async with tab.get("/api/session", headers={"Cookie": f"likeness={cookie.value}"}) as response:
                assert response.status == 401, "over HTTPS only the cookie that is bound to the host counts"


async def test_another_scheme_is_another_origin(tmp_path: Path) -> None:
    async with served(tmp_path, WEB_TOKEN=TOKEN, PUBLIC_URL=PUBLIC) as chat:
        for origin, status in ((PUBLIC, 401), (f"{PUBLIC}:443", 401), ("http://pictures.example.org", 403)):
            async with at_public_address(chat, Origin=origin) as tab:
                response = await tab.post("/sign-in", data={"token": "guess", "name": "Olga"})
                assert response.status == status, origin


async def test_without_accounts_the_public_address_opens_no_page(tmp_path: Path) -> None:
    app = Recorder(genuine=True)
    async with served(tmp_path, app, PUBLIC_URL=PUBLIC) as chat, at_public_address(chat) as tab:
        for path, status in (("/", 403), ("/api/history", 403), ("/pictures/i:1/full", 403), ("/healthz", 200)):
            async with tab.get(path) as response:
                assert response.status == status, path
        async with tab.post("/hooks/replicate", data=b"{}") as response:
            assert response.status == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
async def test_without_accounts_a_request_through_a_proxy_is_not_the_owners(home: Served, header: str) -> None:
    async with home.tab(**{header: "203.0.113.7"}) as tab, tab.get("/api/history") as response:
        assert response.status == 403
        assert "WEB_TOKEN" in (await response.json())["error"]


async def test_no_response_names_a_version(home: Served) -> None:
    async with home.tab() as tab:
        for path in ("/", "/nowhere", "/static/js/main.js", "/api/history", "/healthz"):
            async with tab.get(path) as response:
                assert response.headers["Server"] == "Likeness"
                assert "Strict-Transport-Security" not in response.headers


def at_public_address(chat: Served, **headers: str) -> aiohttp.ClientSession:
    """A client of the server at its public address, as a proxy passes it on."""
    given = {"Host": "pictures.example.org", "Origin": PUBLIC, "Accept-Language": "en", **headers}
    return aiohttp.ClientSession(f"http://127.0.0.1:{chat.front.port}", headers=given)


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://127.0.0.1:1", "file://"])
async def test_another_site_cannot_act_through_the_browser(home: Served, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    async with aiohttp.ClientSession(home.url, headers=headers) as tab:
        response = await send(tab, "typed", text="hi")
        assert response.status == 403
        assert "another site" in (await response.json())["error"]
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await tab.ws_connect("/ws")
    assert home.app.heard == []


async def test_every_response_forbids_foreign_content(home: Served) -> None:
    async with home.tab() as tab:
        for path in ("/", "/static/js/main.js", "/api/session", "/pictures/i:1/thumb", "/nowhere", "/healthz"):
            async with tab.get(path) as response:
                policy = response.headers["Content-Security-Policy"]
                assert "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:" in policy
                assert "unsafe" not in policy
                assert response.headers["X-Content-Type-Options"] == "nosniff"
                assert "public" not in response.headers["Cache-Control"]


async def test_what_does_not_exist_is_said_in_a_sentence(home: Served) -> None:
    async with home.tab() as tab, tab.get("/static/../front.py") as response:
        assert (response.status, await response.text()) == (404, "There is nothing here.\n")


async def test_health_tells_life_and_readiness(home: Served) -> None:
    async with home.tab() as tab:
        for path, status, text in (("/healthz", 200, "alive"), ("/readyz", 200, "ready")):
            async with tab.get(path) as response:
                assert (response.status, await response.text()) == (status, text)
        for away, words in WORDS.items():
            home.app.away = away
            async with tab.get("/readyz") as response:
                assert (response.status, await response.text()) == (503, words)
        async with tab.get("/healthz") as response:
            assert response.status == 200


async def test_an_event_that_cannot_be_taken_says_why_and_may_be_sent_again(home: Served) -> None:
    async def away(_incoming: Incoming, _speak: Speak) -> None:
        raise Away

    home.app.answer = away
    async with home.tab() as tab, tab.post("/api/events", json=TYPED) as response:
        assert response.status == 503
        assert (await response.json())["error"].startswith("I cannot reach my database.")


async def test_without_a_session_only_health_and_the_sign_in_page_are_open(team: Served) -> None:
    async with team.tab() as tab:
        async with tab.get("/", allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, "/sign-in")
        for path in ("/api/session", "/api/history", "/api/catalogue", "/pictures/i:1/full", "/static/js/main.js"):
            async with tab.get(path) as response:
                assert response.status == 401, path
        with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
            await tab.ws_connect("/ws")
        assert (await send(tab, "typed", text="hi")).status == 401
        for path in ("/healthz", "/readyz", "/sign-in", "/static/css/sign-in.css"):
            async with tab.get(path) as response:
                assert response.status == 200, path
    assert team.app.heard == []


async def test_a_taken_port_is_said_with_the_fix(home: Served) -> None:
    settings = WebSettings.read({"WEB_PORT": home.host.partition(":")[2]})
    with pytest.raises(SettingError, match=r"WEB_PORT: port \d+ is taken"):
        await asyncio.wait_for(WebFront(home.app, home.transcript, settings).run(), 10)
