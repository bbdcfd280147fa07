"""A text people read, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """The same words in English and French."""

    en: str
    fr: str

    def of(self, locale: str) -> str:
        """The words for a locale such as "fr" or "fr-CA"; English for every other language."""
        return self.fr if locale.casefold().startswith("fr") else self.en
