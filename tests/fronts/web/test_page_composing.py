"""Writing on the page, in a browser against an app that only records."""

from pathlib import Path

from playwright.async_api import Browser, expect

from bot.core.chat.messages import Reply, Say, Upload, say
from tests.fronts.web.browsing import from_bot, in_browser, jpeg, opened, show_of_two, signed_in, type_and_send
from tests.fronts.web.serving import HOME, Recorder, Served, answering, served

pytestmark = in_browser


async def test_a_first_visit_is_greeted(home: Served, browser: Browser) -> None:
    home.app.answer = answering(say("greet-help"))
    async with opened(browser, home.url) as page:
        await expect(from_bot(page)).to_contain_text("/help")
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
        photos = [{"name": name, "mimeType": "image/jpeg", "buffer": jpeg()} for name in ("a.jpg", "b.jpg")]
        transfer = await page.evaluate_handle("() => new DataTransfer()")
        await page.evaluate(
            "([transfer, data]) => transfer.items.add(new File([new Uint8Array(data)], 'c.jpg', {type: 'image/jpeg'}))",
            [transfer, list(jpeg())],
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
    assert home.app.read == [jpeg(), jpeg()]


async def test_a_message_is_answered_with_reply(home: Served, browser: Browser) -> None:
    ref = await home.front.send(HOME, show_of_two(), "result")
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
            await expect(from_bot(other)).to_have_count(1)
            await chat.stop()
            await expect(page.locator("#status")).to_have_attribute("data-state", "offline")
            await type_and_send(page, "are you there?")
            await expect(page.locator("[data-state=sending]")).to_have_count(1)
            async with served(tmp_path, app, WEB_PORT=port) as again:
                await again.front.send(HOME, Say(lines=(say("web-picture", number=7),)), "while away")
                for tab in (page, other):
                    await expect(tab.locator("#status")).to_have_attribute("data-state", "online")
                    await expect(tab.locator("[data-state=there]")).to_have_count(4)
                    await expect(tab.get_by_role("log")).to_contain_text("are you there?")
                    await expect(tab.get_by_role("log")).to_contain_text("Picture 7")


async def test_people_sign_in_and_read_one_another(team: Served, browser: Browser) -> None:
    async with signed_in(browser, team, "Ana") as ana, signed_in(browser, team, "Bob") as bob:
        await type_and_send(ana, "hello Bob")
        await expect(bob.locator("[data-author=other]")).to_contain_text("hello Bob")
        await expect(bob.locator("[data-author=other] .name")).to_have_text("Ana")
        await bob.get_by_role("button", name="Sign out").click()
        await expect(bob.get_by_label("Your name")).to_be_visible()
