"""Forms in steps: checked answers, kept over a restart."""

from collections.abc import Mapping
from typing import Any, cast

import pytest

from bot.core.chat.messages import Choice, Field, Form, Place, Text, Who, say
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.form_steps import OpenForm, OpenForms, chosen, problem_of, steps_of

LABEL = say("option-name")
PHOTOS = Field(name="images", label=LABEL, kind="photos")
FIELDS = tuple(Field(name=f"f{n}", label=LABEL) for n in range(6))
FORM = Form(id="v1:fill:x", title=LABEL, fields=(PHOTOS, *FIELDS), send=LABEL)
KIND = Field(
    name="kind", label=LABEL, kind="choice", choices=(Choice(value="real", label=say("choice-real")),), required=True
)
ADA, HERE = Who("test", "1", "Ada"), Place("test", "home")


class Kept:
    """Keeps one dialogue, as the core does."""

    def __init__(self) -> None:
        self.data: Mapping[str, Any] | None = None

    async def dialogue(self, who: Who, place: Place) -> Mapping[str, Any] | None:
        return self.data

    async def keep_dialogue(self, who: Who, place: Place, data: Mapping[str, Any] | None) -> None:
        self.data = data


@pytest.mark.parametrize(("size", "steps"), [(1, 7), (5, 2), (10, 1)])
def test_fields_come_in_steps_of_what_a_platform_shows_at_once_and_photos_last(size: int, steps: int) -> None:
    found = steps_of(FORM, size)
    assert len(found) == steps
    assert found[-1][-1] is PHOTOS


async def test_an_open_form_is_the_same_after_a_restart() -> None:
    kept = Kept()
    open_ = OpenForm(FORM, HERE, 3, {"f0": "a"}, [{"key": "photo"}], 17)
    await OpenForms(cast(ChatApp, kept)).keep(ADA, HERE, open_)
    again = OpenForms(cast(ChatApp, kept))
    assert await again.recall(ADA, HERE) == open_
    await again.end(ADA, HERE)
    assert await again.recall(ADA, HERE) is None


async def test_a_form_that_another_version_kept_is_over() -> None:
    kept = Kept()
    kept.data = {"form": {}, "page": 0, "fields": {}}
    assert await OpenForms(cast(ChatApp, kept)).recall(ADA, HERE) is None


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        (FIELDS[0], "", "empty"),
        (FIELDS[0], "x" * 2001, "long"),
        (FIELDS[0], "Mila", None),
        (KIND, "unreal", "choice"),
        (KIND, "real", None),
        (Field(name="about", label=LABEL, required=False), "", None),
    ],
)
def test_an_answer_is_checked_against_its_field(field: Field, value: str, problem: str | None) -> None:
    assert problem_of(field, value) == problem


def test_a_choice_may_be_typed_by_its_value_or_its_label() -> None:
    def words(text: Text) -> str:
        return {"choice-real": "a real person"}[text.key]

    assert chosen(KIND, " Real ", words) == chosen(KIND, "A real person", words) == "real"
    assert chosen(KIND, "unreal", words) == ""
