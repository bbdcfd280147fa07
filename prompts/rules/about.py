"""Whom suggestive words are about: the person of the same group of words, else the one named before them."""

from bisect import bisect_left
from collections.abc import Sequence

from prompts.rules.people import Person
from prompts.rules.phrases import Hit
from prompts.rules.scene import Scene

REACH = 30
"""Words between a person and what is said of them."""
AHEAD = 4
"""Words between a description and the noun it stands before: "sexy young blonde teacher"."""
ASIDE = 40
"""Words between a sentence that names nobody and the person it is about."""


class Descriptions:
    """Tells whether suggestive words describe somebody young."""

    def __init__(self, scene: Scene, people: Sequence[Person]) -> None:
        self._scene, self._people = scene, people
        self._starts = [person.start for person in people]

    def young(self, hit: Hit) -> bool:
        """Whether the words of a hit are about somebody young."""
        at = bisect_left(self._starts, hit.start)
        if (following := self._ahead(hit, at)) is not None:
            return self._is_young(hit, following)
        if hit.meaning == "beside":
            return at > 0 and self._people[at - 1].end == hit.start and self._people[at - 1].young
        if (before := self._before(hit, at)) is not None:
            return self._is_young(hit, before)
        if self._is_in_sentence(hit, at):
            return self._is_before(hit, self._people[at]) and self._is_young(hit, at)
        return not self._is_in_sentence(hit, at - 1) and self._is_young_nearby(hit)

    def _ahead(self, hit: Hit, at: int) -> int | None:
        """The person whose noun the hit stands before."""
        if at < len(self._people) and self._people[at].start < hit.end:
            return at
        if self._is_in_sentence(hit, at) and self._scene.group(hit.end, self._people[at].start, AHEAD):
            return None if self._scene.costume(self._people[at].end) and self._people[at].adult else at
        return None

    def _before(self, hit: Hit, at: int) -> int | None:
        """The person named before the hit; behind a comma the adult rather than the baby they hold."""
        for index in range(at - 1, -1, -1):
            person = self._people[index]
            if not self._is_in_sentence(hit, index) or hit.start - person.end > REACH:
                return None
            if not (person.infant and self._is_turned_away(person, hit, index)):
                return index
        return None

    def _is_before(self, hit: Hit, person: Person) -> bool:
        """Whether a hit is about the person named after it, and that is not somebody else's companion."""
        if person.start - hit.end > REACH:
            return False
        between = hit.end, person.start
        alike = person.start - hit.end == 1 and self._scene.at("ands", hit.end)
        return alike or not (self._scene.companion(*between) or (not person.age and self._scene.object(*between)))

    def _is_turned_away(self, infant: Person, hit: Hit, index: int) -> bool:
        adult = index and self._people[index - 1].adult and self._is_in_sentence(hit, index - 1)
        return bool(adult) and self._scene.comma(infant.end, hit.start)

    def _is_in_sentence(self, hit: Hit, at: int) -> bool:
        in_range = 0 <= at < len(self._people)
        return in_range and self._scene.sentence(self._people[at].start) == self._scene.sentence(hit.start)

    def _is_young(self, hit: Hit, at: int) -> bool:
        """Whether a person is young, or somebody they are named together with; swimwear is an adult's then."""
        group = [self._people[at]]
        while at > 0 and self._scene.linked(self._people[at - 1].end, self._people[at].start):
            at -= 1
            group.append(self._people[at])
        if hit.meaning == "swimwear" and any(person.adult for person in group):
            return False
        return any(person.young for person in group)

    def _is_young_nearby(self, hit: Hit) -> bool:
        """Whether the sentences around one that names nobody are about somebody young, and not about a parent."""
        first = bisect_left(self._starts, hit.start - ASIDE)
        near = self._people[first : bisect_left(self._starts, hit.end + ASIDE)]
        adults = any(person.adult for person in near)
        return any(person.young and not (person.owned and adults) for person in near)
