"""Who is let in: own Host, own Origin, and with WEB_TOKEN only people who gave it."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import pytest

from bot.core.chat.messages import Incoming, Speak
from bot.core.runtime.readiness import Trouble
from bot.fronts.web.front import WebFront
from bot.settings import SettingError, WebSettings
from tests.fronts.web.serving import TOKEN, Away, Served, send, served

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


async def test_the_public_address_is_answered_too(tmp_path: Path) -> None:
    async with served(tmp_path, WEB_PORT="0", PUBLIC_URL="https://pictures.example.org") as chat:
        assert chat.url == "https://pictures.example.org"
        assert chat.front.port
        async with aiohttp.ClientSession(f"http://127.0.0.1:{chat.front.port}") as tab:
            host = {"Host": "pictures.example.org"}
            async with tab.get("/", headers=host) as response:
                assert response.status == 200
            event = '{"type": "typed", "id": "6f2c1a34-0000-4000-8000-000000000000", "text": "hi"}'
            origin = {"Origin": "https://pictures.example.org"}
            async with tab.post("/api/events", data=event, headers=host | origin) as response:
                assert response.status == 200


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


async def test_without_the_token_only_health_and_the_sign_in_page_are_open(team: Served) -> None:
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


async def test_the_token_and_a_name_open_the_shared_room(team: Served) -> None:
    async with team.tab() as tab:
        async with tab.post(
            "/sign-in", data={"token": TOKEN, "name": " Ana  María "}, allow_redirects=False
        ) as response:
            assert (response.status, response.headers["Location"]) == (303, "/")
            cookie = response.cookies["likeness"]
            assert cookie["httponly"]
            assert cookie["samesite"] == "Strict"
        async with tab.get("/api/session") as response:
            session = await response.json()
        assert session["me"] == {"id": "ana-maría", "name": "Ana María"}
        assert session["shared"] is True
        await send(tab, "typed", text="hi")
        (heard,) = team.app.heard
        assert (heard.who.platform, heard.who.id, heard.place.chat, heard.place.audience) == (
            "web", "ana-maría", "team", "group",
        )  # fmt: skip


async def test_a_wrong_token_or_no_name_is_told_on_the_page(team: Served) -> None:
    async with team.tab() as tab:
        async with tab.post("/sign-in", data={"token": "guess", "name": 'Ana "A"'}) as response:
            assert response.status == 401
            page = await response.text()
            assert "This token is not right" in page
            assert 'value="Ana &quot;A&quot;"' in page
        for name in ("", "!?", "Bot"):
            async with tab.post("/sign-in", data={"token": TOKEN, "name": name}) as response:
                assert response.status == 400
                assert "enter a name" in await response.text()
        async with tab.get("/api/session") as response:
            assert response.status == 401


async def test_guessing_the_token_is_stopped(team: Served) -> None:
    async with team.tab() as tab:
        for _ in range(30):
            async with tab.post("/sign-in", data={"token": "guess", "name": "Eve"}) as response:
                assert response.status == 401
        async with tab.post("/sign-in", data={"token": TOKEN, "name": "Eve"}) as response:
            assert response.status == 429


async def test_a_flood_at_the_sign_in_page_is_not_read(team: Served) -> None:
    async with team.tab() as tab, tab.post("/sign-in", data={"token": "x" * 20_000, "name": "Eve"}) as response:
        assert response.status == 413


async def test_signing_out_closes_the_door(team: Served) -> None:
    async with team.member("Ana") as tab:
        await tab.post("/sign-out")
        async with tab.get("/api/session") as response:
            assert response.status == 401


async def test_a_taken_port_is_said_with_the_fix(home: Served) -> None:
    settings = WebSettings.read({"WEB_PORT": home.host.partition(":")[2]})
    with pytest.raises(SettingError, match=r"WEB_PORT: port \d+ is taken"):
        await asyncio.wait_for(WebFront(home.app, home.transcript, settings).run(), 10)
