"""The signed cookie of a person who gave the token: who they are and until when, under an HMAC keyed by the token."""

import base64
import hashlib
import hmac
import json
from collections import deque

PASS_DAYS = 30
PASS_SECONDS = PASS_DAYS * 86_400
_PURPOSE = b"likeness web pass 1\n"


def is_token(given: str, token: str) -> bool:
    """Whether the right token was given; takes the same time wherever they differ."""
    return hmac.compare_digest(given.encode(), token.encode())


def issue(name: str, token: str, now: float) -> str:
    """A pass for the person called `name`, valid for PASS_DAYS from `now` (Unix seconds)."""
    payload = json.dumps([name, int(now) + PASS_SECONDS]).encode()
    return f"{_encode(payload)}.{_encode(_signature(payload, token))}"


def read(value: str, token: str, now: float) -> str | None:
    """The name on a pass; None if it is forged, damaged or past its date."""
    try:
        payload, signature = (_decode(part) for part in value.split("."))
    except ValueError:
        return None
    if not hmac.compare_digest(signature, _signature(payload, token)):
        return None
    name, until = json.loads(payload)
    return str(name) if now < until else None


def _signature(payload: bytes, token: str) -> bytes:
    return hmac.new(token.encode(), _PURPOSE + payload, hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class LoginThrottle:
    """Counts wrong tokens, so that guessing one takes for ever: at most `most` in `seconds`."""

    def __init__(self, most: int = 30, seconds: float = 60) -> None:
        self._most = most
        self._seconds = seconds
        self._times: deque[float] = deque()

    def add(self, now: float) -> None:
        self._times.append(now)

    def out(self, now: float) -> bool:
        """Whether no further guess is heard at `now`."""
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        return len(self._times) >= self._most
