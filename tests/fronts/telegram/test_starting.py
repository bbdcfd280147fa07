"""Starting: menus, tokens nobody knows, another program with the same token, and updates that are posted to us."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest
import pytest_asyncio

from bot import wiring
from bot.fronts.telegram.connection.webhook import HEADER
from bot.fronts.telegram.front import TelegramFront
from bot.settings import SettingError, Settings, TelegramSettings
from tests.fronts.telegram.talking import FAST, Talk, fronted
from tests.harness.bots import Bot, started
from tests.servers.telegram import TelegramServer, settings_of, telegram
from tests.servers.telegram_world import Refused

pytestmark = pytest.mark.asyncio(loop_scope="module")

POSTED = {
    "TELEGRAM_WEBHOOK_SECRET": "hush-hush-hush-hush",
    "PUBLIC_URL": "https://pictures.example.org",
    "WEB_TOKEN": "a token of the operator",
}
"""The settings with which Telegram posts to the web port."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]  # a generator of Bot
    async with started(tmp_path_factory.mktemp("data")) as running:
        yield running


async def test_menus_are_given_for_each_kind_of_chat_and_language(bot: Bot) -> None:
    async with telegram() as server, fronted(bot, server, FAST):
        await server.world.until(lambda: len(server.methods.commands) == 6)
    english = names(server, "all_private_chats")
    assert {"imagine", "persona", "gallery", "settings", "cancel", "help"} <= english
    assert "admin" not in english
    assert "admin" in names(server, "all_chat_administrators")
    assert "link" not in names(server, "all_group_chats")
    french = server.methods.commands["all_private_chats", "fr"]
    assert next(one for one in french if one["command"] == "persona")["description"].startswith("Vos personas")


async def test_a_token_nobody_knows_is_told_in_one_sentence(bot: Bot) -> None:
    async with telegram() as server:
        with pytest.raises(SettingError, match="Telegram does not know this token"):
            async with fronted(bot, server, FAST, TELEGRAM_TOKEN="1234567890:" + "x" * 35):
                pass


async def test_another_program_with_the_same_token_ends_the_run(bot: Bot) -> None:
    async with telegram() as server:
        conflict = Refused(409, "Conflict: terminated by other getUpdates request")
        server.methods.faults["getUpdates"] = [conflict] * 20
        front = TelegramFront(
            bot.running.app, bot.running.state.facts, TelegramSettings.read(settings_of(server)), FAST
        )
        with pytest.raises(SettingError, match="another program receives this bot's messages"):
            await front.run()


async def test_a_telegram_that_cannot_be_reached_is_waited_for(bot: Bot) -> None:
    async with telegram() as server:
        server.methods.faults["getMe"] = [Refused(502, "Bad Gateway")] * 2
        server.methods.faults["getUpdates"] = [Refused(500, "Internal Server Error")]
        async with fronted(bot, server, FAST) as front:
            ada = Talk(bot, front, server).person()
            await ada.writes("/start")
            await ada.hears("Hello Ada!")


async def test_updates_are_posted_to_the_web_port(bot: Bot) -> None:
    settings = {
        "TELEGRAM_WEBHOOK_SECRET": POSTED["TELEGRAM_WEBHOOK_SECRET"],
        "PUBLIC_URL": "https://pictures.example.org",
        "WEB_TOKEN": "a token of the operator",
    }
    async with (
        telegram() as server,
        fronted(bot, server, FAST, **settings) as front,
        posting(bot, settings) as post,
    ):
        await server.world.until(lambda: server.methods.webhook)
        assert server.methods.webhook["url"] == "https://pictures.example.org/hooks/telegram"
        assert "message_reaction" in server.methods.webhook["allowed_updates"]
        ada = Talk(bot, front, server).person()
        await ada.writes("/start")
        update = json.dumps(server.world.updates[-1]).encode()
        assert await post(update) == 401
        assert await post(update, "guessed") == 401
        assert ada.said == []
        assert await post(update, server.methods.webhook["secret_token"]) == 200
        await ada.hears("Hello Ada!")
        assert await post(b"no json", POSTED["TELEGRAM_WEBHOOK_SECRET"]) == 200


async def test_an_album_that_is_posted_photo_by_photo_is_one_request(bot: Bot, photo: bytes) -> None:
    settings = {
        "TELEGRAM_WEBHOOK_SECRET": POSTED["TELEGRAM_WEBHOOK_SECRET"],
        "PUBLIC_URL": "https://pictures.example.org",
        "WEB_TOKEN": "a token of the operator",
    }
    async with (
        telegram() as server,
        fronted(bot, server, replace(FAST, album=1.0), **settings) as front,
        posting(bot, settings) as post,
    ):
        await server.world.until(lambda: server.methods.webhook)
        zoe = Talk(bot, front, server).person("Zoé", "fr")
        await zoe.sends_album([photo] * 3, "toutes ensemble")
        for update in server.world.updates:
            assert await post(json.dumps(update).encode(), POSTED["TELEGRAM_WEBHOOK_SECRET"]) == 200
        await zoe.hears("toutes ensemble", kind="photo")
        assert len(bot.scripted.journal[-1].request.references) == 3


@asynccontextmanager
async def posting(bot: Bot, settings: dict[str, str]) -> AsyncIterator[Callable[..., Awaitable[int]]]:
    """Posts to the bot's web port as Telegram does, and tells the status."""
    web = wiring.open_front("web", bot.running, Settings({"WEB_PORT": "0", **settings}))
    serving = asyncio.create_task(web.run())
    await web.url()

    async def post(update: bytes, secret: str | None = None) -> int:
        headers = {"Host": "pictures.example.org", "Content-Type": "application/json"}
        sent = {**headers, **({HEADER: secret} if secret else {})}
        address = f"http://127.0.0.1:{web.port}/hooks/telegram"
        async with aiohttp.ClientSession() as session, session.post(address, data=update, headers=sent) as answer:
            return answer.status

    try:
        yield post
    finally:
        serving.cancel()
        await asyncio.wait([serving])
        del bot.running.fronts["web"]


def names(server: TelegramServer, scope: str) -> set[str]:
    return {one["command"] for one in server.methods.commands[scope, ""]}
