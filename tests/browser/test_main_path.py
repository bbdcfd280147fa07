"""The way a person goes who has just started the demo: from a photo to kept pictures, and back another day."""

import asyncio
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, FileChooser, Locator, expect

from tests.browser.demo import WOMAN, demo
from tests.browser.visitor import Visitor, verdicts
from tests.fronts.web.browsing import in_browser, opened

pytestmark = in_browser

FAULTS = Path(__file__).with_name("accessibility.js").read_text("utf-8")
GREETING = "Drop a photo here to begin."
SIDEWAYS = "boxes => boxes.map((box) => box.scrollWidth - box.clientWidth)"
MOVED = "() => [document.documentElement, document.body].map((box) => box.scrollTop)"


async def has_no_faults(me: Visitor) -> None:
    """Nothing on the page is closed to people who hear it or see it badly."""
    await me.settled()
    assert await me.page.evaluate(FAULTS) == []


async def judged(lightbox: Locator, verdict: str, best: str = "false") -> None:
    await expect(lightbox).to_have_attribute("data-verdict", verdict)
    await expect(lightbox).to_have_attribute("data-best", best)


async def first_looks(me: Visitor) -> Locator:
    """Drop a first photo and say who it is; the pictures that follow."""
    await me.drop(WOMAN)
    await me.send()
    await me.tap("It is me")
    return await me.result(0)


async def type_by_completion(me: Visitor) -> None:
    """Choose a command, its options and a value with the keys of the list."""
    await me.field.press_sequentially("/ima")
    await me.field.press("Tab")
    await me.field.press_sequentially("comic portrait --co")
    await me.field.press("Enter")
    await me.field.press_sequentially("2 --asp")
    await me.field.press("Enter")
    await me.field.press_sequentially("4:")
    await expect(me.completions).to_have_count(2)
    await me.field.press("ArrowDown")
    await me.field.press("Enter")
    await expect(me.field).to_have_value("/imagine comic portrait --count 2 --aspect 4:5 ")


async def judge_by_keys(me: Visitor) -> None:
    """Keep the first picture, reject the second, star the third, and keep the fourth only for a moment."""
    keys = me.page.keyboard
    await keys.press("k")
    await judged(me.lightbox, "kept")
    await keys.press("ArrowRight")
    await keys.press("x")
    await judged(me.lightbox, "rejected")
    await keys.press("ArrowRight")
    await keys.press("s")
    await judged(me.lightbox, "kept", best="true")
    await keys.press("ArrowRight")
    await keys.press("k")
    await judged(me.lightbox, "kept")
    await keys.press("u")
    await judged(me.lightbox, "undecided")
    await keys.press("ArrowLeft")
    await judged(me.lightbox, "kept", best="true")


async def test_a_dropped_photo_becomes_pictures_that_are_judged_and_still_there_after_a_restart(
    tmp_path: Path, browser: Browser
) -> None:
    data = tmp_path / "data"
    async with demo(data) as url, opened(browser, url) as page:
        me = Visitor(page)
        await expect(page.get_by_role("log")).to_contain_text(GREETING)
        await has_no_faults(me)
        looks = await first_looks(me)
        await expect(looks).to_have_count(6)
        await expect(looks.nth(2)).to_have_accessible_name("Picture 3 (graphite), local preview")
        await has_no_faults(me)
        await expect(page.get_by_role("button", name="Report")).to_be_visible()

        await type_by_completion(me)
        await has_no_faults(me)
        await me.send()
        await expect(await me.result(1)).to_have_count(2)

        await looks.first.click()
        await expect(me.lightbox).to_contain_text("1 of 6")
        await judge_by_keys(me)
        await has_no_faults(me)
        await page.keyboard.press("Escape")
        await expect(me.lightbox).to_be_hidden()
        await expect(looks.nth(2)).to_be_focused()
        assert await verdicts(looks) == ["kept", "rejected", "kept*", *["undecided"] * 3]

    async with demo(data) as url, opened(browser, url, color_scheme="dark") as page:
        me = Visitor(page)
        await expect(page.get_by_role("log")).to_contain_text(GREETING)
        result = page.locator("[data-kind=show]").first
        looks = result.locator(".tile")
        assert await verdicts(looks) == ["kept", "rejected", "kept*", *["undecided"] * 3]
        await result.get_by_role("button", name="5", exact=True).click()
        await expect(looks.nth(4)).to_have_attribute("data-verdict", "kept")

        await me.say("/gallery browse --verdict kept")
        kept = await me.result(2)
        await expect(kept).to_have_count(3)
        await kept.last.click()
        async with page.expect_download() as saved:
            await me.lightbox.get_by_role("link", name="Download the original").click()
        with Image.open(await (await saved.value).path()) as picture:
            assert min(picture.size) > 500
        await has_no_faults(me)


