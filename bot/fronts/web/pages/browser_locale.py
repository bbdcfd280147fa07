"""The language a browser asks for."""

import re

from bot.core.chat.catalogue import LANGUAGES

_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")


def preferred(accept_language: str) -> str:
    """The best tag of an Accept-Language header that we speak, else the best one, else "en" (RFC 9110, 12.5.4)."""
    tags = [tag for _, tag in sorted(_weighed(accept_language), key=lambda pair: -pair[0])]
    spoken = (tag for tag in tags if tag.split("-")[0].lower() in LANGUAGES)
    return next(spoken, tags[0] if tags else "en")


def _weighed(header: str) -> list[tuple[float, str]]:
    found = []
    for item in header[:500].split(","):
        tag, _, parameter = (part.strip() for part in item.partition(";"))
        if _TAG.fullmatch(tag) and (weight := _weight(parameter)) > 0:
            found.append((weight, tag))
    return found


def _weight(parameter: str) -> float:
    if not parameter:
        return 1.0
    matched = re.fullmatch(r"q\s*=\s*([01](?:\.\d{0,3})?)", parameter)
    return float(matched[1]) if matched else 0.0
