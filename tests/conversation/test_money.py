"""Money: what a picture costs is said before, agreed to above a limit, and never more than the limits allow."""

from pathlib import Path

from tests.conversation.talk import everywhere, talking


@everywhere
async def test_a_price_is_agreed_to_even_over_a_restart(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale) as me:
        await me.says("/imagine a castle --model paid")
        await me.prints("$0.04")
        await me.says("/imagine a castle --model paid --count 5")
        question = await me.hears("5 × $0.04 = $0.20 with Paid fake. Go on?", "ask")

    # The bot was started anew meanwhile: the question still stands, for one answer.
    async with talking(front, tmp_path, locale) as me:
        go_on = question.buttons[0][1]
        await me.chat.press(question, go_on)
        assert len((await me.prints("$0.20")).pictures) == 5
        await me.chat.press(question, go_on)
        await me.hears("This question is already answered or too old.")

        # A no costs nothing.
        await me.says("/imagine a moat --model paid --count 6 --size 2K")
        await me.hears("6 × $0.134 = $0.804", "ask")
        await me.taps("No")
        await me.hears("Left it alone. Nothing was charged.")

        # The amount from which I am asked is mine to set.
        await me.says("/settings --confirm 0.03")
        await me.hears("I ask before spending more than $0.03 at once.")
        await me.says("/imagine a moat --model paid")
        await me.hears("1 × $0.04 = $0.04", "ask")
        await me.taps("Go on")
        await me.prints("$0.04")
        await me.says("/settings --confirm lots")
        await me.hears("“lots” is no amount.")

        await me.says("/quota")
        await me.hears("Today: 7 of 50 pictures, 43 left.")
        await me.hears("This month: $0.28 of $10.00")


@everywhere
async def test_a_limit_says_which_until_when_and_whom_to_ask(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale) as me:
        await me.says("/start")
        await me.says("/imagine a well --count 2")
        await me.result()
        await me.says("/admin limits local:operator --images 3")
        await me.hears("local:operator: 3 pictures a day")
        await me.says("/imagine a well --count 2")
        await me.hears("Your limit is 3 pictures a day. You used 2 and have 1 left")

        # Asking for more reaches the operator, which here is me; only what stands on the buttons is granted.
        await me.taps("Ask for more")
        await me.hears("I asked the operator.")
        await me.taps("Grant 20")
        await me.hears("20 more pictures for today.")
        await me.says("/imagine a well --count 2")
        assert len((await me.result()).pictures) == 2
        await me.says("/quota")
        await me.hears("Today: 4 of 23 pictures, 19 left.")

        # Amounts nobody means are not taken.
        await me.says("/admin limits local:operator --images -5")
        await me.hears("images takes a whole number from 0 to 100")
        await me.says("/admin limits local:operator --dollars 999999999999")
        await me.hears("“999999999999” is no amount.")
        await me.says("/admin limits nobody --images 5")
        await me.hears("“nobody” names nobody.")

        # Dollars are a limit of their own; what is free goes on.
        await me.says("/admin limits local:operator --dollars 0.03")
        await me.says("/imagine a well --model paid")
        await me.hears("Your limit is $0.03 a month.")
        await me.says("/imagine a well")
        await me.result()

        # A lifetime of tokens is warned of, ends, and begins anew only when the operator says so.
        await me.says("/admin quota local:operator --tokens 1000")
        await me.hears("local:operator: 0 of 1,000 tokens used.")
        await me.says("/imagine ivy [tokens 900]")
        await me.result()
        await me.says("/imagine moss [tokens 200]")
        await me.result()
        await me.heard("You used 900 of your 1,000 lifetime tokens.")
        await me.says("/imagine fern")
        await me.hears("Your lifetime tokens are used up.")
        await me.says("/admin quota local:operator --reset on")
        await me.hears("local:operator: 0 of 1,000 tokens used.")
        await me.says("/imagine fern")
        assert (await me.result()).text == "fern"

        # The operator's own figures.
        await me.says("/admin models")
        await me.hears("Paid fake (paid): $0.04 per picture")
        await me.says("/admin stats")
        await me.hears("This month: 8 pictures made")
        await me.says("/admin health")
        await me.hears("✅")
