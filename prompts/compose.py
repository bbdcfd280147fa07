"""The prompt a model finally gets: the person's words, who the persona is, and what each photo is for."""

from collections.abc import Sequence
from dataclasses import dataclass

_ROLES = {
    "face": "the face to keep exactly alike",
    "body": "the body and its proportions",
    "outfit": "the outfit to wear",
    "style": "the style to draw in",
    "pose": "the pose to take",
    "scene": "the scene to stand in",
    "object": "the object to keep exactly alike",
}
_KINDS = {
    "real": "an adult",
    "fictional": "a fictional adult",
    "illustrated": "an illustrated character",
    "product": "a product",
}


@dataclass(frozen=True, slots=True)
class Character:
    """A persona as a prompt names it; `kind` is real, fictional, illustrated or product.

    `marks` are distinctive ones to keep; `traits` is a sentence of its own.
    """

    name: str
    kind: str
    description: str
    marks: str = ""
    traits: str = ""


def compose(words: str, character: Character | None = None, roles: Sequence[str] = (), *, edit: bool = False) -> str:
    """The person's words first, then the character and the photos by their position (from 1).

    With `edit`, photo 1 is the picture to change and `roles` are those of the photos after it.
    """
    parts = [words.strip()]
    if edit:
        parts.append("Photo 1 is the picture to change: do only what is asked and keep everything else of it.")
    if character:
        about = character.description.strip().rstrip(". \t\n")
        parts.append(f"{character.name} is {_KINDS[character.kind]}{': ' if about else ''}{about}.")
        if marks := character.marks.strip().rstrip(". \t\n"):
            parts.append(f"Always keep: {marks}.")
        if character.traits:
            parts.append(character.traits)
    if roles:
        photos = "; ".join(
            f"photo {number} shows {_ROLES[role]}" for number, role in enumerate(roles, 2 if edit else 1)
        )
        parts.append(photos[0].upper() + photos[1:] + ".")
    return "\n".join(parts)
