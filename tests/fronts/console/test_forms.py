"""Filling a form line by line."""

from pathlib import Path

from bot.core.chat.messages import Choice, Field, Form, Text, say
from bot.fronts.console.forms import Filled, fill

LABEL = say("option-name")
CHOICES = (Choice(value="real", label=LABEL), Choice(value="product", label=LABEL))


class Person:
    """Somebody who gives these answers, None to leave, and hears complaints."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.heard: list[str] = []

    async def ask(self, field: Field) -> str | None:
        return self.answers.pop(0)

    def complain(self, text: Text) -> None:
        self.heard.append(text.key)

    async def fill(self, *fields: Field) -> Filled | None:
        return await fill(Form(id="f", title=LABEL, fields=fields, send=LABEL), self.ask, self.complain)


async def test_every_field_is_asked_for() -> None:
    person = Person(" Mila ", "")
    filled = await person.fill(Field(name="name", label=LABEL), Field(name="about", label=LABEL, required=False))
    assert filled == Filled({"name": "Mila", "about": ""})


async def test_a_field_is_asked_for_until_its_answer_fits() -> None:
    person = Person("", "too long", "Mila", "fake", "product")
    filled = await person.fill(
        Field(name="name", label=LABEL, longest=5), Field(name="kind", label=LABEL, kind="choice", choices=CHOICES)
    )
    assert filled == Filled({"name": "Mila", "kind": "product"})
    assert person.heard == ["console-field-empty", "console-field-long", "console-field-choice"]


async def test_photos_are_named_by_their_paths(tmp_path: Path) -> None:
    photo = tmp_path / "my photo.jpg"
    photo.touch()
    person = Person("nowhere.jpg", f"'{photo}'")
    filled = await person.fill(Field(name="photos", label=LABEL, kind="photos"))
    assert filled == Filled({}, (photo,))
    assert person.heard == ["console-no-file"]


async def test_leaving_a_form_sends_nothing() -> None:
    person = Person("Mila", None)
    assert await person.fill(Field(name="name", label=LABEL), Field(name="kind", label=LABEL)) is None
