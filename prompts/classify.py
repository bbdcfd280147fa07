"""Classify a prompt: the kind of picture that its words ask for, by the weighted phrases of domains.toml."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from prompts.lexicon import Lexicon

DOMAINS = Path(__file__).with_name("domains.toml")

CLOSE = 0.6
"""Share of the best kind's points from which another kind is an alternative."""

FADING = 0.7
"""Factor by which each further phrase for the same kind counts less than the one before it."""


@dataclass(frozen=True, slots=True)
class Classification:
    """The kind of picture of a prompt; `alternatives` are further kinds as "domain/subcategory", best first.

    `score` is the share of all points that went to this kind, from 0 (no known phrase) to 1 (no other kind).
    """

    domain: str
    subcategory: str
    alternatives: tuple[str, ...]
    score: float

    @property
    def kind(self) -> str:
        """Domain and subcategory in one string: "photography/portrait"."""
        return f"{self.domain}/{self.subcategory}"


@dataclass(frozen=True, slots=True)
class Points:
    """The weight of one phrase for one kind."""

    kind: str
    weight: float


def classify(text: str) -> Classification:
    """Return the kind with the most points; a phrase counts once, and more the earlier it stands."""
    found: dict[str, list[float]] = defaultdict(list)
    for at, point in _lexicon().found(text):
        found[point.kind].append(point.weight * _earliness(at))
    points = {kind: _sum(weights) for kind, weights in found.items()}
    total = sum(points.values())
    ranked = sorted(points, key=lambda kind: (-points[kind], kinds().index(kind)))
    best = ranked[0] if ranked else kinds()[0]
    domain, _, subcategory = best.partition("/")
    close = tuple(kind for kind in ranked[1:] if points[kind] >= CLOSE * points[best])
    return Classification(domain, subcategory, close, points[best] / total if total else 0.0)


@cache
def kinds() -> tuple[str, ...]:
    """Every kind as "domain/subcategory"; the first is the kind of a prompt without known phrases."""
    tables = _tables()
    return tuple(f"{domain}/{name}" for domain, table in tables.items() for name in table if name != "any")


def _sum(weights: list[float]) -> float:
    """Add weights, heaviest first and each further one faded, so that many hints do not outweigh the name of a kind."""
    return sum(weight * FADING**rank for rank, weight in enumerate(sorted(weights, reverse=True)))


def _earliness(at: int) -> float:
    """Factor for a phrase at the word `at`: 3 at the first word, 2 at the eleventh, towards 1 far down."""
    return 1 + 20 / (10 + at)


@cache
def _lexicon() -> Lexicon[Points]:
    return Lexicon(
        (phrase, Points(kind, weight))
        for kind in kinds()
        for level, weight in _weights().items()
        for phrase in _phrases(kind, level)
    )


def _phrases(kind: str, level: str) -> list[str]:
    domain, _, name = kind.partition("/")
    table = _tables()[domain]
    return [*table[name].get(level, []), *table.get("any", {}).get(level, [])]


@cache
def _tables() -> dict[str, dict[str, dict[str, list[str]]]]:
    tables: dict[str, dict[str, dict[str, list[str]]]] = _data()["domains"]
    return tables


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = _data()["weights"]
    return weights


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DOMAINS.read_text("utf-8"))
