"""Ages of people, in digits and in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from prompts.rules.lists import Lists
from prompts.rules.phrases import Hit
from prompts.rules.words import Word

PEOPLE = ("young", "infant", "adult", "somebody")
"""Word lists that name people."""
OF_AGE = 18
OLDEST = 120
YOUNGEST_BARE = 3
"""The least number that is read as an age though no word says so: "girl, 12, with a kite"."""
MANY = 10
"""Children that no mother is said to have: "woman of 14" is an age."""
NEAR = 3
"""Words after an age among which the person or the thing of that age is looked for."""


class Number(NamedTuple):
    """A whole number in the words from `start` up to `end`."""

    start: int
    end: int
    value: int


class Ages:
    """The ages in a text."""

    def __init__(self, words: Sequence[Word], hits: Mapping[str, Sequence[Hit]], lists: Lists) -> None:
        self._words, self._lists = words, lists
        self._adults = {hit.start for hit in hits.get("adult", ())}
        self._people = {hit.start for name in PEOPLE for hit in hits.get(name, ())}
        self._begins = {
            (name, hit.start): hit.end for name in ("units", "years", "months") for hit in hits.get(name, ())
        }
        self._ends = {
            (name, hit.end): hit.start for name in ("leads", "weak_leads", "below") for hit in hits.get(name, ())
        }

    def found(self) -> Iterator[Hit]:
        """The "young age" and "adult age" hits of people in order, without ages of things and lengths of time."""
        before: Number | None = None
        for number in self._numbers():
            if hit := self._age(number, before):
                yield hit
            before = number

    def _numbers(self) -> Iterator[Number]:
        at = 0
        while at < len(self._words):
            end = at + 1
            if self._words[at].text.isdecimal():
                end = self._digits_end(at)
                digits = "".join(word.text for word in self._words[at:end])
                yield Number(at, end, int(digits[:4]))
            elif self._words[at].text in self._lists.numbers:
                while end < len(self._words) and self._words[end].text in self._lists.numbers:
                    end += 1
                yield Number(at, end, self._value(at, end))
            at = end

    def _digits_end(self, at: int) -> int:
        """Where the number ends; two single digits before a unit are one number: "1 2 years old"."""
        pair = self._words[at : at + 2]
        apart = len(pair) == 2 and all(len(word.text) == 1 and word.text.isdecimal() for word in pair)
        return at + 2 if apart and self._unit_end(at + 2) else at + 1

    def _value(self, start: int, end: int) -> int:
        """The number in words: a sum, since "dix sept" is one number; 18 for everything above."""
        values = [self._lists.numbers[word.text] for word in self._words[start:end]]
        values += [OF_AGE] * (self._text(start - 1) in ("et", "and") and self._text(start - 2) in self._lists.numbers)
        return min(sum(values), OF_AGE)

    def _age(self, number: Number, before: Number | None) -> Hit | None:
        end = self._unit_end(number.end)
        below = self._ends.get(("below", number.start))
        lead = self._ends.get(("leads", number.start))
        if ("months", number.end) in self._begins:
            return self._unless_thing(Hit(number.start, end, "young age"))
        if not (end or below is not None or lead is not None or self._is_bare(number)):
            return None
        start = next((at for at in (below, lead) if at is not None), number.start)
        years = self._least(number, before) - (below is not None)
        if years > OLDEST or self._is_span(number, start, end):
            return None
        return self._unless_thing(Hit(start, end or number.end, "young age" if years < OF_AGE else "adult age"))

    def _unit_end(self, at: int) -> int:
        """Where a unit of age that begins at a word ends; 0 when none does."""
        return max(self._begins.get((name, at), 0) for name in ("units", "years", "months"))

    def _least(self, number: Number, before: Number | None) -> int:
        """The lower end of a range such as "13-14" or "10 to 12"."""
        joined = before and (
            (before.end == number.start and self._words[number.start].glued)
            or (before.end == number.start - 1 and self._text(before.end) in ("to", "or", "a", "ou", "et", "and"))
        )
        return min(before.value, number.value) if before and joined else number.value

    def _is_bare(self, number: Number) -> bool:
        """Whether a number is an age by its place: after "is" and the like or a comma, at the end of its clause."""
        if not YOUNGEST_BARE <= number.value < OF_AGE or not self._clause_ends(number.end):
            return False
        if self._is_of_person(number) or ("weak_leads", number.start) in self._ends:
            return True
        first = number.start == 0 or self._words[number.start].sentence != self._words[number.start - 1].sentence
        return first or (self._words[number.start].comma and not self._text(number.start - 1).isdecimal())

    def _is_of_person(self, number: Number) -> bool:
        """Whether a number is that of "girl of 14"; "mother of three" counts children."""
        if self._text(number.start - 1) not in ("of", "de") or number.start - 2 not in self._people:
            return False
        return number.value >= MANY or number.start - 2 not in self._adults

    def _clause_ends(self, at: int) -> bool:
        if at >= len(self._words):
            return True
        word = self._words[at]
        following_number = word.text.isdecimal()
        ends = word.comma or word.sentence != self._words[at - 1].sentence
        return not following_number and (ends or word.text in self._lists.grammar["clause_openers"])

    def _is_span(self, number: Number, start: int, end: int) -> bool:
        """Whether a unit that says no more than "years" measures a length of time."""
        age = self._lists.age
        loose = ("years", number.end) in self._begins and end == self._begins["years", number.end]
        after = [self._text(at) for at in (end, end + 1)]
        of_age = after == ["of", "age"]
        return (
            loose
            and not of_age
            and (
                any(age["spans_before"].fits(self._text(at)) for at in (start - 1, start - 2))
                or age["spans_after"].fits(after[0])
                or (after[0] in ("d", "de") and age["spans_after"].fits(after[1]))
            )
        )

    def _unless_thing(self, hit: Hit) -> Hit | None:
        """The age, unless it is that of a thing beside it: 12 year old whisky, un chat de 16 ans."""
        things, media = self._lists.age["things"], self._lists.age["media"]
        after = self._group(hit.end)
        if any(at in self._people for at in after):
            return hit
        before = hit.start - 2 if self._text(hit.start - 1) == "de" else hit.start - 1
        is_thing = any(things.fits(self._text(at)) or media.fits(self._text(at)) for at in after)
        is_before = things.fits(self._text(before)) and not self._words[hit.start].comma
        return None if is_thing or is_before else hit

    def _group(self, start: int) -> list[int]:
        """The places of the next words of one group of words, NEAR at most."""
        end = start
        while end < min(start + NEAR, len(self._words)) and not self._words[end].comma:
            if self._words[end].text in self._lists.grammar["stops"]:
                break
            end += 1
        return list(range(start, end))

    def _text(self, at: int) -> str:
        return self._words[at].text if 0 <= at < len(self._words) else ""
