"""A model that asks something instead of drawing: its words are read, and the answer goes back with the same photos."""

from pathlib import Path

from tests.conversation.talk import WOMAN, everywhere, talking


@everywhere
async def test_the_models_question_is_answered_with_the_same_photos(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale) as me:
        await me.says("/imagine a hat [ask left or right] --model paid", WOMAN)
        await me.taps("It is me")
        await me.quiet()
        await me.hears("left or right?")
        assert len(me.scripted.journal) == 1, "a question is not asked twice"

        await me.taps("Answer")
        await me.fills("Answer the model", prompt="the left one")
        await me.quiet()
        first, second = (call.request for call in me.scripted.journal)
        assert second.prompt.startswith("a hat")
        assert "left or right?\n\nthe left one" in second.prompt
        assert second.references == first.references != ()
        assert (second.model, second.size, second.aspect) == (first.model, first.size, first.aspect)
