"""The pages of accounts in a browser: usable by everybody, and the chat of somebody who is blocked closes at once."""

from pathlib import Path

from playwright.async_api import Browser, expect

from tests.fronts.web.browsing import in_browser, signed_in, visited
from tests.fronts.web.serving import TOKEN, Served

pytestmark = in_browser

FAULTS = (Path(__file__).parents[2] / "browser" / "accessibility.js").read_text("utf-8")
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
PHONE = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "locale": "fr-FR"}


async def test_an_operator_invites_somebody_and_blocks_them_again(team: Served, browser: Browser) -> None:
    async with visited(browser, team.url) as olga:
        await olga.get_by_label("Your name").fill("Olga")
        await olga.get_by_label("Token").fill(TOKEN)
        await olga.get_by_role("button", name="Sign in").click()
        await olga.get_by_role("link", name="Olga").click()
        await olga.get_by_role("link", name="Members").click()
        await olga.get_by_label("As").select_option("guest")
        await olga.get_by_role("button", name="Make an invitation").click()
        assert "/join/" in await olga.get_by_label("The link").input_value()
        async with signed_in(browser, team, "Ana") as ana:
            await olga.get_by_role("link", name="Members").click()
            await olga.get_by_role("listitem").filter(has_text="Ana").get_by_role("button", name="Block").click()
            await expect(olga.get_by_text("member · Blocked")).to_be_visible()
            await expect(ana.get_by_label("Token")).to_be_visible()


async def test_every_page_of_accounts_is_open_to_people_who_see_or_hear_it_badly(
    team: Served, browser: Browser
) -> None:
    async with team.member("Ana"), team.member("Bénédicte de la Montagne-Verte", "moderator"):
        link = await team.invitation("operator")
    for path in ("/sign-in", link, "/join/AAAA"):
        async with visited(browser, team.url, path, **PHONE) as page:
            assert (await page.evaluate(FAULTS), await page.evaluate(SIDEWAYS)) == ([], 0), path
    async with visited(browser, team.url, link, **PHONE) as page:
        await page.get_by_label("Votre nom").fill("Olga")
        await page.get_by_role("button", name="Rejoindre").click()
        await expect(page.locator("#status")).to_have_attribute("data-state", "online")
        for path, button in (("/account", "Créer un lien"), ("/members", "Créer une invitation")):
            await page.goto(team.url + path)
            assert (await page.evaluate(FAULTS), await page.evaluate(SIDEWAYS)) == ([], 0), path
            await page.get_by_role("button", name=button).click()
            await expect(page.get_by_label("Le lien")).to_be_visible()
            await page.wait_for_load_state()  # its style sheets are there
            assert (await page.evaluate(FAULTS), await page.evaluate(SIDEWAYS)) == ([], 0), path
