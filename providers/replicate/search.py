"""Finding a call whose answer was lost among the account's predictions: pure, so that it can be checked whole."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from providers.contract.provider import Request
from providers.replicate.request import Entry
from providers.replicate.transport import Json
from providers.shared.json_input import arguments

SKEW = 60_000
"""Milliseconds by which Replicate's clock may be behind ours."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: the call of `key`, or else one of the same model, prompt and seed that is nobody's."""

    entry: Entry
    request: Request
    key: str
    known: Collection[str]

    @property
    def since(self) -> int:
        """Unix milliseconds before which the call was not made."""
        return begun(self.key) - SKEW

    def is_it(self, prediction: Json) -> bool:
        """Whether a prediction may be the call; one that names a key is that key's call and no other."""
        if prediction.get("id") in self.known or created(prediction, default=self.since) < self.since:
            return False
        if key := key_of(prediction):
            return key == self.key
        return self._same_model(prediction) and self._same_input(prediction)

    def is_surely_it(self, prediction: Json) -> bool:
        return key_of(prediction) == self.key

    def _same_model(self, prediction: Json) -> bool:
        if self.entry.version:
            return prediction.get("version") == self.entry.version
        return prediction.get("model") == self.entry.name

    def _same_input(self, prediction: Json) -> bool:
        """An hour after its end a prediction's input is removed, and it may have been anything."""
        shown = prediction.get("input") or {}
        if prediction.get("data_removed") or not shown:
            return True
        spelling = self.entry.spelling
        sent = arguments(self.request, self.entry.model, spelling, [""] * len(self.request.references))
        return all(shown.get(key) == sent.get(key) for key in (spelling.prompt, spelling.seed) if key in sent)


def begun(key: str) -> int:
    """Unix milliseconds of a key, the first 48 bits of a UUIDv7 (RFC 9562); 0 for one that is none."""
    try:
        return int(key[:12], 16) if len(key) == 32 else 0
    except ValueError:
        return 0


def created(prediction: Json, *, default: int) -> int:
    """Unix milliseconds at which a prediction was created."""
    try:
        moment = datetime.fromisoformat(str(prediction.get("created_at")))
    except ValueError:
        return default
    return int(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() * 1000)


def key_of(prediction: Json) -> str | None:
    """Our key in the address that a prediction reports to, where it shows one."""
    asked = parse_qs(urlsplit(str(prediction.get("webhook") or "")).query)
    return asked.get("key", [None])[0]


def next_page(page: Json) -> str | None:
    """The cursor of the next page; its address is not followed, since the token would go wherever it leads."""
    cursor = parse_qs(urlsplit(str(page.get("next") or "")).query).get("cursor")
    return cursor[0] if cursor else None
