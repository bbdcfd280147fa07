"""Personas: made by menu and form, gathered photos, traits, whose likeness they are, and reports."""

from pathlib import Path

from tests.conversation.talk import MAN, WOMAN, everywhere, talking


@everywhere
async def test_a_persona_is_made_piece_by_piece_and_its_person_can_end_it(
    front: str, locale: str, tmp_path: Path
) -> None:
    async with talking(front, tmp_path, locale) as me:
        # A family of commands answers with its buttons, a command without its options with a form.
        await me.says("/persona")
        await me.hears("/persona: what would you like to do?")
        await me.taps("/persona create")
        await me.fills("/persona create", name="Mila")
        await me.hears("Mila is here.")

        # Photos are gathered over several messages, until Done.
        await me.says("/reference add mila")
        await me.hears("Send me photos of Mila, as many messages as you like.", "ask")
        await me.says("", WOMAN)
        await me.hears("One photo for Mila so far.", "ask")
        await me.says("", MAN)
        await me.hears("2 photos for Mila so far.", "ask")
        await me.taps("Done")
        await me.taps("It is me")
        await me.hears("Mila has 2 new photos, 2 in all.")
        await me.says("/reference remove mila --number 7")
        await me.hears("There is no photo 7; Mila has 2.")
        await me.says("/reference remove")
        await me.fills("/reference remove", persona="Mila", number="2")
        await me.hears("Photo 2 is deleted. Mila has one left.")

        # What she looks like is chosen by buttons, and told to the model.
        await me.says("/persona traits mila")
        await me.hears("What does Mila look like? Choose a category.")
        await me.taps("Identity")
        await me.taps("Adult woman")
        await me.hears("Chosen: Adult woman")
        await me.taps("Thirties")
        await me.taps("All categories")
        await me.hears("Chosen: Adult woman, Thirties")
        await me.says("/persona edit mila --marks a scar on the chin")
        await me.hears("Mila is changed.")
        await me.says("/persona edit mila")
        await me.fills("Change a persona", name="Milena", description="a sailor", marks="a scar on the chin")
        await me.hears("Milena is changed.")
        await me.says("/imagine at the helm --persona milena")
        await me.result()
        await me.hears("Milena: at the helm", "show")
        told = me.scripted.journal[-1].request.prompt
        assert all(words in told for words in ("An adult woman", "in their thirties", "a scar on the chin", "a sailor"))
        await me.says("/persona share milena")
        await me.hears("Share a persona where others are")

        # Whoever is on a picture can have it hidden at once; those who look after the place decide.
        await me.says("/start")
        await me.says("/imagine on deck --persona milena --count 2")
        await me.result()
        await me.taps("Report")
        await me.hears("Which picture do you report?")
        await me.taps("2")
        await me.hears("What is wrong with picture 2?", "ask")
        await me.taps("This is me")
        await me.hears("🚩 You says: “this is me, and I do not agree.”", "ask")
        assert len((await me.result()).pictures) == 1
        await me.taps("Show again")
        await me.hears("Shown again.")
        assert len((await me.result()).pictures) == 2

        # Whose likeness it is can be named, and that person can say no at any time.
        await me.says("/persona edit milena --depicts nobody-here")
        await me.hears("“nobody-here” names nobody I have met here.")
        await me.says("/persona edit milena --depicts local:operator")
        await me.hears("Noted: you agree with “Milena”.")
        await me.says("/privacy likeness")
        await me.hears("These personas are said to depict you:")
        await me.taps("Stop Milena")
        await me.hears("The person that “Milena” depicts does not agree.")
        await me.says("/imagine below deck --persona milena")
        await me.hears("The person this persona depicts does not agree, so I cannot draw it.")


@everywhere
async def test_who_is_on_a_photo_decides_what_may_become_of_it(front: str, locale: str, tmp_path: Path) -> None:
    async with talking(front, tmp_path, locale) as me:
        # A photo without words waits to be used.
        await me.says("", MAN)
        await me.hears("Who is on the photo?", "ask")
        await me.taps("A child in my care")
        await me.hears("A photo! What shall I do with it?", "ask")
        await me.taps("Make")
        await me.fills("Make a picture", prompt="by the sea")
        await me.hears("A child's photo can only become a drawing or painting, and Free fake does not promise that.")
        await me.taps("New persona")
        await me.fills("New persona", name="Tom", kind="real")
        await me.hears("There are no personas of children.")

        # As a drawing it goes; then it is forgotten.
        await me.says("/imagine by the sea --model local", MAN)
        assert len((await me.result()).pictures) == 1
        await me.says("/imagine by the sea --model local --params style=cinematic", MAN)
        await me.hears("A child's photo can only become a drawing or painting. With Local preview, use one of")

        # What is no photo is not taken, and says so.
        await me.says("/imagine by the sea", Path(__file__))
        await me.hears("is not a photo I can read.")
        await me.says("", WOMAN)
        await me.taps("An adult who agreed")
        await me.taps("Forget")
        await me.hears("Deleted. I kept nothing of the photo.")
