"""Whether a photo or persona may be used here, by this person, now: one pure function that every entry point calls."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.chat.messages import Audience
from storage.tables.consents import Subject
from storage.tables.enums import Answer, PersonaKind, SubjectKind
from storage.tables.references import ReferencePhoto

ANSWERS = (Answer.ME, Answer.ADULT, Answer.CHILD, Answer.UNREAL)
"""The answers that a button gives to "who is on this photo?"."""
LASTING = (Answer.ME, Answer.ADULT)
"""Answers that hold for a person's later photos too."""
WORDING = "2026-11"
"""The version of the question's wording that is stored with every answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFacts:
    """The facts about a photo that consent depends on: key, owner, faces, persona."""

    key: str
    owner: str
    has_face: bool
    persona: str | None = None
    persona_kind: PersonaKind | None = None
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


def decide(user: str, photo: PhotoFacts, answers: Mapping[Subject, Answer], audience: Audience) -> Ruling:
    """Judge one photo; `answers` holds what was answered per subject.

    Of a persona its owner's word counts, for those too with whom it is shared.

    "Me" and "an adult who agreed" hold for a person's later photos too; "a child" and "nobody real" only for the
    photo they were said of, and "a child" wherever that photo turns up.
    """
    if photo.owner != user and not photo.shared:
        return Ruling(refused="consent-not-yours")
    of_photo = answers.get(Subject(SubjectKind.PHOTO, photo.key))
    if of_photo == Answer.CHILD:
        return _child(photo, audience)
    if photo.persona:
        return _persona(photo, answers)
    known = of_photo is not None or answers.get(Subject(SubjectKind.USER, user)) in LASTING
    return Ruling(ask=photo.has_face and not known)


def _child(photo: PhotoFacts, audience: Audience) -> Ruling:
    if photo.persona:
        return Ruling(refused="consent-persona-child")
    return Ruling(child=True) if audience == Audience.PRIVATE else Ruling(refused="consent-child-private")


def _persona(photo: PhotoFacts, answers: Mapping[Subject, Answer]) -> Ruling:
    if photo.denied:
        return Ruling(refused="consent-withdrawn")
    if photo.persona_kind != PersonaKind.REAL:
        return Ruling()
    answer = answers.get(Subject(SubjectKind.PERSONA, photo.persona or ""))
    if answer is None:
        return Ruling(ask=True)
    return Ruling() if answer in LASTING else Ruling(refused="consent-persona")