async def test_the_keyboard_alone_is_enough(tmp_path: Path, browser: Browser) -> None:
    async with demo(tmp_path / "data") as url, opened(browser, url) as page:
        me = Visitor(page)
        chooser: asyncio.Future[FileChooser] = asyncio.get_running_loop().create_future()
        page.once("filechooser", lambda shown: chooser.set_result(shown))
        await expect(me.field).to_be_focused()
        await me.tab_to(page.get_by_role("button", name="Attach photos"), back=True)
        await page.keyboard.press("Enter")
        await (await chooser).set_files(WOMAN)
        await me.tab_to(me.field)
        await page.keyboard.press("Enter")

        answer = page.get_by_role("button", name="It is me")
        await expect(answer).to_be_visible()
        await me.tab_to(answer, back=True)
        await page.keyboard.press("Enter")
        looks = await me.result(0)
        await me.tab_to(looks.first)
        await page.keyboard.press("Enter")
        await me.tab_to(me.lightbox.get_by_role("button", name="Keep"))
        await page.keyboard.press("Space")
        await judged(me.lightbox, "kept")
        await me.tab_to(me.lightbox.get_by_role("button", name="Close"), back=True)
        await page.keyboard.press("Enter")
        await expect(looks.first).to_be_focused()

        second = page.get_by_role("log").get_by_role("button", name="2", exact=True)
        await me.tab_to(second)
        await page.keyboard.press("Space")
        await expect(second).to_have_attribute("aria-pressed", "true")
        await expect(second).to_be_focused()
        await me.tab_to(page.get_by_role("button", name="Recipe").last)
        await page.keyboard.press("Enter")
        await me.tab_to(page.get_by_role("button", name="Copy the command"))
        await me.tab_to(me.field)
        await page.keyboard.type("/quota")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("log")).to_contain_text("Today: 6 of")
        await me.tab_to(page.get_by_role("button", name="Dark theme"), back=True)
        await page.keyboard.press("Enter")
        await expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")


async def test_a_phone_in_french_never_scrolls_sideways_and_its_dark_is_black(tmp_path: Path, browser: Browser) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    async with (
        demo(tmp_path / "data") as url,
        opened(browser, url, color_scheme="dark", locale="fr-FR", **phone) as page,
    ):
        me = Visitor(page)

        async def fits() -> None:
            boxes = page.locator("html, #thread, dialog[open]")
            assert set(await boxes.evaluate_all(SIDEWAYS)) == {0}
            assert await page.evaluate(MOVED) == [0, 0], "the page itself was scrolled, not the thread"
            await has_no_faults(me)

        for ground in ("body", "#lightbox", ".bar", ".composer"):
            await expect(page.locator(ground)).to_have_css("background-color", "rgb(0, 0, 0)")
        await fits()
        await me.drop(WOMAN)
        await fits()
        await me.send()
        await me.tap("C’est moi")
        looks = await me.result(0)
        await fits()
        await looks.last.tap()
        await expect(me.lightbox).to_contain_text("6 sur 6")
        await me.lightbox.get_by_role("button", name="Garder").tap()
        await judged(me.lightbox, "kept")
        await fits()
        await me.lightbox.get_by_role("button", name="Fermer").tap()
        await me.tap("Recette")
        await expect(page.get_by_role("button", name="Copier la commande")).to_be_visible()
        await fits()
        await me.tap("Modifier")
        await expect(page.get_by_text("Laquelle dois-je modifier")).to_be_visible()
        await me.tap("6")
        await expect(page.locator("form.card textarea")).to_be_visible()
        await fits()
        await me.field.press_sequentially("/imagine portrait --")
        await expect(me.completions.first).to_be_visible()
        await fits()
        await me.say(f"/imagine {'trèslong' * 60} --frob")
        await expect(page.locator(".say.error")).to_be_visible()
        await fits()
        await me.say("/help")
        await fits()

        # A list of buttons breaks where the line ends; a form of choices takes the focus without moving the page.
        await me.say("/persona create Mila --kind fictional")
        await me.say("/persona traits mila")
        await me.tap("Identité")
        await expect(page.get_by_role("button", name="Carnation ébène")).to_be_visible()
        assert await page.get_by_role("group").filter(has_text="Femme adulte").locator("button").count() == 15
        await fits()
        await me.say("/settings")
        await expect(page.get_by_text("Ce que j’ajoute à vos mots :")).to_be_visible()
        await me.tap("Modifier")
        await expect(page.locator("form.card").last.get_by_role("radio", name="Français")).to_be_focused()
        await fits()
