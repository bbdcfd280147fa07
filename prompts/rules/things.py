"""Whether an adjective such as "naked" describes a thing rather than a person."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Set
from functools import cache
from pathlib import Path

from prompts.rules.phrases import Hit
from prompts.rules.scene import Scene

THINGS = Path(__file__).with_name("things.toml")

MOST = 4
"""Words of a noun with its adjectives."""
REACH = 12
"""Words between a person and where they are."""
ART = 6
"""Words between a statue and its nakedness."""
PLURALS = (("ies", "y"), ("ves", "f"), ("aux", "al"), ("es", ""), ("s", ""), ("x", ""))
"""Endings of plurals in both languages, and of their singulars."""


def is_thing(word: str) -> bool:
    """Whether a word is a noun of things.toml, or its plural."""
    nouns = _nouns()
    return word in nouns or any(word.endswith(end) and word.removesuffix(end) + one in nouns for end, one in PLURALS)


@cache
def _nouns() -> frozenset[str]:
    tables = tomllib.loads(THINGS.read_text("utf-8")).values()
    return frozenset(word for table in tables for words in table.values() for word in words.split())


class Things:
    """Tells things from people: "naked skewers" are things, "naked Anna" and "a naked alien" are not.

    `people` holds the places of words for people, for their bodies and for pictures of them, `young` those of words for
    young people. `agents` are the endings of words for people.
    """

    def __init__(self, scene: Scene, people: Set[int], young: Set[int], agents: Iterable[str]) -> None:
        self._scene, self._words, self._people, self._young = scene, scene.words, people, young
        self._agents = tuple(agents)

    @property
    def questions(self) -> Mapping[str, Callable[[Hit], bool]]:
        """What a sense of the word lists may ask of a hit, by the name in its field `thing`."""
        return {
            "follows": self.follows,
            "noun": self.noun,
            "precedes": self.precedes,
            "owns": self.owns,
            "compounds": self.compounds,
            "statue": self.statue,
        }

    def follows(self, hit: Hit) -> bool:
        """Whether the noun after an adjective, as in English, is a thing."""
        return self.noun(hit) and any(is_thing(self._words[at].text) for at in self._noun(hit.end))

    def noun(self, hit: Hit) -> bool:
        """Whether a noun follows, and nothing near it is a word for a person."""
        noun = self._noun(hit.end)
        before = hit.start - 1 in self._people and not self._words[hit.start].comma
        return bool(noun) and not before and not any(map(self._is_person, noun))

    def precedes(self, hit: Hit) -> bool:
        """Whether the noun before an adjective, as in French, is a thing.

        The noun of a place is none where the adjective may describe who is there: "Anna sur la plage nue".
        """
        at = hit.start - 1
        while at > 0 and (self._scene.at("states", at) or self._scene.at("adverbs", at)):
            at -= 1
        if not self._is_noun(at, hit) and self._is_noun(at - 1, hit) and not self._is_person(at):
            at -= 1
        article = next((one for one in (at - 1, at - 2) if self._scene.at("determiners", one)), at)
        return self._is_noun(at, hit) and not self._is_place(hit, article)

    def owns(self, hit: Hit) -> bool:
        """Whether a noun is that of a thing: "érection d'un menhir", "undress the tree"."""
        at = hit.end
        while at < min(hit.end + MOST, len(self._words)) and self._scene.at("genitives", at):
            at += 1
        if at == hit.end:
            return False
        nouns = [one for one in (at, at + 1) if one < len(self._words)]
        return not any(map(self._is_person, nouns)) and any(is_thing(self._words[one].text) for one in nouns)

    def compounds(self, hit: Hit) -> bool:
        """Whether a noun forms one with a thing beside it: "cloth stripper", "stripper bit"."""
        beside = [at for at in (hit.start - 1, hit.end) if 0 <= at < len(self._words)]
        return any(is_thing(self._words[at].text) and not self._words[max(at, hit.start)].comma for at in beside)

    def statue(self, hit: Hit) -> bool:
        """Whether somebody grown-up is shown as a statue: "marble statue of a naked athlete"."""
        reach = range(max(hit.start - ART, 0), hit.start)
        shown = any(self._scene.at("statues", at) and self._scene.has("genitives", at + 1, at + 2) for at in reach)
        near = range(hit.start - ART, hit.end + ART)
        return shown and not self._scene.comma(reach.start + 1, hit.start) and self._young.isdisjoint(near)

    def _noun(self, start: int) -> range:
        end = start
        while end < min(start + MOST, len(self._words)) and not self._words[end].comma:
            if self._scene.at("stops", end) or self._words[end].sentence != self._words[start].sentence:
                break
            end += 1
        return range(start, end)

    def _is_person(self, at: int) -> bool:
        """Whether a word is one for a person, by a list or by an ending such as -ist or -euse."""
        word = self._words[at].text
        return at in self._people or (word.removesuffix("s").endswith(self._agents) and not is_thing(word))

    def _is_noun(self, at: int, hit: Hit) -> bool:
        """Whether a thing stands at a place before an adjective, with no comma between."""
        return (
            at >= 0
            and at not in self._people
            and is_thing(self._words[at].text)
            and not self._scene.comma(at + 1, hit.start)
        )

    def _is_place(self, hit: Hit, start: int) -> bool:
        """Whether the noun whose words begin at `start` says where somebody is: "sur la plage", "sous un arbre"."""
        if start < 2 or not self._scene.at("places", start - 1):
            return False
        sentence = self._words[start].sentence
        somebody = [
            at
            for at in range(max(start - REACH, 0), start)
            if at in self._people and self._words[at].sentence == sentence
        ]
        if somebody:
            return self._is_feminine(hit, somebody[-1])
        return self._scene.at("definite", start)

    def _is_feminine(self, hit: Hit, person: int) -> bool:
        """Whether the adjective agrees with a person's article: "une femme … nue", but "une femme devant un mur nu"."""
        feminine = self._scene.has("feminine", person - 2, person)
        return feminine == self._words[hit.start].text.endswith(("e", "es"))
