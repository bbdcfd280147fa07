"""What the words and codes of an error are about, whichever API, gateway or model wrote them.

APIs pass the errors of other APIs on, with other statuses and sometimes inside a 200, so one table reads all of them.
"""

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "refused", "key", "credit", "rate", "gone", "repeat", "photo", "prompt", "no_image", "input", "lost", "busy"
]
_KINDS: Sequence[tuple[Kind, str]] = (
    (
        "refused",
        r"content[_ -]?(filter|policy|moderation)|moderation|responsible_?ai|safety (system|filter|polic|reason"
        r"|check|guideline)|blocked by (\w+ ){0,3}(safety|content|filter|policy)|\bnsfw\b|\be005\b|\bflagged\b"
        r"|(?<!case[- ])sensitive|inappropriate|prohibited|image_?safety"
        r"|\b(usage|use|content|community) (polic|guideline)"
        r"|violat\w* (\w+ ){0,4}(polic|guideline|terms)|policy violation|not allowed by|jailbreak|copyright"
        r"|(public|famous) (figure|person)|celebrit|minors?\b|sexual|explicit content|unsafe|disallowed content",
    ),
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
    (
        "rate",
        r"rate[ _-]?limit|too many requests|resource_?exhausted|resource has been exhausted|quota exceeded|throttl",
    ),
    (
        "gone",
        r"model_?not_?found|model\b.{0,60}(not (be )?found|does ?n[o']t exist|deprecated|retired|no longer|shut down"
        r"|decommissioned)|no such model|unknown model|not supported for generatecontent",
    ),
    ("repeat", r"please (re)?try (again|or report)\b(?! later)|please retry|retry or report|try your request again"),
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
        r"|(invalid|unsupported|corrupt\w*|unable|cannot|can't|could ?n[o']t|failed|malformed|unidentified|bad)\b"
        r".{0,60}"
        r"(image|photo|picture|mime ?type|inline_?data)",
    ),
    (
        "input",
        r"\be006\b|input (was |is )?(invalid|malformed)|invalid[ _](input|argument|request|parameter|value)"
        r"|bad request|validation|unprocessable|not a valid|is not one of|must be (one of|less|greater|a\b|an\b)"
        r"|unknown (field|parameter)|unsupported (value|parameter)",
    ),
    (
        "lost",
        r"timed? ?out|time-?out|deadline|bad gateway|socket hang up|econnreset|broken pipe"
        r"|(connection|upstream) (\w+ )?(reset|closed|error|lost|aborted|refused|disconnect)",
    ),
    (
        "busy",
        r"overload|unavailable|capacity|internal|busy|\blater\b|upstream|interrupted|temporar|server error|cuda"
        r"|out of memory|queue is full",
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
    r"\b(output|generated|resulting|result(?=ing| (was|is|may|contain|image|picture)))\b",
    re.IGNORECASE,
)
_ABOUT_INPUT = re.compile(r"\b(input|prompt|request)", re.IGNORECASE)
_PASSES = re.compile(r"overload|unavailable|capacity|interrupted|\blater\b", re.IGNORECASE)
_ABOUT_FIELD = re.compile(r"param|field|value", re.IGNORECASE)


def kind_of(told: str) -> Kind | None:
    """What an error is about; None where its words do not tell. A busy server that says "please retry" is busy."""
    for kind, pattern in _PATTERNS:
        if pattern.search(told) and not (kind == "photo" and is_about_setting(told)):
            return "busy" if kind == "repeat" and _PASSES.search(told) else kind
    return None


def names(kind: Kind, told: str) -> bool:
    """Whether the words mention a kind at all, beside what they are about first of all."""
    return any(one == kind and pattern.search(told) for one, pattern in _PATTERNS)


def is_about_setting(told: str) -> bool:
    return bool(_SETTING.search(told))


def is_about_field(told: str) -> bool:
    return is_about_setting(told) or bool(_ABOUT_FIELD.search(told))


def is_about_photo(told: str) -> bool:
    return bool(_ABOUT_PHOTO.search(told))


def is_about_result(told: str) -> bool:
    """Whether a refusal means the drawn picture, and no input is mentioned."""
    return bool(_ABOUT_RESULT.search(told)) and not _ABOUT_INPUT.search(told)
