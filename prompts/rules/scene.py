"""A text's words, and what stands between two of them."""

from collections.abc import Sequence

from prompts.rules.lists import Lists
from prompts.rules.words import Word

NEAR = 3
"""Words between a noun and a word that belongs to it, such as "little" or an age."""


class Scene:
    """A text's words, with questions about what stands between two of them."""

    def __init__(self, words: Sequence[Word], lists: Lists) -> None:
        self.words, self._grammar = words, lists.grammar

    def at(self, sort: str, place: int) -> bool:
        """Whether the word at a place is of a field of `grammar`; no word stands outside the text."""
        return 0 <= place < len(self.words) and self.words[place].text in self._grammar[sort]

    def has(self, sort: str, start: int, end: int) -> bool:
        """Whether a word of a field of `grammar` stands from `start` up to `end`."""
        words = self._grammar[sort]
        return any(word.text in words for word in self.words[max(start, 0) : max(end, 0)])

    def comma(self, start: int, end: int) -> bool:
        """Whether punctuation stands between the words before `start` and at `end`."""
        return any(word.comma for word in self.words[start : end + 1])

    def group(self, start: int, end: int, most: int = NEAR) -> bool:
        """Whether the words from `start` up to `end` join their neighbours to one group of words."""
        return end - start <= most and not self.has("stops", start, end) and not self.comma(start, end)

    def likened(self, start: int, *, only_like: bool = False) -> bool:
        """Whether the words at `start` are what somebody looks like, or is: "dressed as a", "is a"."""
        for at in range(start - 1, max(start - NEAR - 2, -1), -1):
            if self.at("likeness", at) or (not only_like and self.at("states", at)):
                return True
            if self.words[at + 1].comma or (self.at("stops", at) and not self.at("articles", at)):
                return False
        return False

    def companion(self, start: int, end: int) -> bool:
        """Whether the words before `end`, back to a comma or to `start`, begin another person: "with her"."""
        first = max(start, end - NEAR - 1)
        comma = next((at for at in range(end, first - 1, -1) if at < len(self.words) and self.words[at].comma), first)
        owned = any(self.at("owners", at) and not self.at("of", at - 1) for at in range(comma, end))
        return owned or self.has("joins", comma, end)

    def object(self, start: int, end: int) -> bool:
        """Whether the words before `end` are a verb and an article: "… helping a boy", but not "… on a boy"."""
        articles = [at for at in range(max(start + 1, end - NEAR), end) if self.at("articles", at)]
        return any(not self.at("stops", at - 1) and not self.words[at].comma for at in articles)

    def of(self, end: int, start: int) -> bool:
        """Whether the words from `end` up to `start` make the second person the first one's: "mother of two"."""
        return 0 < start - end <= NEAR and self.at("of", end) and not self.comma(end, start)

    def costume(self, at: int) -> bool:
        """Whether the word at a place is clothing that the noun before it only names: "nurse outfit"."""
        return self.at("costumes", at)

    def linked(self, end: int, start: int) -> bool:
        """Whether the words from `end` up to `start` say that two people share what follows: "mother and her child"."""
        return 0 < start - end <= NEAR and self.at("ands", end)

    def sentence(self, at: int) -> int:
        """The number of the sentence of a word."""
        return self.words[at].sentence
