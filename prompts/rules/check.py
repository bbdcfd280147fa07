"""Words held against the content rules."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal, TypeAlias

from prompts.rules.about import Descriptions
from prompts.rules.ages import PEOPLE, Ages
from prompts.rules.characters import readable
from prompts.rules.disguises import unmasked
from prompts.rules.lists import Lists, lists
from prompts.rules.people import Person, people
from prompts.rules.phrases import Hit
from prompts.rules.scene import Scene
from prompts.rules.senses import Senses
from prompts.rules.words import Word, split

Rule: TypeAlias = Literal["sexual", "minors"]

SUGGESTIVE = ("suggestive", "beside", "swimwear")
"""Word lists that are refused about somebody young only."""


def broken(words: str, *, young: bool = False) -> Rule | None:
    """The rule that words break: sexual content, or anything suggestive about somebody young; None when none.

    `young` says that somebody young is on a photo or in a persona, whatever the words say: every suggestive word is
    about them then.
    """
    known = lists()
    text = Judged(unmasked(list(split(readable(words))), known.vocabulary), known)
    sexual = text.has("sexual")
    if text.has("abuse") or (sexual and (young or text.names_young)) or text.sexualises(young):
        return "minors"
    return "sexual" if sexual else None


class Judged:
    """The hits of one text, judged only as far as the rules ask."""

    def __init__(self, words: Sequence[Word], known: Lists) -> None:
        found = list(known.index.found(words))
        self._known, self._scene = known, Scene(words, known)
        self._senses = Senses(self._scene, found, known)
        self._hits: dict[str, list[Hit]] = defaultdict(list)
        for hit in found:
            self._hits[hit.meaning].append(hit)

    def has(self, *meanings: str) -> bool:
        """Whether a word of these lists means what its list says."""
        return next(self._meant(*meanings), None) is not None

    @property
    def names_young(self) -> bool:
        """Whether the text names somebody young."""
        return any(person.young for person in self._people)

    def sexualises(self, young: bool) -> bool:
        """Whether suggestive words are about somebody young: about anybody, when `young` says so."""
        if young or not any(self._hits[meaning] for meaning in SUGGESTIVE):
            return young and self.has("suggestive", "swimwear")
        about = Descriptions(self._scene, self._people)
        return self.names_young and any(map(about.young, self._meant(*SUGGESTIVE)))

    @cached_property
    def _people(self) -> list[Person]:
        named = self._hits | {meaning: list(self._meant(meaning)) for meaning in PEOPLE}
        return people(self._scene, named, Ages(self._scene.words, named, self._known).found())

    def _meant(self, *meanings: str) -> Iterator[Hit]:
        return (hit for meaning in meanings for hit in self._hits[meaning] if self._senses.meant(hit))
