"""Tells those who hold connections open that sessions may have ended, so that they check theirs."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import structlog

Check: TypeAlias = Callable[[], Awaitable[None]]
"""Closes the connections whose session is over."""

log = structlog.get_logger()


class SessionWatch:
    """The checks to run when somebody was blocked, signed out or deleted."""

    def __init__(self) -> None:
        self._checks: list[Check] = []

    def subscribe(self, check: Check) -> None:
        self._checks.append(check)

    async def ended(self) -> None:
        """Run every check; one that fails does not keep the others from running."""
        for check in self._checks:
            try:
                await check()
            except Exception:
                log.exception("the check of sessions failed")
