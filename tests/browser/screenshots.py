"""The pictures of the guides: the real demo in a temporary folder, used as people use it.

Run `.venv/bin/python -m tests.browser.screenshots`; it writes docs/images/*.png.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Locator, expect

from tests.browser.demo import WOMAN, demo
from tests.browser.studio import IMAGES, Studio, darken, shoot
from tests.browser.visitor import Visitor
from tests.fronts.web.browsing import launched
from tests.servers import gemini
from tests.servers.paid_api import serving

TOKEN = "a token that only the operator knows"
REFUSING = "two knights fighting with swords"


async def main() -> None:
    """Start demos, use them, and write every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with launched() as browser:
            await without_a_key(browser, Path(folder) / "own")
            await as_a_team(browser, Path(folder) / "team")
            await with_a_paid_model(browser, Path(folder) / "paid")


async def without_a_key(browser: Browser, data: Path) -> None:
    """What the local model alone can do."""
    async with demo(data) as url:
        studio = Studio(browser, url)
        await first_minutes(studio)
        await a_result(studio)
        await on_a_phone(studio)
        await judging(studio)
        await the_gallery(studio)


async def first_minutes(studio: Studio) -> None:
    """The greeting, a photo, the question who it is, and the first looks."""
    async with studio.desk("light", 1640, scale=1) as me:
        await me.drop(WOMAN)
        await me.send()
        await me.tap("It is me")
        await me.result(0)
        await me.page.locator("#thread").evaluate("box => box.scrollTo(0, 0)")
        await shoot(me, "chat-light")
        await darken(me.page)
        await shoot(me, "chat-dark")


async def a_result(studio: Studio) -> None:
    """Six pictures of a persona, some of them judged."""
    async with studio.desk("light", 1012) as me:
        await me.drop(WOMAN)
        await me.say("/persona create Mila")
        await me.tap("It is me")
        await me.result(1)
        await me.say("/imagine portrait in the garden --persona Mila --count 6")
        tiles = await me.result(2)
        await judge(me, tiles, "ks xk")
        await shoot(me, "result-light")
        await darken(me.page)
        await shoot(me, "result-dark")


async def on_a_phone(studio: Studio) -> None:
    """The same result in one narrow column."""
    async with studio.phone() as me:
        await me.result(2)
        await shoot(me, "phone")


async def judge(me: Visitor, tiles: Locator, keys: str) -> None:
    """Judge pictures one by one in the lightbox; a space leaves one as it is."""
    await tiles.first.click()
    for key in keys:
        if key != " ":
            await me.page.keyboard.press(key)
            await expect(me.lightbox).not_to_have_attribute("data-verdict", "undecided")
        await me.page.keyboard.press("ArrowRight")
    await me.page.keyboard.press("Escape")
    await me.field.focus()


async def judging(studio: Studio) -> None:
    """One picture at a time, in the chat and large."""
    async with studio.desk("light", 900) as me:
        await me.say("/curate")
        await me.result(3)
        for place, verb in enumerate(("Keep", "Reject", "Keep"), 2):
            await me.tap(verb)
            await expect(me.page.locator("[data-kind=show]").last).to_contain_text(f"{place} of")
        await shoot(me, "curate")
        await darken(me.page)
        await me.page.locator("[data-kind=show]").nth(2).locator(".tile").nth(1).click()
        await shoot(me, "lightbox-dark")


async def the_gallery(studio: Studio) -> None:
    async with studio.desk("dark", 860) as me:
        await me.say("/gallery browse")
        await me.result(4)
        await shoot(me, "gallery-dark")


async def as_a_team(browser: Browser, data: Path) -> None:
    """Two people vote on four pictures; the tally is live."""
    async with demo(data, WEB_TOKEN=TOKEN) as url:
        studio = Studio(browser, url, TOKEN)
        async with studio.member("Ana", 1250) as ana, studio.member("Ben", 1250) as ben:
            await ana.say("/vote settings --mode team --quorum 2")
            await ana.drop(WOMAN)
            await ana.say("/persona create Mila")
            await ana.tap("It is me")
            await ana.result(0)
            await ana.say("/imagine portrait in the garden --persona Mila --count 4")
            await ana.result(1)
            await ben.result(0)
            await ben.say("/quota")
            await ana.say("/vote start")
            for voter, numbers in ((ana, "134"), (ben, "13")):
                for number in numbers:
                    await voter.tap(number)
            await expect(ana.page.locator("[data-kind=show]").last).to_contain_text("3: 2 for, 0 against")
            await shoot(ana, "vote")


async def with_a_paid_model(browser: Browser, data: Path) -> None:
    """A price that is asked about, a refusal with its three ways out, and what is left."""
    async with playing() as (api, settings), demo(data, **settings) as url:
        studio = Studio(browser, url)
        async with studio.desk("light", 480) as me:
            await me.say("/imagine a lighthouse in the morning mist --count 3")
            await me.result(0)
            await me.say("/imagine a lighthouse in a storm --count 8")
            await expect(me.page.get_by_text("Go on?")).to_be_visible()
            await shoot(me, "confirm")
            await me.tap("No")
            api.playing.append("refused_prompt")
            await me.say(f"/imagine {REFUSING}")
            await expect(me.page.get_by_role("button", name="Rephrase")).to_be_visible()
            await shoot(me, "refusal")
            await me.say("/quota")
            await expect(me.page.get_by_text("Left today")).to_be_visible()
            await shoot(me, "quota")


@asynccontextmanager
async def playing() -> AsyncIterator[tuple[gemini.Api, Mapping[str, str]]]:
    """Gemini's API on loopback, and the settings that lead there."""
    async with serving(gemini.Api()) as api:
        yield api, {"GEMINI_API_KEY": gemini.KEY, "GOOGLE_GEMINI_BASE_URL": api.origin}


if __name__ == "__main__":
    asyncio.run(main())
