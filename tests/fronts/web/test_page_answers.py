"""What the page does with an answer, in a browser against an app that only records."""

from playwright.async_api import Browser, expect

from bot.core.chat.messages import Button, Field, Form, Incoming, Outgoing, Press, Say, Speak, say
from tests.fronts.web.browsing import from_bot, in_browser, opened, type_and_send
from tests.fronts.web.serving import HOME, Served

pytestmark = in_browser

EDIT = Say(lines=(say("web-picture", number=0),), buttons=((Button(label=say("button-edit"), action="v1:edit:1"),),))
COMMAND = '/imagine oil portrait --persona "Ana Lee" --seed 7'


def pressed(home: Served, answer: Outgoing) -> None:
    """Let every press be answered so."""

    async def handle(incoming: Incoming, speak: Speak) -> None:
        if isinstance(incoming, Press):
            await speak(answer)

    home.app.answer = handle


async def test_the_answer_to_a_press_comes_into_view(home: Served, browser: Browser) -> None:
    pressed(home, Say(lines=(say("web-send"),)))
    await home.front.send(HOME, EDIT, "old")
    for number in range(1, 30):
        await home.front.send(HOME, Say(lines=(say("web-picture", number=number),)), f"{number}")
    async with opened(browser, home.url) as page:
        await page.get_by_role("button", name="Edit").click()
        await expect(from_bot(page)).to_have_count(31)
        await expect(from_bot(page).last).to_be_in_viewport(ratio=1)
        await expect(page.locator("#latest")).to_be_hidden()


async def test_a_form_that_answers_a_press_takes_the_cursor_to_the_end_of_its_words(
    home: Served, browser: Browser
) -> None:
    field = Field(name="prompt", label=say("option-prompt"), kind="words", value="a fox")
    pressed(home, Form(id="v1:edit:1", title=say("form-make"), fields=(field,), send=say("button-make")))
    await home.front.send(HOME, EDIT, "old")
    async with opened(browser, home.url) as page:
        await page.get_by_role("button", name="Edit").press("Enter")
        await expect(page.get_by_label("What should the picture show?")).to_be_focused()
        await page.keyboard.type(" in snow")
        await expect(page.get_by_label("What should the picture show?")).to_have_value("a fox in snow")


async def test_the_command_of_a_recipe_is_typed_by_one_click_and_copied_by_another(
    home: Served, browser: Browser
) -> None:
    await home.front.send(HOME, Say(lines=(say("recipe-command", command=COMMAND),)), "recipe")
    async with opened(browser, home.url, permissions=["clipboard-read", "clipboard-write"]) as page:
        await page.get_by_role("button", name=COMMAND).click()
        await expect(page.locator("#message")).to_have_value(COMMAND)
        await page.get_by_role("button", name="Copy the command").click()
        await expect(page.get_by_text("Copied")).to_be_visible()
        assert await page.evaluate("navigator.clipboard.readText()") == COMMAND


async def test_an_example_is_typed_whole_without_what_stands_in_brackets_behind_it(
    home: Served, browser: Browser
) -> None:
    example = say("greet-example", model="Local preview", cost=say("cost-free"))
    advice = say("error-command-unknown-near", command="/imagin", near="/imagine")
    await home.front.send(HOME, Say(lines=(example, advice)), "greeting")
    async with opened(browser, home.url) as page:
        log = page.get_by_role("log")
        await expect(log).to_contain_text("(Local preview, free)")
        await log.get_by_role("button", name="/imagine oil portrait by a window", exact=True).click()
        await expect(page.locator("#message")).to_have_value("/imagine oil portrait by a window")
        await log.get_by_role("button", name="/imagine", exact=True).click()
        await expect(page.locator("#message")).to_have_value("/imagine ")


async def test_a_bar_of_cells_is_drawn_as_a_bar(home: Served, browser: Browser) -> None:
    await home.front.send(HOME, Say(lines=(say("result-prompt", prompt="▰▰▰▱ 4 of 5"),)), "card")
    async with opened(browser, home.url) as page:
        await expect(from_bot(page).locator(".line")).to_have_text("4 of 5")
        await expect(from_bot(page).locator(".meter")).to_have_attribute("style", "--share: 0.75;")


async def test_a_list_that_was_sent_away_comes_back_for_the_next_message(home: Served, browser: Browser) -> None:
    async with opened(browser, home.url) as page:
        await type_and_send(page, "/imagin")  # with Escape, which sends the list away
        await page.locator("#message").press_sequentially("/")
        await expect(page.get_by_role("option").first).to_be_visible()
