"""The people whom words speak of, and whether they are young."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from prompts.rules.ages import PEOPLE
from prompts.rules.phrases import Hit
from prompts.rules.scene import NEAR, Scene

YOUNG = ("young", "infant", "young age")


@dataclass(frozen=True, slots=True)
class Person:
    """Words that name one person, or a group of one sort; `owned` says that a word such as "her" stands before them."""

    start: int
    end: int
    meanings: frozenset[str]
    owned: bool = field(default=False)

    @property
    def young(self) -> bool:
        """Whether any word says that the person is young; "twelve year old woman" does."""
        return not self.meanings.isdisjoint(YOUNG)

    @property
    def age(self) -> bool:
        """Whether the words are an age alone."""
        return self.meanings <= {"young age", "adult age"}

    @property
    def infant(self) -> bool:
        """Whether the words name a baby and nobody else."""
        return self.meanings == {"infant"}

    @property
    def adult(self) -> bool:
        """Whether a word names an adult, and none says that the person is young."""
        return "adult" in self.meanings and not self.young

    def along(self, other: "Person") -> "Person":
        """Both mentions as one person."""
        return Person(self.start, other.end, self.meanings | other.meanings, self.owned)


class Mentions:
    """The words of a text that name people."""

    def __init__(self, scene: Scene, hits: Mapping[str, Sequence[Hit]]) -> None:
        self._scene, self._hits = scene, hits
        self._little = {at for hit in hits.get("little", ()) for at in range(hit.start, hit.end)}
        self._childhood = {scene.sentence(hit.start) for hit in hits.get("childhood", ())}

    def found(self, ages: Iterable[Hit]) -> Iterator[Person]:
        """The mentions in order; the longest counts where several begin. Comparisons with adults name nobody."""
        named = [hit for meaning in PEOPLE for hit in self._hits.get(meaning, ())]
        meanings: dict[tuple[int, int], set[str]] = defaultdict(set)
        for hit in [*named, *ages]:
            meanings[hit.start, hit.end].add(hit.meaning)
        last = 0
        for start, end in sorted(meanings, key=lambda span: (span[0], -span[1])):
            if start >= last:
                last = end
                person = Person(start, end, frozenset(meanings[start, end] | self._youth(start, end, meanings)))
                if person.young or not self._scene.likened(start, only_like=True):
                    yield person

    def _youth(self, start: int, end: int, meanings: Mapping[tuple[int, int], set[str]]) -> set[str]:
        """The meaning "young" for a word such as "girl" beside one such as "little", or in a sentence with toys."""
        if "somebody" not in meanings[start, end]:
            return set()
        before = any(at in self._little and self._scene.group(at + 1, start) for at in range(start - NEAR, start))
        after = any(at in self._little and self._scene.group(end, at) for at in range(end, end + NEAR - 1))
        return {"young"} if before or after or self._scene.sentence(start) in self._childhood else set()


def people(scene: Scene, hits: Mapping[str, Sequence[Hit]], ages: Iterable[Hit]) -> list[Person]:
    """The people of a text in order; an age, an apposition and a likeness belong to the person they describe."""
    persons: list[Person] = []
    mentions = list(Mentions(scene, hits).found(ages))
    for mention, following in zip_longest(mentions, mentions[1:]):
        last = persons[-1] if persons else None
        if last and _is_same(scene, last, mention, following):
            persons[-1] = last.along(mention)
        elif not (last and _belongs(scene, last, mention)):
            persons.append(replace(mention, owned=scene.has("owners", mention.start - 2, mention.start)))
    return persons


def _belongs(scene: Scene, person: Person, mention: Person) -> bool:
    """Whether a young person is named only to say whose parent or teacher an adult is: "mother of two children"."""
    return person.adult and mention.young and not mention.age and scene.of(person.end, mention.start)


def _is_same(scene: Scene, person: Person, mention: Person, following: Person | None) -> bool:
    """Whether a mention describes the person named before it."""
    if scene.sentence(person.start) != scene.sentence(mention.start):
        return scene.sentence(person.start) == scene.sentence(mention.start) - 1 and _is_said(scene, mention, following)
    if mention.young and scene.likened(mention.start):
        return True
    if mention.age and not _leads(scene, mention, following):
        return not scene.companion(person.end, mention.start)
    return scene.group(person.end, mention.start)


def _is_said(scene: Scene, mention: Person, following: Person | None) -> bool:
    """Whether a new sentence says of the person before it how old they are: "She is 12.", "A minor."."""
    start = mention.start
    if mention.age:
        return not _leads(scene, mention, following) and not scene.companion(start - NEAR, start)
    return mention.young and scene.likened(start) and scene.has("pronouns", start - NEAR, start)


def _leads(scene: Scene, age: Person, following: Person | None) -> bool:
    """Whether an age stands before the noun it belongs to: "12 year old girl"."""
    if following is None or following.age or scene.sentence(following.start) != scene.sentence(age.start):
        return False
    return scene.group(age.end, following.start)
