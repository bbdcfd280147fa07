"""Messages and pictures on the page, in a browser against an app that only records."""

from playwright.async_api import Browser, expect

from bot.core.chat.messages import (
    Button,
    Choice,
    Field,
    Form,
    Incoming,
    Press,
    Progress,
    Reaction,
    Say,
    Speak,
    Submit,
    Verdict,
    say,
)
from tests.fronts.web.browsing import from_bot, in_browser, jpeg, opened, show_of_two
from tests.fronts.web.serving import HOME, Served

pytestmark = in_browser


async def test_pictures_are_judged_in_the_lightbox_by_key(home: Served, browser: Browser) -> None:
    home.app.picture_data = jpeg()
    ref = await home.front.send(HOME, show_of_two(), "result")

    async def keep(incoming: Incoming, speak: Speak) -> None:
        if isinstance(incoming, Press) and incoming.action == "v1:keep:1":
            await speak(show_of_two(Verdict.KEPT), instead_of=ref)

    home.app.answer = keep
    async with opened(browser, home.url) as page:
        tile, lightbox = page.locator(".tile").first, page.get_by_role("dialog")
        await tile.click()
        await expect(lightbox).to_contain_text("1 of 2")
        await expect(lightbox).to_contain_text("local preview")
        await page.keyboard.press("k")
        await expect(lightbox).to_have_attribute("data-verdict", "kept")
        await expect(lightbox.get_by_role("button", name="Keep")).to_have_attribute("aria-pressed", "true")
        await page.keyboard.press("ArrowRight")
        await expect(lightbox).to_contain_text("2 of 2")
        await page.keyboard.press("x")  # this picture offers no verbs
        await page.keyboard.press("ArrowLeft")
        for key in ("x", "s", "u"):
            await page.keyboard.press(key)
        await page.keyboard.press("Escape")
        await expect(lightbox).to_be_hidden()
        await expect(tile).to_be_focused()
        await expect(tile).to_have_attribute("data-verdict", "kept")
    assert [one.action for one in home.app.heard if isinstance(one, Press)] == [
        "v1:keep:1", "v1:reject:1", "v1:best:1", "v1:undo:1",
    ]  # fmt: skip


async def test_a_tap_on_an_emoji_is_a_reaction_and_a_second_one_takes_it_off(home: Served, browser: Browser) -> None:
    await home.front.send(HOME, show_of_two(reactions=("✅", "❌")), "result")
    async with opened(browser, home.url) as page:
        tick = page.locator("[data-reaction='✅']")
        for pressed in ("true", "false"):
            await tick.click()
            await expect(tick).to_have_attribute("aria-pressed", pressed)
    assert [(one.emoji, one.added) for one in home.app.heard if isinstance(one, Reaction)] == [
        ("✅", True),
        ("✅", False),
    ]


async def test_progress_shows_what_is_done_and_becomes_the_result(home: Served, browser: Browser) -> None:
    cancel = ((Button(label=say("button-cancel"), action="v1:cancel:1", style="danger"),),)
    waiting = Progress(lines=(say("web-send"),), state="running", done=1, total=4, since=1.0, buttons=cancel)
    ref = await home.front.send(HOME, waiting, "progress")
    async with opened(browser, home.url) as page:
        bar = page.get_by_role("progressbar")
        await expect(bar).to_have_attribute("aria-valuetext", "1 of 4 done")
        await page.get_by_role("button", name="Cancel").click()
        await home.front.send(HOME, show_of_two(), "result", instead_of=ref)
        await expect(bar).to_have_count(0)
        await expect(page.locator(".tile")).to_have_count(2)
    assert [one.action for one in home.app.heard if isinstance(one, Press)] == ["v1:cancel:1"]


async def test_a_form_comes_back_filled(home: Served, browser: Browser) -> None:
    kinds = tuple(Choice(value=value, label=say(f"choice-{value}")) for value in ("real", "fictional"))
    fields = (
        Field(name="name", label=say("option-name")),
        Field(name="kind", label=say("option-kind"), kind="choice", choices=kinds),
        Field(name="description", label=say("option-description"), kind="words", required=False, value="tall"),
        Field(name="images", label=say("option-images"), kind="photos", required=False),
    )
    await home.front.send(
        HOME, Form(id="persona", title=say("form-persona"), fields=fields, send=say("button-create")), "f"
    )
    async with opened(browser, home.url) as page:
        form = page.locator("[data-form=persona]")
        await form.locator("[data-field=name] input").fill("Mila")
        await form.locator("[data-field=kind] label").nth(1).click()
        await form.locator("[data-field=images] input").set_input_files(
            {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
        )
        await form.locator("button.primary").click()
        await expect(form.locator("button.primary")).not_to_have_attribute("aria-busy", "true")
    (heard,) = [one for one in home.app.heard if isinstance(one, Submit)]
    assert (heard.form, heard.fields) == ("persona", {"name": "Mila", "kind": "fictional", "description": "tall"})
    assert home.app.read == [jpeg()]


async def test_dark_is_pure_black_follows_the_system_and_is_remembered(home: Served, browser: Browser) -> None:
    async with opened(browser, home.url, color_scheme="dark") as page:
        body = page.locator("body")
        await expect(body).to_have_css("background-color", "rgb(0, 0, 0)")
        await expect(page.locator(".bar")).to_have_css("border-bottom-color", "rgb(48, 54, 61)")
        await page.fill("#message", "hi")
        await expect(page.locator("#send")).to_have_css("color", "rgb(0, 0, 0)")
        await page.get_by_role("button", name="Dark theme").click()
        await expect(body).not_to_have_css("background-color", "rgb(0, 0, 0)")
        await page.reload()
        await expect(body).not_to_have_css("background-color", "rgb(0, 0, 0)")


async def test_a_narrow_phone_never_scrolls_sideways_and_every_control_has_a_name(
    home: Served, browser: Browser
) -> None:
    await home.front.send(HOME, show_of_two(reactions=("✅", "❌", "⭐")), "result")
    await home.front.send(HOME, Say(lines=(say("web-remove-photo", name="word" * 100),), tone="error"), "long")
    async with opened(browser, home.url, viewport={"width": 360, "height": 640}, has_touch=True) as page:
        await expect(page.locator(".tile")).to_have_count(2)
        for box in ("html", "#thread"):
            assert await page.locator(box).evaluate("box => box.scrollWidth - box.clientWidth") == 0
        for control in await page.locator("button:visible, a:visible, textarea:visible").all():
            assert await control.aria_snapshot() not in ("- button", "- link", "- textbox"), await control.inner_html()


async def test_older_messages_load_upward_and_news_below_are_told(home: Served, browser: Browser) -> None:
    for number in range(60):
        await home.front.send(HOME, Say(lines=(say("web-picture", number=number),)), f"{number}")
    async with opened(browser, home.url) as page:
        await expect(from_bot(page)).to_have_count(50)
        await page.locator("#thread").evaluate("box => box.scrollTo(0, 0)")
        await expect(from_bot(page)).to_have_count(60)
        await page.locator("#thread").evaluate("box => box.scrollTo(0, 0)")
        await home.front.send(HOME, Say(lines=(say("web-send"),)), "news")
        await page.get_by_role("button", name="New messages").click()
        await expect(from_bot(page).last).to_be_in_viewport()
        await expect(page.locator("#latest")).to_be_hidden()
