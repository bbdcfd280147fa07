"""Whether a photo or persona may be used here, by this person, now: one pure function that every entry point calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.core.chat.messages import Audience
from storage.tables.references import ReferencePhoto

Answer: TypeAlias = Literal["me", "adult", "child", "unreal"]
ANSWERS: tuple[Answer, ...] = ("me", "adult", "child", "unreal")
LASTING: tuple[Answer, ...] = ("me", "adult")
"""Answers that hold for a person's later photos too."""
WORDING = "2026-11"
"""The version of the question's wording that is stored with every answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The facts about a photo that consent depends on: key, owner, faces, persona."""

    photo: str
    owner: str
    has_face: bool
    persona: str | None = None
    persona_kind: str | None = None
    shared: bool = False
    """Its owner shares the persona in this place."""
    denied: bool = False
    """Whoever the persona depicts was asked and said no, or no longer agrees."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """`ask`: the person must say who it is first; `refused`: the Fluent key that says why not;
    `child`: allowed with the rules for children (one-off, private, illustrated)."""

    ask: bool = False
    refused: str | None = None
    child: bool = False

    @property
    def allowed(self) -> bool:
        return not self.ask and self.refused is None


def photo_key(photo: ReferencePhoto) -> str:
    """The key of a photo in consents: the hash of its content, so that an answer holds when it is sent again."""
    return photo.sha256[:32]


def decide(user: str, subject: Subject, answers: Mapping[tuple[str, str], Answer], audience: Audience) -> Ruling:
    """Judge one photo; `answers` hold what was said per ("user" | "persona" | "photo", id).

    Of a persona its owner's word counts, for those too with whom it is shared.

    "Me" and "an adult who agreed" hold for a person's later photos too; "a child" and "nobody real" only for the
    photo they were said of, and "a child" wherever that photo turns up.
    """
    if subject.owner != user and not subject.shared:
        return Ruling(refused="consent-not-yours")
    of_photo = answers.get(("photo", subject.photo))
    if of_photo == "child":
        return _child(subject, audience)
    if subject.persona:
        return _persona(subject, answers)
    known = of_photo is not None or answers.get(("user", user)) in LASTING
    return Ruling(ask=subject.has_face and not known)


def _child(subject: Subject, audience: Audience) -> Ruling:
    if subject.persona:
        return Ruling(refused="consent-persona-child")
    return Ruling(child=True) if audience == "private" else Ruling(refused="consent-child-private")


def _persona(subject: Subject, answers: Mapping[tuple[str, str], Answer]) -> Ruling:
    if subject.denied:
        return Ruling(refused="consent-withdrawn")
    if subject.persona_kind != "real":
        return Ruling()
    answer = answers.get(("persona", subject.persona or ""))
    if answer is None:
        return Ruling(ask=True)
    return Ruling() if answer in LASTING else Ruling(refused="consent-persona")
