"""Forms in steps of as many fields as a platform shows at once; what was answered is kept over a restart."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias

from bot.core.chat import codec
from bot.core.chat.messages import Field, Form, Place, Text, Who
from bot.fronts.common.app_port import ChatApp

Problem: TypeAlias = Literal["empty", "choice", "long"]


@dataclass(slots=True)
class OpenForm:
    """A form that is being filled: where its answer belongs, which step is asked, and what was answered."""

    form: Form
    place: Place
    step: int = 0
    values: dict[str, str] = field(default_factory=dict)
    photos: list[dict[str, Any]] = field(default_factory=list)
    """What finds the photos that were sent for it again, as JSON of the front's own."""
    asked: int = 0
    """The message that asks, where a platform numbers messages."""

    def fields(self, size: int) -> tuple[Field, ...]:
        """The fields of the present step."""
        return steps_of(self.form, size)[self.step]

    def is_last(self, size: int) -> bool:
        return self.step + 1 >= len(steps_of(self.form, size))


def steps_of(form: Form, size: int) -> list[tuple[Field, ...]]:
    """The fields, `size` at a time; photos come last, since files cannot be kept as words are."""
    fields = sorted(form.fields, key=lambda field: field.kind == "photos")
    return [tuple(fields[start : start + size]) for start in range(0, len(fields), size)] or [()]


class OpenForms:
    """The open form of each person in each place, kept by the core."""

    def __init__(self, app: ChatApp) -> None:
        self._app = app

    async def keep(self, who: Who, here: Place, open_: OpenForm) -> None:
        """Keep a form in place of one that was open here before."""
        data = {
            "form": codec.dump(open_.form), "place": asdict(open_.place), "at": open_.step,
            "values": open_.values, "photos": open_.photos, "asked": open_.asked,
        }  # fmt: skip
        await self._app.keep_dialogue(who, here, data)

    async def recall(self, who: Who, here: Place) -> OpenForm | None:
        """The form that is open for somebody here; None when there is none, or it was kept by another version."""
        data = await self._app.dialogue(who, here)
        if not data or not {"form", "place", "at", "values", "photos", "asked"} <= data.keys():
            return None
        form = codec.load(data["form"])
        assert isinstance(form, Form)
        place = Place(**data["place"])
        return OpenForm(form, place, data["at"], dict(data["values"]), list(data["photos"]), data["asked"])

    async def end(self, who: Who, here: Place) -> None:
        await self._app.keep_dialogue(who, here, None)


def problem_of(field: Field, value: str) -> Problem | None:
    """What is wrong with the answer to a field, or None."""
    if not value:
        return "empty" if field.required else None
    if field.choices and value not in {choice.value for choice in field.choices}:
        return "choice"
    return "long" if len(value) > field.longest else None


def chosen(field: Field, text: str, words: Callable[[Text], str]) -> str:
    """The value of a choice that was typed by its value or its label; the text itself where nothing is to be chosen."""
    if not field.choices:
        return text.strip()
    known: Mapping[str, str] = {
        spelt.casefold(): choice.value for choice in field.choices for spelt in (choice.value, words(choice.label))
    }
    return known.get(text.strip().casefold(), "")
