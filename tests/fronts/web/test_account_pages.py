"""The page of one's devices, and the operators' page of members: what each form does."""

import re
from typing import Any

import aiohttp
import pytest

from tests.fronts.web.serving import Served, send


async def page(tab: aiohttp.ClientSession, path: str) -> str:
    async with tab.get(path) as response:
        assert response.status == 200, await response.text()
        return await response.text()


async def do(tab: aiohttp.ClientSession, path: str, **form: Any) -> str:
    async with tab.post(path, data=form) as response:
        assert response.status == 200, await response.text()
        return await response.text()


async def is_in(tab: aiohttp.ClientSession) -> bool:
    async with tab.get("/api/session") as response:
        return response.status == 200


def link_in(text: str) -> str:
    found = re.search(r"/join/[A-Z2-7]{26}", text)
    assert found
    return found[0]


def fields(text: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)"', text)


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile Safari/604.1"


async def test_people_sign_in_another_device_see_both_and_end_one(team: Served) -> None:
    async with team.member("Ana", **{"User-Agent": FIREFOX}) as desk, team.tab(**{"User-Agent": PHONE}) as phone:
        link = link_in(await do(desk, "/account/link"))
        assert "Ana" in await page(phone, link)
        await do(phone, link)
        text = await page(desk, "/account")
        assert "Firefox · Linux" in text
        assert "Safari · iPhone" in text
        (other,) = fields(text, "session")
        await do(desk, "/account/end", session=other)
        assert (await is_in(desk), await is_in(phone)) == (True, False)


async def test_people_end_all_their_other_sessions_at_once(team: Served) -> None:
    async with team.member("Ana") as desk, team.tab() as phone, team.tab() as thief:
        await do(phone, link_in(await do(desk, "/account/link")))
        unused = link_in(await do(desk, "/account/link"))
        await do(desk, "/account/end-others")
        assert (await is_in(desk), await is_in(phone)) == (True, False)
        async with thief.post(unused, data={}) as response:
            assert response.status == 404, "a link that was made before is worthless too"


async def test_nobody_ends_the_session_of_somebody_else(team: Served) -> None:
    async with team.member("Ana") as ana, team.member("Bob") as bob:
        (session,) = await team.app.accounts.sessions((await team.account("Ana")).id)
        await do(bob, "/account/end", session=session.id)
        assert await is_in(ana)


@pytest.mark.parametrize("role", ["guest", "member", "moderator", "operator"])
async def test_operators_invite_with_a_role(team: Served, role: str) -> None:
    async with team.operator() as olga, team.tab() as new:
        text = await do(olga, "/members/invite", role=role)
        await do(new, link_in(text), name="New")
        assert (await team.account("New")).role == role


async def test_an_invitation_is_withdrawn(team: Served) -> None:
    async with team.operator() as olga, team.tab() as new:
        text = await do(olga, "/members/invite", role="member")
        await do(olga, "/members/withdraw", invitation=fields(text, "invitation")[0])
        async with new.post(link_in(text), data={"name": "New"}) as response:
            assert response.status == 404


@pytest.mark.parametrize("role", ["guest", "member", "moderator"])
async def test_only_operators_see_and_change_members(team: Served, role: Any) -> None:
    async with team.operator(), team.member("Ana", role) as ana:
        olga = (await team.account("Olga")).id
        for method, path in (
            ("GET", "/members"), ("POST", "/members/invite"), ("POST", "/members/withdraw"),
            *(("POST", f"/members/{olga}/{what}") for what in ("role", "link", "end", "block", "unblock")),
        ):  # fmt: skip
            async with ana.request(method, path, data={"role": "operator"}) as response:
                assert response.status == 403, path
        assert "/members" not in await page(ana, "/account")


async def test_a_role_that_is_changed_holds_from_the_next_request_on(team: Served) -> None:
    async with team.operator() as olga, team.member("Ana") as ana:
        account = await team.account("Ana")
        await do(olga, f"/members/{account.id}/role", role="operator")
        assert "Olga" in await page(ana, "/members")
        await do(olga, f"/members/{account.id}/role", role="guest")
        async with ana.get("/members") as response:
            assert response.status == 403


async def test_operators_let_a_member_in_again_whose_session_is_over(team: Served) -> None:
    async with team.operator() as olga, team.member("Ana") as ana:
        account = await team.account("Ana")
        await do(olga, f"/members/{account.id}/end")
        assert not await is_in(ana)
        await do(ana, link_in(await do(olga, f"/members/{account.id}/link")))
        assert await is_in(ana)
    assert (await team.account("Ana")).id == account.id


async def test_blocked_people_come_back_only_when_they_are_let_in(team: Served) -> None:
    async with team.operator() as olga, team.member("Ana") as ana:
        account = await team.account("Ana")
        before = link_in(await do(olga, f"/members/{account.id}/link"))
        assert "Blocked" in await do(olga, f"/members/{account.id}/block")
        assert not await is_in(ana)
        for method, link in (("POST", before), ("GET", before)):
            async with ana.request(method, link, data={"name": "Ana"}) as response:
                assert response.status == 404
        async with olga.post(f"/members/{account.id}/link") as response:
            assert response.status == 404
        await do(olga, f"/members/{account.id}/unblock")
        await do(ana, link_in(await do(olga, f"/members/{account.id}/link")))
        assert await is_in(ana)


async def test_operators_cannot_lock_themselves_out(team: Served) -> None:
    async with team.operator() as olga:
        account = await team.account("Olga")
        for what in ("role", "block", "end"):
            async with olga.post(f"/members/{account.id}/{what}", data={"role": "guest"}) as response:
                assert response.status == 404
        assert await is_in(olga)


async def test_a_name_is_never_markup(team: Served) -> None:
    async with team.operator() as olga, team.member("<b>Eve</b>"):
        text = await page(olga, "/members")
    assert "&lt;b&gt;Eve&lt;/b&gt;" in text
    assert "<b>" not in text


async def test_the_owner_at_home_has_no_accounts_to_look_after(home: Served) -> None:
    async with home.tab() as tab:
        for path in ("/account", "/members"):
            async with tab.get(path) as response:
                assert response.status == 404
                assert "yours alone" in await response.text()
        assert (await send(tab, "typed", text="hi")).status == 200
