"""Compose the final prompt for a model: the person's words, the persona, and the role of each photo."""

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
    """A persona as the prompt describes it; `kind` is real, fictional, illustrated or product.

    `marks` are distinctive marks to keep; `traits` is a whole sentence.
    """

    name: str
    kind: str
    description: str
    marks: str = ""
    traits: str = ""


def compose(words: str, character: Character | None = None, roles: Sequence[str] = (), *, edit: bool = False) -> str:
    """Return the person's words, then the character, then the photos by their position (from 1).

    With `edit`, photo 1 is the picture to change and `roles` are the roles of the photos after it.
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
