"""Becoming somebody: by WEB_TOKEN, by an invitation, by a link to an account that exists; and leaving again."""

from pathlib import Path

import aiohttp
import pytest

from bot.core.account.web_accounts import INVITED_FOR
from tests.fronts.web.serving import TOKEN, Served, send, served


async def status_of(tab: aiohttp.ClientSession, path: str = "/api/session") -> int:
    async with tab.get(path, allow_redirects=False) as response:
        return response.status


async def test_the_token_makes_an_operators_account_and_opens_the_team(team: Served) -> None:
    async with team.tab() as tab:
        form = {"token": TOKEN, "name": " Ana  María "}
        async with tab.post("/sign-in", data=form, allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, "/")
            cookie = response.cookies["likeness"]
            assert cookie["httponly"]
            assert cookie["samesite"] == "Strict"
            assert not cookie["secure"], "over plain HTTP a browser would drop it"
        async with tab.get("/api/session") as response:
            session = await response.json()
        account = await team.account("Ana María")
        assert account.role == "operator"
        assert session["me"] == {"id": account.id, "name": "Ana María"}
        assert session["shared"] is True
        await send(tab, "typed", text="hi")
    (heard,) = team.app.heard
    assert (heard.who.platform, heard.who.id, heard.place.chat, heard.place.audience) == (
        "web", account.id, "team", "group",
    )  # fmt: skip


async def test_the_cookie_is_stored_as_a_hash_alone(team: Served, tmp_path: Path) -> None:
    async with team.operator() as tab:
        (cookie,) = tab.cookie_jar
    async with team.database.read() as tx:
        dump = str((await tx.exec_driver_sql("SELECT * FROM web_sessions")).all())
    assert cookie.value not in dump


async def test_an_operator_who_comes_back_with_the_token_has_the_same_account(team: Served) -> None:
    async with team.operator("Olga"), team.operator("  olga ") as tab:
        assert await status_of(tab) == 200
    assert [one.account.name for one in await team.app.accounts.members()] == ["Olga"]


async def test_the_token_gives_nobody_elses_account(team: Served) -> None:
    async with team.member("Ana"), team.tab() as tab:
        async with tab.post("/sign-in", data={"token": TOKEN, "name": "ana"}) as response:
            assert response.status == 409
            assert "Somebody else here has this name" in await response.text()
        assert await status_of(tab) == 401


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
        assert await status_of(tab) == 401


async def test_guessing_the_token_is_stopped_and_the_right_one_still_gets_in(team: Served) -> None:
    async with team.tab() as tab:
        statuses = []
        for _ in range(12):
            async with tab.post("/sign-in", data={"token": "guess", "name": "Eve"}) as response:
                statuses.append(response.status)
        assert statuses == [401] * 10 + [429] * 2
    async with team.operator("Olga") as tab:
        assert await status_of(tab) == 200


async def test_wrong_guesses_of_others_do_not_count_for_an_address(tmp_path: Path) -> None:
    async with served(tmp_path, WEB_TOKEN=TOKEN, TRUSTED_PROXIES="127.0.0.0/8") as chat:
        async with chat.tab(**{"X-Forwarded-For": "198.51.100.1"}) as eve:
            for _ in range(11):
                async with eve.post("/sign-in", data={"token": "guess", "name": "Eve"}) as response:
                    last = response.status
        assert last == 429
        for spoofed in ("203.0.113.9", "198.51.100.1, 203.0.113.9"):
            form = {"token": "guess", "name": "Bob"}
            async with chat.tab(**{"X-Forwarded-For": spoofed}) as bob, bob.post("/sign-in", data=form) as response:
                assert response.status == 401, "the last address that the proxy added is the client's"


async def test_a_flood_at_the_sign_in_page_is_not_read(team: Served) -> None:
    async with team.tab() as tab, tab.post("/sign-in", data={"token": "x" * 20_000, "name": "Eve"}) as response:
        assert response.status == 413


async def test_an_invitation_makes_one_account_with_its_role(team: Served) -> None:
    link = await team.invitation("guest")
    async with team.tab() as tab:
        for _ in range(2):  # looking does not use it: chat apps fetch every link they see
            async with tab.get(link) as response:
                assert (response.status, "Choose the name" in await response.text()) == (200, True)
        async with tab.post(link, data={"name": "Gus"}) as response:
            assert response.status == 200
        assert (await team.account("Gus")).role == "guest"
    async with team.tab() as other:
        for method in ("GET", "POST"):
            async with other.request(method, link, data={"name": "Eve"}) as response:
                assert response.status == 404
                assert "no longer works" in await response.text()
        assert await status_of(other) == 401


async def test_a_name_that_is_taken_or_none_leaves_the_invitation_open(team: Served) -> None:
    link = await team.invitation()
    async with team.member("Ana"), team.tab() as tab:
        for name, status in (("ANA!", 409), ("bot", 400), ("  ", 400), ("Bea", 200)):
            async with tab.post(link, data={"name": name}) as response:
                assert response.status == status, name


@pytest.mark.parametrize("code", ["A" * 26, "x", "%00", "..%2f", "é"])
async def test_a_link_nobody_was_given_opens_nothing(team: Served, code: str) -> None:
    async with team.tab() as tab, tab.post(f"/join/{code}", data={"name": "Eve"}) as response:
        assert response.status in (400, 404)
    assert await team.app.accounts.members() == ()


async def test_an_invitation_expires(team: Served) -> None:
    link = await team.invitation()
    team.app.later = INVITED_FOR
    async with team.tab() as tab, tab.post(link, data={"name": "Ana"}) as response:
        assert response.status == 404


async def test_signing_out_ends_the_session_and_not_only_the_cookie(team: Served) -> None:
    async with team.member("Ana") as tab:
        (cookie,) = tab.cookie_jar
        await tab.post("/sign-out")
        assert await status_of(tab) == 401
    async with aiohttp.ClientSession(team.url, cookies={"likeness": cookie.value}) as thief:
        assert await status_of(thief) == 401


async def test_a_session_that_is_idle_for_a_week_is_over_and_one_in_use_is_not(team: Served) -> None:
    day = 86_400_000
    async with team.member("Ana") as tab:
        for _ in range(3):
            team.app.later += 6 * day
            assert await status_of(tab) == 200
        team.app.later += 7 * day
        assert await status_of(tab) == 401
