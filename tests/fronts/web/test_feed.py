"""Open pages hear of every change, and miss nothing when the line or the server goes."""

from pathlib import Path
from typing import Any

import aiohttp

from bot.core.chat.messages import Say, say
from tests.fronts.web.serving import HOME, TEAM, TOKEN, Served, answering, history, send, served, texts

FREE, HELP = Say(lines=(say("web-send"),)), Say(lines=(say("web-picture", number=3),))


async def _listen(tab: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
    line = await tab.ws_connect("/ws")
    hello = await line.receive_json(timeout=10)
    assert hello["type"] == "hello"
    assert hello["now"] > 0
    return line


async def _hear(line: aiohttp.ClientWebSocketResponse) -> Any:
    return await line.receive_json(timeout=10)


async def test_every_open_page_hears_a_message_its_change_and_its_end(home: Served) -> None:
    async with home.tab() as first, home.tab(**{"Accept-Language": "fr"}) as second:
        lines = [await _listen(first), await _listen(second)]
        ref = await home.front.send(HOME, FREE, "key")
        await home.front.send(HOME, HELP, "other key", instead_of=ref)
        await home.front.remove(ref)
        for line, words in zip(lines, (["Send", "Picture 3"], ["Envoyer", "Image 3"]), strict=True):
            heard = [await _hear(line) for _ in range(3)]
            assert [one["type"] for one in heard] == ["entry", "entry", "gone"]
            assert [one["entry"]["body"]["lines"][0] for one in heard[:2]] == words
            assert {heard[0]["entry"]["id"], heard[1]["entry"]["id"], heard[2]["id"]} == {ref.id}


async def test_own_words_come_to_the_other_tabs(home: Served) -> None:
    async with home.tab() as tab:
        line = await _listen(tab)
        await send(tab, "typed", text="hello")
        assert (await _hear(line))["entry"]["body"]["text"] == "hello"


async def test_private_words_are_pushed_to_their_person_alone(team: Served) -> None:
    team.app.answer = answering(say("queue-empty"), private=True)
    async with team.member("Ana") as ana, team.member("Bob") as bob:
        line = await _listen(bob)
        await send(ana, "typed", text="/queue")
        await team.front.send(TEAM, HELP, "key")
        assert (await _hear(line))["entry"]["body"]["lines"] == ["Picture 3"]


async def test_a_page_that_comes_back_after_a_restart_finds_what_it_missed(tmp_path: Path) -> None:
    async with served(tmp_path, WEB_TOKEN=TOKEN) as chat, chat.member("Ana") as tab:
        line = await _listen(tab)
        ref = await chat.front.send(TEAM, FREE, "progress")
        await _hear(line)
        cookies = {cookie.key: cookie.value for cookie in tab.cookie_jar}
    async with served(tmp_path, WEB_TOKEN=TOKEN) as chat:
        await chat.front.send(TEAM, HELP, "result", instead_of=ref)
        await chat.front.send(TEAM, FREE, "more")
        async with aiohttp.ClientSession(
            chat.url, cookies=cookies, headers={"Origin": chat.url, "Accept-Language": "en"}
        ) as tab:
            await _listen(tab)
            assert texts(await history(tab)) == ["Picture 3", "Send"]


async def test_a_server_that_stops_says_so(tmp_path: Path) -> None:
    async with served(tmp_path) as chat:
        tab = chat.tab()
        line = await _listen(tab)
    message = await line.receive(timeout=10)
    assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, aiohttp.WSCloseCode.GOING_AWAY)
    await tab.close()


async def test_a_page_that_went_away_is_forgotten(home: Served) -> None:
    async with home.tab() as tab:
        line = await _listen(tab)
        await line.close()
        await home.front.send(HOME, FREE, "key")
        assert texts(await history(tab)) == ["Send"]
