"""Rendering Fluent messages in a reader's language."""

from collections.abc import Mapping
from decimal import ROUND_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel.numbers import format_currency
from fluent.runtime import FluentBundle, FluentResource

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "fr")
LONGEST = 2000
"""Characters of a value that Fluent is trusted with: above 2,500 it refuses, as a guard against templates that grow."""


def language(locale: str) -> str:
    """The language we speak that is nearest to a locale such as "fr-CA"; English when we know none."""
    wanted = locale.replace("_", "-").partition("-")[0].casefold()
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def render(key: str, args: Mapping[str, Any], locale: str) -> str:
    """The message `key` with plain strings and numbers put in; a missing key or value raises KeyError."""
    bundle = bundle_of(language(locale))
    pattern = bundle.get_message(key).value
    assert pattern is not None, key
    long = {name: value for name, value in args.items() if isinstance(value, str) and len(value) > LONGEST}
    marks = {name: f"\ue000{name}\ue001" for name in long}
    rendered, errors = bundle.format_pattern(pattern, {**args, **marks})
    if errors:
        raise KeyError(f"{key}: {errors[0]}")
    words = str(rendered)
    for name, value in long.items():
        words = words.replace(marks[name], value)
    return words


def dollars(micro: int, locale: str) -> str:
    """An amount in microdollars in the reader's number format, rounded up to the cent, below a dollar finer."""
    amount = Decimal(micro) / 1_000_000
    finer = "##" if abs(amount) < Decimal("0.1") else "#"
    is_fine = abs(amount) < 1 and bool(micro % 10_000)
    digits = f"#,##0.00{finer}" if is_fine else "#,##0.00"
    places = 2 + len(finer) if is_fine else 2
    amount = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_UP)
    pattern = f"{digits}\u00a0¤" if language(locale) == "fr" else f"¤{digits}"
    return format_currency(amount, "USD", pattern, locale=language(locale), currency_digits=False)


@cache
def bundle_of(name: str) -> FluentBundle:
    """All messages of one language; every .ftl file of its folder."""
    bundle = FluentBundle([name], use_isolating=False)  # each front escapes for its own platform
    for path in sorted((FOLDER / name).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text("utf-8")))
    return bundle
