"""News from Replicate that a prediction has ended: checked, and passed on to whoever waits for it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager

from replicate.webhook import Webhooks, WebhookSigningSecret

TOLERANCE = 300
"""Seconds a signature stays good, as Replicate advises; within them the same news may come twice."""


class Hooks:
    """Wakes those who wait for a prediction; `secret` asks for the account's signing secret, None when it cannot.

    The secret is asked for when there is none that fits, at most once in `rest` seconds by the clock `seconds`.
    News is a nudge and nothing else: it may be late, early, repeated or lost.
    """

    def __init__(self, secret: Callable[[], Awaitable[str | None]], rest: float, seconds: Callable[[], float]) -> None:
        self._fetch = secret
        self._rest = rest
        self._seconds = seconds
        self._secret: str | None = None
        self._asked_at: float | None = None
        self._lock = asyncio.Lock()
        self._waiting: dict[str, asyncio.Event] = {}

    @contextmanager
    def listening(self, id_: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever there is news of a prediction."""
        event = self._waiting.setdefault(id_, asyncio.Event())
        try:
            yield event
        finally:
            self._waiting.pop(id_, None)

    async def heard(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Pass news on; False when it is not signed with the account's secret."""
        if not self._signed(headers, body):
            await self._renew()
            if not self._signed(headers, body):
                return False
        if event := self._waiting.get(_id(body)):
            event.set()
        return True

    def _signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        if self._secret is None:
            return False
        secret = WebhookSigningSecret(key=self._secret)
        try:
            Webhooks.validate(headers=dict(headers), body=body.decode(), secret=secret, tolerance=TOLERANCE)
        except ValueError:  # the SDK's own errors are ones, and so are those of a header it cannot even read
            return False
        return True

    async def _renew(self) -> None:
        """Ask for the secret again, but not for every piece of forged news."""
        async with self._lock:
            now = self._seconds()
            if self._asked_at is None or now - self._asked_at >= self._rest:
                self._asked_at = now
                self._secret = await self._fetch() or self._secret


def _id(body: bytes) -> str:
    try:
        return str(json.loads(body)["id"])
    except (ValueError, LookupError, TypeError):
        return ""
