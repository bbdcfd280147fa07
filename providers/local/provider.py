"""The provider without a key: it restyles the first reference photo on this machine, for nothing.

Of the prompt it reads only the words that name one of its six looks.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.random import Generator

from providers.contract.errors import BadInput
from providers.contract.provider import Faces, Health, Provider, Reference, Request, Result, Run, Setup, Ticket
from providers.local.looks import LOOKS, cinematic, comic, graphite, oil, poster, watercolour
from providers.local.looks.arrays import FaceBox, Picture
from providers.local.looks.framing import BadAspect, framed, moved_box, proportions
from providers.local.looks.photo import BadPhoto, Photo, decode, encode
from providers.local.looks.words import Words, load

Draw: TypeAlias = Callable[[Picture, Sequence[FaceBox], Generator], Picture]

DRAW: Mapping[str, Draw] = {
    "oil": oil.draw,
    "watercolour": watercolour.draw,
    "graphite": graphite.draw,
    "comic": comic.draw,
    "cinematic": cinematic.draw,
    "poster": poster.draw,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """How to draw: one of LOOKS, width to height (None: as the photo), and the seed of all that is left to chance."""

    look: str
    proportions: tuple[int, int] | None
    seed: int


def build(setup: Setup) -> Provider:
    """The local provider; it needs no setting."""
    return Local(setup.faces, setup.run, load())


class Local:
    """Draws at once; nothing is paid, so there is nothing to ask for later and nothing to stop."""

    def __init__(self, faces: Faces, run: Run, vocabulary: Words) -> None:
        self._faces = faces
        self._run = run
        self._words = vocabulary

    async def submit(self, request: Request, key: str) -> Ticket:
        """The finished picture; raises BadInput with problem needs_reference, photo or parameter."""
        if not request.references:
            raise BadInput("the local looks need a photo", problem="needs_reference")
        wish = wished(request, self._words)
        data = portrait(request.references).data
        try:
            original: Photo = await self._run(decode, data)
        except BadPhoto as exc:
            raise BadInput(str(exc), problem="photo") from exc
        boxes = await self._faces(data)
        drawn: bytes = await self._run(draw, original, boxes, wish)
        return Ticket(result=Result(drawn, seed=wish.seed, note=wish.look))

    async def collect(self, ticket: Ticket) -> Result:
        assert ticket.result is not None, "every local ticket carries its result"
        return ticket.result

    async def cancel(self, ticket: Ticket) -> None:
        return None

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        return None

    async def check(self) -> Health:
        return Health("it needs nothing")

    async def aclose(self) -> None:
        return None


def portrait(references: Sequence[Reference]) -> Reference:
    """The photo to restyle: the first that shows the person, else the first."""
    return next((photo for photo in references if photo.role in ("face", "body")), references[0])


def wished(request: Request, vocabulary: Words) -> Wish:
    """What a request asks for; raises BadInput for a parameter, a style or an aspect nobody knows.

    The seed is another one for every picture of a request, and the same whenever that picture is drawn again.
    """
    if unknown := set(request.parameters) - {"style"}:
        raise BadInput(f"the local looks take no {', '.join(sorted(unknown))}")
    try:
        shape = proportions(request.aspect)
    except BadAspect as exc:
        raise BadInput(str(exc)) from exc
    seed = request.index if request.own_seed is None else request.own_seed
    return Wish(chosen(request, vocabulary), shape, seed)


def chosen(request: Request, vocabulary: Words) -> str:
    """The look of one picture: the `style` parameter's, else what the prompt names, else the next of all six.

    Several pictures take turns through what is named. Raises BadInput for a style nobody knows.
    """
    style = request.parameters.get("style")
    named = vocabulary.named(request.prompt if style is None else style)
    if style is not None and not named:
        raise BadInput(f"no local look is called {style!r}; there are {', '.join(LOOKS)}")
    looks = named or LOOKS
    return looks[request.index % len(looks)]


def draw(original: Photo, faces: Sequence[FaceBox], wish: Wish) -> bytes:
    """The photo in a look, as JPEG of about one megapixel; `faces` are in pixels of the photo as it was sent."""
    boxes = [moved_box(face, 0, 0, 1 / original.reduction) for face in faces]
    part = framed(original.pixels, boxes, wish.proportions)
    return encode(DRAW[wish.look](part.picture, part.faces, np.random.default_rng(wish.seed)))
