"""Words of the lists that mean something else where they stand, or are denied."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from prompts.rules.ages import PEOPLE
from prompts.rules.lists import Lists, Sense
from prompts.rules.people import YOUNG
from prompts.rules.phrases import Hit
from prompts.rules.scene import Scene
from prompts.rules.things import Things

BESIDE = 4
"""Words between a word and the one that gives it another sense, that one included."""
WITHIN = 8
"""Words on each side of a word among which a scene is looked for."""

BEINGS = (*PEOPLE, "body")
"""Word lists that name people and bodies."""
REFUSED = ("sexual", "abuse", "suggestive", "beside", "swimwear")
"""Word lists that a prompt is refused for."""


class Senses:
    """Tells which hits mean what their list says."""

    def __init__(self, scene: Scene, hits: Sequence[Hit], lists: Lists) -> None:
        self._scene, self._words, self._senses = scene, scene.words, lists.senses
        self._beings = {at for hit in hits if hit.meaning in BEINGS for at in range(hit.start, hit.end)}
        self._named = self._beings | {
            at for at, word in enumerate(scene.words) if word.text in lists.grammar["pronouns"]
        }
        self._things = Things(
            scene,
            people=self._named | {hit.start for hit in hits if hit.meaning == "nudes"},
            young={hit.start for hit in hits if hit.meaning in YOUNG},
            agents=lists.grammar["agents"],
        )
        self._at: dict[int, set[str]] = defaultdict(set)
        ends = [0] * (len(self._words) + 1)
        for hit in hits:
            if hit.meaning in lists.senses:
                self._at[hit.start].add(hit.meaning)
            elif hit.meaning == "titles":
                ends[hit.start] = max(ends[hit.start], hit.end)
        self._title_ends = list(accumulate(ends, max))

    def meant(self, hit: Hit) -> bool:
        """Whether a hit counts: no title holds it, no other sense fits, and nothing denies it."""
        if hit.end <= self._title_ends[hit.start]:
            return False
        if hit.meaning not in REFUSED:
            return not self._has_other_sense(hit)
        return not self._is_denied(hit) and not self._has_other_sense(hit)

    def _has_other_sense(self, hit: Hit) -> bool:
        senses = [self._senses[name] for name in self._at.get(hit.start, ())]
        if any("statue" in sense.things for sense in senses) and self._things.statue(hit):
            return True
        if senses and hit.meaning in REFUSED and self._is_beside_being(hit):
            return False
        return any(self._fits(sense, hit) for sense in senses)

    def _fits(self, sense: Sense, hit: Hit) -> bool:
        if any(sense.after.fits(word) for word in self._after(hit)):
            return True
        if any((sense.after if said else sense.before).fits(word) for word, said in self._before(hit)):
            return True
        if any(self._things.questions[question](hit) for question in sense.things):
            return True
        return bool(sense.scene.words) and self._is_in_scene(sense, hit)

    def _is_in_scene(self, sense: Sense, hit: Hit) -> bool:
        window = range(max(hit.start - WITHIN, 0), min(hit.end + WITHIN, len(self._words)))
        sentence = self._words[hit.start].sentence
        around = [at for at in window if at not in range(*hit[:2]) and self._words[at].sentence == sentence]
        nobody = not sense.alone or self._named.isdisjoint(around)
        return nobody and any(sense.scene.fits(self._words[at].text) for at in around)

    def _is_beside_being(self, hit: Hit) -> bool:
        """Whether a word for a person or a body stands directly before the hit, or soon after it."""
        if hit.start - 1 in self._beings and not self._words[hit.start].comma:
            return True
        return any(at in self._beings and not self._scene.comma(hit.end, at) for at in (hit.end, hit.end + 1))

    def _after(self, hit: Hit) -> Iterator[str]:
        """The words after a hit in its group of words, up to an article, a preposition or a comma."""
        for at in range(hit.end, min(hit.end + BESIDE, len(self._words))):
            if self._words[at].comma or self._scene.at("stops", at):
                break
            yield self._words[at].text

    def _before(self, hit: Hit) -> Iterator[tuple[str, bool]]:
        """The words before a hit, and whether the hit is said of them and of nobody: "trees are naked"."""
        said, nobody = False, self._beings.isdisjoint(range(hit.start - WITHIN, hit.start))
        for at in range(hit.start - 1, max(hit.start - BESIDE - 1, -1), -1):
            bridge = self._scene.at("bridges", at)
            if self._words[at + 1].comma or (self._scene.at("stops", at) and not bridge):
                break
            said = said or (bridge and nobody)
            yield self._words[at].text, said

    def _is_denied(self, hit: Hit) -> bool:
        """Whether "no" or the like stands before the hit; "not" denies no more than a suggestive word."""
        if hit.start == 0 or self._words[hit.start].comma:
            return False
        at = hit.start - 1 - self._scene.at("bridges", hit.start - 1)
        if self._scene.at("negations", at):
            return True
        is_not = hit.meaning != "sexual" and self._scene.at("nots", at)
        return is_not and not self._scene.at("doubts", at - 1)
