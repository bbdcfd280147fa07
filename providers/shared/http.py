"""What HTTP answers say in the same way whichever API they come from."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

GATEWAY = frozenset({502, 504, 520, 522, 524})
"""What a gateway says when it has handed a call on and got no proper answer: the call may have been accepted.

502 and 504 by RFC 9110, section 15.6, the others by Cloudflare's page "5xx errors".
"""
_SECONDS = re.compile(r"\d{1,9}(\.\d+)?")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by Retry-After, be it a number or a date (RFC 9110), or by the finer retry-after-ms of OpenAI.

    None where it is not told. The names are looked up in lower case, so `headers` must not care about case.
    """
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        if _SECONDS.fullmatch(told := headers.get(name, "").strip()):
            return float(told) * unit
    return _until(headers.get("retry-after", ""))


def _until(date: str) -> float | None:
    try:
        return max(0.0, (parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):  # TypeError: a date without its time zone
        return None
