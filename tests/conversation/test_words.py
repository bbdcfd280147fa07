"""Words: templates, quality, saved prompts, settings, help, and forms for what was left out."""

from pathlib import Path

from tests.conversation.talk import everywhere, talking


@everywhere
async def test_words_are_helped_saved_and_used_again(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale) as me:
        # What was left out is asked for in a form.
        await me.says("/imagine --count 2")
        await me.fills("/imagine", prompt="an old sailor")
        assert len((await me.result()).pictures) == 2

        # Better words are offered with their price, and drawn as they were read.
        await me.says("/prompt enhance a portrait of an old sailor")
        better = (await me.hears("a portrait of an old sailor", "ask")).text
        await me.taps("Make (free)")
        await me.result()
        assert me.scripted.journal[-1].request.prompt == better
        await me.says("/prompt classify a logo for a bakery")
        await me.hears("A picture of this kind: ")
        await me.says("/prompt templates")
        await me.hears("Templates, for /imagine --template:")

        # A template and a quality are part of the request; a near name is offered for a wrong one.
        await me.says("/imagine rex --template pet-portrait --quality best")
        await me.result()
        assert "eye level" in me.scripted.journal[-1].request.prompt
        await me.says("/imagine rex --template pet-portrat")
        await me.hears("There is no template “pet-portrat”. Perhaps one of: pet-portrait")

        # One's own words are saved under a name.
        await me.says("/prompt save in moonlight, seen from far away --name night")
        await me.hears('Saved. Use it with --template "night".')
        await me.says("/imagine rex --template night")
        await me.result()
        assert "in moonlight" in me.scripted.journal[-1].request.prompt
        await me.taps("Recipe")
        await me.hears("/imagine rex --template night --model free")
        await me.says("/prompt forget night")
        await me.hears("“night” is deleted.")
        await me.says("/prompt forget night")
        await me.hears("You have no prompt called “night”.")


@everywhere
async def test_settings_hold_until_they_are_changed(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale) as me:
        await me.says("/settings")
        await me.hears("Model: Free fake")
        await me.taps("Change")
        await me.fills("Your settings", language=locale, model="paid", quality="good", fallback="off", confirm="0.50")
        await me.hears("What I add to your words: a little more")
        await me.says("/imagine a lighthouse")
        await me.prints("Paid fake")
        assert me.scripted.journal[-1].request.prompt != "a lighthouse"
        await me.says("/imagine a lighthouse --quality plain --model free")
        await me.prints("Free fake")
        assert me.scripted.journal[-1].request.prompt == "a lighthouse"
        await me.says("/settings --for here --model local")
        await me.hears("For everybody here who chose nothing else:")
        await me.says("/settings --for here --confirm 3")
        await me.hears("each person's own")

        # How votes decide here is a setting too; alone there is nobody to vote with.
        await me.says("/vote settings --mode team --quorum 2")
        await me.hears("but so far I have met only one person here who may vote.")
        await me.says("/vote start")
        await me.hears("Nobody else sees these pictures.")
        await me.says("/vote close")
        await me.hears("No vote is open here.")

        # Help names every command; what is mistyped is not guessed at.
        await me.says("/help")
        await me.hears("/curate: Judge pictures one at a time")
        await me.says("/help curate")
        await me.hears("The pictures of one request: last, or its id")
        await me.says("/imagin a fox")
        await me.hears("There is no command /imagin. Did you mean /imagine?")
        await me.says("/imagine a fox --colour red")
        await me.hears("/imagine has no option --colour.")
        await me.says("/admin")
        await me.hears("/admin: what would you like to do?")
