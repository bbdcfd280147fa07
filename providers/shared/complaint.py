"""What the words and codes of an error mean, whichever API, gateway or model wrote them.

APIs pass the errors of other APIs on, with other statuses and sometimes inside a 200, so the words are read the same
way for all of them; a provider reads its own certain signs first.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from providers.contract.errors import (
    BadInput,
    Gone,
    Misconfigured,
    NoImage,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Refused,
    Unavailable,
    UnknownOutcome,
)
from providers.shared.http import GATEWAY

Kind: TypeAlias = Literal[
    "refused", "key", "credit", "rate", "gone", "repeat", "photo", "prompt", "no_image", "input", "busy"
]
_KINDS: Sequence[tuple[Kind, str]] = (
    (
        "refused",
        r"content_?filter|content_?(policy|moderation)|moderation|responsible_?ai|safety (system|filter|polic|reason"
        r"|check|guideline)|blocked by (\w+ ){0,3}(safety|content|filter|policy)|\bnsfw\b|\be005\b|\bflagged\b"
        r"|sensitive|inappropriate|prohibited|image_?safety|\b(usage|use|content|community) (polic|guideline)"
        r"|violat\w* (\w+ ){0,4}(polic|guideline|terms)|policy violation|not allowed by|jailbreak|copyright"
        r"|(public|famous) (figure|person)|celebrit|minors?\b|sexual|explicit content|unsafe|disallowed content",
    ),
    ("repeat", r"please (re)?try (again|or report)\b(?! later)|please retry|retry or report|try your request again"),
    (
        "key",
        r"api[ _-]?key|unauthori[sz]ed|unauthenticated|authenticat|invalid (access )?token|access denied"
        r"|permission[ _]?denied|not authori[sz]ed|forbidden",
    ),
    (
        "credit",
        r"insufficient[ _](quota|credit|funds|balance)|billing|payment required|spend(ing)? (cap|limit)"
        r"|(credit|balance)s? (\w+ ){0,3}(exhausted|depleted|too low|empty)|exhausted balance|prepay|out of credit"
        r"|exceeded your current quota|arrear",
    ),
    ("rate", r"rate[ _-]?limit|too many requests|resource_?exhausted|resource has been exhausted|quota exceeded|throttl"),
    (
        "gone",
        r"model_?not_?found|model\b.{0,60}(not (be )?found|does ?n[o']t exist|deprecated|retired|no longer|shut down"
        r"|decommissioned)|no such model|unknown model|not supported for generatecontent",
    ),
    (
        "no_image",
        r"\bno (image|media|picture|output)s?\b( content)?( (was|were|is))?( (found|generated|produced|returned|data))?"
        r"|no_media_generated|(did|does) ?n[o']t (generate|produce|return|contain) (an? |any )?(image|picture|output)"
        r"|(returned|generated|produced) no (image|picture|output)|empty (image|output|result|response)"
        r"|failed to (generate|produce) (an? |any )?(image|picture)",
    ),
    (
        "prompt",
        r"prompt.{0,40}(too long|too short|empty|required|exceed|invalid|length|at most|characters)"
        r"|(too long|empty|invalid|missing).{0,30}\bprompt|too many (\w+ )?tokens|context.length|string_above_max",
    ),
    (
        "photo",
        r"(image|photo|picture|mime ?type|inline_?data|file|media|payload)s?\b.{0,60}(invalid|unsupported|not supported"
        r"|corrupt|too (large|big|small|many)|decode|could ?n[o']t|can ?not|can't|unable|fail|exceed|malformed"
        r"|format|dimension|resolution|not a valid|download|truncated|identif)"
        r"|(invalid|unsupported|corrupt\w*|unable|cannot|can't|could ?n[o']t|failed|malformed|unidentified|bad)\b.{0,60}"
        r"(image|photo|picture|mime ?type|inline_?data)",
    ),
    (
        "input",
        r"\be006\b|input (was |is )?(invalid|malformed)|invalid[ _](input|argument|request|parameter|value)"
        r"|bad request|validation|unprocessable|not a valid|is not one of|must be (one of|less|greater|a\b|an\b)"
        r"|unknown (field|parameter)|unsupported (value|parameter)",
    ),
    (
        "busy",
        r"overload|unavailable|capacity|timed? ?out|deadline|internal|busy|try again later|later|upstream|connection"
        r"|interrupted|temporar|server error|cuda|out of memory|queue is full|bad gateway",
    ),
)
_PATTERNS: Sequence[tuple[Kind, re.Pattern[str]]] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for kind, pattern in _KINDS
)
_SETTING = re.compile(
    r"image_?(config|size|count)|aspect_?\s?ratio|thought_?\s?signature|\b(size|quality|seed|steps|background)\b"
    r".{0,30}(invalid|unsupported|not|must)|(invalid|unsupported).{0,20}\b(size|quality|aspect|seed)\b",
    re.IGNORECASE,
)
"""Words about a setting of the picture, which mention images without meaning a photo."""
_ABOUT_PHOTO = re.compile(
    r"\b(input|source|reference|uploaded|provided|your) (image|photo|picture)|image_?(url|input)|photo", re.IGNORECASE
)
_ABOUT_RESULT = re.compile(
    r"\b(output|generated|resulting|result|produced) ?(image|picture|content|was|contain|is|may)?|\boutput\b",
    re.IGNORECASE,
)
_ERROR_KEYS = ("error", "errors", "detail", "error_message", "errorMessage", "err_msg")
_WORD_KEYS = ("message", "msg", "detail", "error", "description", "reason", "title", "error_message")
_CODE_KEYS = ("code", "type", "status", "reason", "error_type", "error_code", "blockReason", "innererror", "finishReason")
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


def error_of(complaint: Complaint) -> ProviderError:
    """The ProviderError that a complaint means: by its words and codes, then by its status."""
    by_words = _by_words(kind_of(complaint), complaint)
    return by_words or _by_status(complaint)


def kind_of(complaint: Complaint) -> Kind | None:
    """What a complaint is about; None where neither words nor codes tell."""
    told = " ".join((*complaint.codes, complaint.words))
    for kind, pattern in _PATTERNS:
        if pattern.search(told) and not (kind == "photo" and _SETTING.search(told)):
            return kind
    return None


def _by_words(kind: Kind | None, it: Complaint) -> ProviderError | None:  # noqa: C901  # a flat table
    match kind:
        case "refused":
            return refusal_of(it)
        case "repeat":
            return BadInput(it.detail, problem=_fault(it), again=True, cost=it.cost)
        case "key" if it.status in (None, 400, 401, 403):
            return Misconfigured(it.detail, cost=it.cost)
        case "credit":
            return OutOfCredit(it.detail, cost=it.cost)
        case "rate":
            return RateLimited(it.detail, retry_after=it.retry_after)
        case "gone" if it.status in (None, 400, 404, 410):
            return Gone(it.detail, cost=it.cost)
        case "no_image" if not _is_servers(it):
            return NoImage(it.detail, cost=it.cost)
        case "photo" | "prompt" | "input" if not _is_servers(it):
            return BadInput(it.detail, problem=_fault(it, kind), cost=it.cost)
        case "busy" if it.status is None or it.status < 400:
            return Unavailable(it.detail, retry_after=it.retry_after, cost=it.cost)
        case _:
            return None


def _by_status(it: Complaint) -> ProviderError:
    match it.status:
        case 401 | 403 | 405 | 407:
            return Misconfigured(it.detail, cost=it.cost)
        case 402:
            return OutOfCredit(it.detail, cost=it.cost)
        case 404 | 410:
            return Gone(it.detail, cost=it.cost)
        case 429:
            return RateLimited(it.detail, retry_after=it.retry_after)
        case int(code) if code in GATEWAY and it.was_sent:
            return UnknownOutcome(it.detail)
        case int(code) if code in (408, 409, 425) or code >= 500:
            return Unavailable(it.detail, retry_after=it.retry_after, cost=it.cost)
        case 413:
            return BadInput(it.detail, problem="photo" if it.photos else "input", cost=it.cost)
        case int(code) if 400 <= code < 500:
            return BadInput(it.detail, problem=_fault(it), cost=it.cost)
        case int(code) if 300 <= code < 400:
            return Misconfigured(it.detail, cost=it.cost)
        case _:
            return Unavailable(it.detail, retry_after=it.retry_after, cost=it.cost)


def refusal_of(it: Complaint) -> Refused:
    """A refusal of the words, of a photo (only where one was sent), or of the drawn picture, which then was paid."""
    told = " ".join((*it.codes, it.words))
    if it.photos != 0 and _ABOUT_PHOTO.search(told):
        return Refused(it.detail, what="photo", why=it.words, cost=it.cost)
    if _ABOUT_RESULT.search(told) and not re.search(r"\b(input|prompt|request)", told, re.IGNORECASE):
        return Refused(it.detail, what="result", why=it.words, cost=it.cost)
    return Refused(it.detail, what="prompt", why=it.words, cost=it.cost)


def _fault(it: Complaint, kind: Kind | None = None) -> str:
    """Which part of the request is meant; a photo never when none was sent."""
    told = " ".join((*it.codes, it.words))
    kind = kind or next((one for one, pattern in _PATTERNS if one in ("photo", "prompt") and pattern.search(told)), None)
    if kind == "photo" and not _SETTING.search(told):
        return "photo" if it.photos != 0 else "input"
    if kind == "prompt":
        return "prompt"
    return "parameter" if _SETTING.search(told) or re.search(r"param|field|value", told, re.IGNORECASE) else "input"


def _is_servers(it: Complaint) -> bool:
    """Whether the status says that the server is at fault, whatever its words mention."""
    return it.status is not None and it.status >= 500


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
