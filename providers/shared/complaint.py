"""An error as it came, in whatever shape of JSON, also inside an answer of status 200."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_ERROR_KEYS = ("error", "errors", "detail", "error_message", "errorMessage", "err_msg")
_WORD_KEYS = ("message", "msg", "detail", "error", "description", "reason", "title", "error_message")
_CODE_KEYS = (
    "code",
    "type",
    "status",
    "reason",
    "error_type",
    "error_code",
    "blockReason",
    "innererror",
    "finishReason",
)
_WORDS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """An error as it came: its words, its machine-readable codes, its HTTP status (None: none was told).

    `photos` is how many were sent, `retry_after` in seconds, and `cost` what the failed call cost in microdollars
    (None: its list price). `was_sent`: an unclear answer leaves open whether a picture was bought.
    """

    words: str
    codes: Sequence[str] = ()
    status: int | None = None
    photos: int | None = None
    retry_after: float | None = None
    cost: int | None = 0
    was_sent: bool = True

    @property
    def told(self) -> str:
        """Codes and words."""
        return " ".join((*self.codes, self.words))

    @property
    def detail(self) -> str:
        """Status, codes and words for the log."""
        told = (str(self.status) if self.status else "", *self.codes, self.words)
        return " ".join(dict.fromkeys(part for part in told if part)).strip()[:_WORDS]


def complaint_in(body: Any, status: int | None = None) -> Complaint | None:
    """The error that a body of JSON holds, also inside a 200; None where it holds none."""
    if not isinstance(body, Mapping):
        return complaint_in(body[0], status) if isinstance(body, list) and len(body) == 1 else None
    found = next((body[key] for key in _ERROR_KEYS if body.get(key)), None)
    if found is None:
        has_failed = str(body.get("status", "")).lower() in ("failed", "error") or body.get("success") is False
        if not has_failed and not isinstance(body.get("code"), int | str):
            return None
        if not has_failed and "message" not in body:
            return None
        found = body
    words = " ".join(dict.fromkeys(_words(found)))
    codes = tuple(dict.fromkeys(code for part in (found, body) for code in _codes(part)))
    numbers = [int(code) for code in codes if code.isdecimal() and 300 <= int(code) < 600]
    named = tuple(code for code in codes if not code.isdecimal())
    return Complaint(words=words, codes=named, status=numbers[0] if numbers else status)


def _words(found: Any) -> Iterator[str]:
    match found:
        case str():
            yield found
        case list():
            for one in found:
                yield from _words(one)
        case Mapping():
            for key in _WORD_KEYS:
                if key in found:
                    yield from _words(found[key])
        case _:
            pass


def _codes(found: Any) -> Iterator[str]:
    match found:
        case list():
            for one in found:
                yield from _codes(one)
        case Mapping():
            for key in _CODE_KEYS:
                value = found.get(key)
                if isinstance(value, str | int) and not isinstance(value, bool):
                    yield str(value)
                elif isinstance(value, Mapping):
                    yield from _codes(value)
        case _:
            pass
