"""The page itself, driven in a browser against an app that only records."""

import io
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.core.messages import (
    Button,
    Choice,
    Field,
    Form,
    Incoming,
    Picture,
    Press,
    Progress,
    Reaction,
    Reply,
    Say,
    Show,
    Speak,
    Submit,
    Upload,
    say,
)
from tests.fronts.web.serving import HOME, TOKEN, Recorder, Served, answering, served

CHROMIUM = shutil.which("chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@asynccontextmanager
async def opened(browser: Browser, url: str, **options: Any) -> AsyncIterator[Page]:
    """The chat, once it is on line."""
    async with visited(browser, url, **options) as page:
        await expect(page.locator("#status")).to_have_attribute("data-state", "online")
        yield page


@asynccontextmanager
async def signed_in(browser: Browser, chat: Served, name: str) -> AsyncIterator[Page]:
    """The shared room as a member sees it."""
    async with visited(browser, chat.url) as page:
        await page.get_by_label("Your name").fill(name)
        await page.get_by_label("Token").fill(TOKEN)
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.locator("#status")).to_have_attribute("data-state", "online")
        yield page


@asynccontextmanager
async def visited(browser: Browser, url: str, **options: Any) -> AsyncIterator[Page]:
    """A page on `url` that must not complain: no script error, no refused resource, nothing from elsewhere."""
    context = await browser.new_context(**{"viewport": {"width": 1100, "height": 820}, "locale": "en-US", **options})
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    page.on(
        "request",
        lambda request: complaints.append(request.url) if not request.url.startswith((url, "blob:")) else None,
    )
    await page.goto(url)
    yield page
    assert complaints == []
    await context.close()


def _jpeg() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (64, 80), "teal").save(data, "JPEG")
    return data.getvalue()


def _show(verdict: Any = "undecided", reactions: tuple[str, ...] = ()) -> Show:
    pictures = tuple(
        Picture(id="i:1", number=number, width=64, height=80, alt=say("web-picture", number=number),
                verdict=verdict if number == 1 else "undecided", mark=say("mark-local-preview"),
                actions={verb: f"v1:{verb}:{number}" for verb in ("keep", "reject", "best", "undo")})
        if number == 1
        else Picture(id=f"i:{number}", number=number, width=64, height=80, alt=say("web-send"))
        for number in (1, 2)
    )  # fmt: skip
    return Show(lines=(say("web-send"),), pictures=pictures, reactions=reactions)


def _bot(page: Page) -> Locator:
    return page.locator("[data-author=bot]")


async def _say(page: Page, text: str) -> None:
    await page.fill("#message", text)
    await page.press("#message", "Escape")
    await page.press("#message", "Enter")


async def test_a_first_visit_is_greeted(home: Served, browser: Browser) -> None:
    home.app.answer = answering(say("greet-help"))
    async with opened(browser, home.url) as page:
        await expect(_bot(page)).to_contain_text("/help")
        await page.get_by_role("log").get_by_role("button", name="/help").click()
        await expect(page.locator("#message")).to_have_value("/help ")


async def test_commands_options_and_values_are_completed_by_keyboard(home: Served, browser: Browser) -> None:
    async with opened(browser, home.url) as page:
        field, options = page.get_by_role("combobox", name="Message"), page.get_by_role("option")
        await field.press_sequentially("/ima")
        await expect(field).to_have_attribute("aria-expanded", "true")
        await field.press("Tab")
        await expect(field).to_have_value("/imagine ")
        await expect(options.first).to_contain_text("--persona")
        await field.press_sequentially("a fox --asp")
        await field.press("Enter")
        await field.press_sequentially("4:")
        await expect(options).to_have_count(2)
        await field.press("ArrowDown")
        await expect(page.get_by_role("option", selected=True)).to_contain_text("4:5")
        await field.press("Enter")
        await expect(field).to_have_value("/imagine a fox --aspect 4:5 ")
        await field.press_sequentially("--persona ")
        await expect(options).to_have_text("mila")
        await field.press("Escape")
        await expect(field).to_have_attribute("aria-expanded", "false")
        await field.press("Enter")
        await expect(page.locator("[data-author=me][data-state=there]")).to_be_visible()
    assert [one.text for one in home.app.heard if isinstance(one, Upload)][
        -1
    ] == "/imagine a fox --aspect 4:5 --persona"


