"""Labels in English and French."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """One label in both languages."""

    en: str
    fr: str

    def of(self, locale: str) -> str:
        """Return the French label for a locale such as "fr" or "fr-CA", the English one for every other."""
        return self.fr if locale.casefold().startswith("fr") else self.en
