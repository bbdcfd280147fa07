"""What the engine is told: who this process is, what it works on, and what its providers' accounts allow."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bot.core.generation.painter import ImageGenerator
from bot.core.results.deliverer import Deliverer
from providers.contract.model import Account

APP = "likeness"
VERSION = "2"
"""Of the workflows, not of the program: it changes when their steps do. Work of another version is begun anew by this
one once no process of that version lives, see reaper."""
Role: TypeAlias = Literal["run", "worker"]
"""`run` speaks, delivers and deletes; `worker` draws alone."""
POLLING = 0.1
"""Seconds between looks at the queues; the engine's default of 1 s makes the first picture wait 845 ms."""
THREADS = 16
"""The engine's own thread pool, which is unbounded by default and becomes the loop's default executor."""
PATIENTLY: Mapping[str, Any] = {
    "retries_allowed": True, "interval_seconds": 1.0, "backoff_rate": 2.0, "max_attempts": 16,
}  # fmt: skip
"""For steps that harm nothing when they are repeated: a chat platform or a full disk may recover within hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSettings:
    """`executor` names the process among those that share its database."""

    executor: str
    accounts: Mapping[str, Account]
    """What each provider in use allows."""
    role: Role = "run"
    version: str = VERSION


@dataclass(frozen=True, slots=True)
class Chore:
    """What is done at the moments of a cron line, in UTC."""

    cron: str
    do: Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Work:
    """What the core does when the engine says so."""

    painter: ImageGenerator
    deliverer: Deliverer
    chores: Mapping[str, Chore]
