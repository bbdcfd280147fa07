"""Configuration of the job engine: this process, its queues, its providers' accounts and its scheduled tasks."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bot.core.generation.painter import ImageGenerator
from bot.core.results.deliverer import Deliverer
from providers.contract.model import Account

APP = "likeness"
VERSION = "2"
"""Version of the workflows, not of the program: it changes when their steps do. Work of another version is restarted
once no process of that version is alive, see reaper.py."""
Role: TypeAlias = Literal["run", "worker"]
"""`run` talks to people, delivers and deletes; `worker` only draws."""
POLLING = 0.1
"""Seconds between polls for what other processes enqueue; the engine's default of 1 s makes the first picture wait
845 ms."""
ALONE_POLLING = 5.0
"""Seconds between polls where no other process enqueues: every enqueue of ours wakes its queue. Work that waits for the
next minute of a provider's rate, and scheduled tasks, begin within them."""
THREADS = 16
"""The engine's own thread pool, which is unbounded by default and becomes the loop's default executor."""
RETRIES: Mapping[str, Any] = {
    "retries_allowed": True, "interval_seconds": 1.0, "backoff_rate": 2.0, "max_attempts": 16,
}  # fmt: skip
"""Options of steps that may be repeated without harm: a full disk may recover within hours."""
DELIVERY_RETRIES: Mapping[str, Any] = {**RETRIES, "max_attempts": 9}
"""Options of posting a result: 9 tries within 255 seconds, after which the person is told where it is instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSettings:
    """`executor` names the process among those that share its database."""

    executor: str
    accounts: Mapping[str, Account]
    """Limits of each provider in use."""
    role: Role = "run"
    version: str = VERSION


@dataclass(frozen=True, slots=True)
class ScheduledTask:
    """A task that runs at the times of a cron line, in UTC."""

    cron: str
    do: Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Work:
    """Use cases of the core that the engine calls."""

    painter: ImageGenerator
    deliverer: Deliverer
    scheduled: Mapping[str, ScheduledTask]
