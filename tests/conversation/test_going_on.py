"""Going on from pictures: again, variations, edits, blends, and replies in words."""

from pathlib import Path

from tests.conversation.talk import MAN, WOMAN, everywhere, talking


@everywhere
async def test_a_picture_leads_to_the_next_by_button_command_and_reply(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale) as me:
        # Again is the same request once more.
        await me.says("/imagine a red fox --count 2")
        assert len((await me.result()).pictures) == 2
        await me.taps("Again (free)")
        again = await me.result()
        assert (again.text, len(again.pictures)) == ("a red fox", 2)

        # Buttons that charge name their price; a variation knows the picture it comes from.
        await me.says("/imagine a red fox --model paid")
        await me.prints("$0.04")
        await me.taps("Vary ($0.04)")
        await me.result()
        await me.taps("Earlier")
        assert (await me.hears("a red fox", "show")).pictures[0]["number"] == 1

        # The edit form comes with the picture's own words.
        await me.taps("Edit")
        await me.fills("Change picture 1", prompt="a red fox in snow")
        assert (await me.result()).text == "a red fox in snow"

        # The recipe names the chain, and its command makes the picture again.
        await me.taps("Recipe")
        recipe = await me.hears("Made from one earlier picture")
        await me.says("/imagine" + recipe.text.partition("/imagine")[2])
        assert (await me.result()).text == "a red fox in snow"
        await me.taps("Original")
        assert (await me.chat.download(await me.hears("Picture 1 as a file.", "document"))).startswith(b"\x89PNG")

        # Replies keep by number, once each; a number that is not there, or no words, is said so.
        await me.says("/imagine four foxes --count 4 --model free")
        await me.result()
        await me.answers("1 4")
        assert await me.verdicts() == ["kept", "undecided", "undecided", "kept"]
        await me.answers("2 2 2")
        assert await me.verdicts() == ["kept", "kept", "undecided", "kept"]
        await me.answers("9")
        await me.hears("There is no picture 9 here; there are 4.")
        await me.answers("0")
        await me.hears("There is no picture 0 here; there are 4.")
        await me.answers("3:")
        await me.hears("What shall I change about picture 3?")
        assert await me.verdicts() == ["kept", "kept", "undecided", "kept"]

        # Words after a number change that picture at once, since nobody else is here; without one I ask which.
        await me.answers("warmer light")
        await me.hears("Which one shall I change?", "ask")
        await me.answers("3: warmer light")
        assert (await me.result()).text == "warmer light"

        # The post brings the file with its recipe.
        await me.reacts("✉️")
        await me.hears("To make it again:", "document")

        # One's own photo can be changed too, once it is known who is on it; several become one picture.
        await me.says("/edit in the manner of a woodcut", WOMAN)
        await me.taps("It is me")
        assert (await me.result()).text == "in the manner of a woodcut"
        await me.says("/blend side by side at sea", WOMAN, MAN)
        assert (await me.result()).text == "side by side at sea"
        await me.says("/blend alone at sea", WOMAN)
        await me.hears("/blend needs two photos or more.")
