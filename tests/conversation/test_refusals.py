"""Refusals: what was refused and why, nothing charged, and three ways out, each with its price."""

from pathlib import Path

from tests.conversation.talk import MAN, WOMAN, everywhere, talking


@everywhere
async def test_a_refusal_is_honest_and_leaves_three_ways_out(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale) as me:
        # A model that answers without a picture, or is down, costs nothing either.
        await me.says("/imagine a riddle [text] --model paid")
        await me.quiet()
        await me.hears("The model answered without a picture.")
        await me.says("/quota")
        await me.hears("This month: $0.00 of $10.00")

        # The words were refused: nothing is charged, and no other model is tried by itself.
        await me.says("/imagine a duel [refuse prompt] --model paid")
        await me.quiet()
        refused = await me.hears("It did not work, and nothing was charged. The model refused the words:")
        assert [call.request.model for call in me.scripted.journal[-1:]] == ["paid"]
        assert len(refused.buttons) == 3

        # Once more, in other words, or with another model.
        await me.taps("Retry ($0.04)")
        await me.quiet()
        await me.taps("Rephrase")
        await me.fills("Say it differently", prompt="a dance")
        assert (await me.result()).text == "a dance"
        await me.prints("$0.04")
        await me.chat.press(refused, next(action for label, action in refused.buttons if "Free fake" in label))
        await me.quiet()
        await me.hears("It did not work")

        # A photo can be the reason; then it is said which.
        await me.says("/imagine a feast [refuse photo 2]", WOMAN, MAN)
        await me.taps("An adult who agreed")
        await me.quiet()
        await me.hears("The model refused photo 2: ")

        # What no model is asked: the rules hold before any money, in every language.
        await me.says("/imagine a nude teenager --model paid")
        await me.hears("I make no sexualised pictures of anybody young, ever.")
        await me.says("/imagine une adolescente nue")
        await me.hears("I make no sexualised pictures of anybody young, ever.")

        # Whoever runs into it again and again pauses.
        await me.says("/imagine a fight [refuse prompt]")
        await me.hears("Take a break of 10 minutes")