async def test_photos_are_dropped_seen_removed_and_sent(home: Served, browser: Browser) -> None:
    async with opened(browser, home.url) as page:
        photos = [{"name": name, "mimeType": "image/jpeg", "buffer": _jpeg()} for name in ("a.jpg", "b.jpg")]
        transfer = await page.evaluate_handle("() => new DataTransfer()")
        await page.evaluate(
            "([transfer, data]) => transfer.items.add(new File([new Uint8Array(data)], 'c.jpg', {type: 'image/jpeg'}))",
            [transfer, list(_jpeg())],
        )
        await page.dispatch_event("body", "dragenter", {"dataTransfer": transfer})
        await expect(page.get_by_text("Drop photos here")).to_be_visible()
        await page.dispatch_event("body", "drop", {"dataTransfer": transfer})
        await expect(page.get_by_text("Drop photos here")).to_be_hidden()
        await page.set_input_files("#files", photos)  # type: ignore[arg-type]
        await expect(page.locator(".pending-photo img")).to_have_count(3)
        await page.get_by_role("button", name="Remove b.jpg").click()
        await page.press("#message", "Enter")
        await expect(page.locator("[data-author=me][data-state=there] img")).to_have_count(2)
        await page.reload()
        await expect(page.locator("[data-author=me] .chip")).to_have_text(["c.jpg", "a.jpg"])
    assert home.app.read == [_jpeg(), _jpeg()]


async def test_pictures_are_judged_in_the_lightbox_by_key(home: Served, browser: Browser) -> None:
    home.app.picture_data = _jpeg()
    ref = await home.front.send(HOME, _show(), "result")

    async def keep(incoming: Incoming, speak: Speak) -> None:
        if isinstance(incoming, Press) and incoming.action == "v1:keep:1":
            await speak(_show("kept"), instead_of=ref)

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
    await home.front.send(HOME, _show(reactions=("✅", "❌")), "result")
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
        await home.front.send(HOME, _show(), "result", instead_of=ref)
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
            {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": _jpeg()}
        )
        await form.locator("button.primary").click()
        await expect(form.locator("button.primary")).not_to_have_attribute("aria-busy", "true")
    (heard,) = [one for one in home.app.heard if isinstance(one, Submit)]
    assert (heard.form, heard.fields) == ("persona", {"name": "Mila", "kind": "fictional", "description": "tall"})
    assert home.app.read == [_jpeg()]


async def test_a_message_is_answered_with_reply(home: Served, browser: Browser) -> None:
    ref = await home.front.send(HOME, _show(), "result")
    async with opened(browser, home.url) as page:
        await page.get_by_role("button", name="Reply").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("#answering")).to_contain_text("Send")
        await page.keyboard.type("warmer light")
        await page.keyboard.press("Enter")
        await expect(page.locator("[data-author=me][data-state=there] .quoted")).to_have_text("Send")
    assert [(one.to, one.text) for one in home.app.heard if isinstance(one, Reply)] == [(ref, "warmer light")]


async def test_what_is_typed_while_the_server_is_away_arrives_when_it_is_back(tmp_path: Path, browser: Browser) -> None:
    app = Recorder(answer=answering(say("web-send")))
    async with served(tmp_path, app) as chat:
        port, url = str(chat.front.port), chat.url
        async with opened(browser, url) as page, opened(browser, url) as other:
            await expect(_bot(other)).to_have_count(1)
            await chat.stop()
            await expect(page.locator("#status")).to_have_attribute("data-state", "offline")
            await _say(page, "are you there?")
            await expect(page.locator("[data-state=sending]")).to_have_count(1)
            async with served(tmp_path, app, WEB_PORT=port) as again:
                await again.front.send(HOME, Say(lines=(say("web-picture", number=7),)), "while away")
                for tab in (page, other):
                    await expect(tab.locator("#status")).to_have_attribute("data-state", "online", timeout=15_000)
                    await expect(tab.locator("[data-state=there]")).to_have_count(4, timeout=15_000)
                    await expect(tab.get_by_role("log")).to_contain_text("are you there?")
                    await expect(tab.get_by_role("log")).to_contain_text("Picture 7")


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
    await home.front.send(HOME, _show(reactions=("✅", "❌", "⭐")), "result")
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
        await expect(_bot(page)).to_have_count(50)
        await page.locator("#thread").evaluate("box => box.scrollTo(0, 0)")
        await expect(_bot(page)).to_have_count(60)
        await page.locator("#thread").evaluate("box => box.scrollTo(0, 0)")
        await home.front.send(HOME, Say(lines=(say("web-send"),)), "news")
        await page.get_by_role("button", name="New messages").click()
        await expect(_bot(page).last).to_be_in_viewport()
        await expect(page.locator("#latest")).to_be_hidden()


async def test_people_sign_in_and_read_one_another(team: Served, browser: Browser) -> None:
    async with signed_in(browser, team, "Ana") as ana, signed_in(browser, team, "Bob") as bob:
        await _say(ana, "hello Bob")
        await expect(bob.locator("[data-author=other]")).to_contain_text("hello Bob")
        await expect(bob.locator("[data-author=other] .name")).to_have_text("Ana")
        await bob.get_by_role("button", name="Sign out").click()
        await expect(bob.get_by_label("Your name")).to_be_visible()
