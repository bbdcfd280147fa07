"""Types of single settings: each reads a text, and its ValueError is the fix that the operator is told."""

import math
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from pydantic import BeforeValidator

Network: TypeAlias = IPv4Network | IPv6Network

COPY_DISCORD = "copy it again from your application on discord.com/developers, Bot, Reset Token"
SECRET_LEAST = 16
"""Characters of a secret that a stranger may guess at."""
_DIFFERENT_LEAST = 6
MOST_DOLLARS = 1_000_000_000
"""Largest amount a limit can be set to; nobody means more."""


def one_of(*words: str) -> BeforeValidator:
    """One of some words, in small letters or in capitals."""

    def read(value: object) -> str | None:
        if value is None or str(value).lower() in words:
            return None if value is None else str(value).lower()
        named = [f'"{word}"' for word in words]
        raise ValueError(f"use {', '.join(named[:-1])} or {named[-1]}, not {value!r}")

    return BeforeValidator(read)


def address(usual: str, *schemes: str) -> BeforeValidator:
    """An absolute URL of one of the schemes without its last slash; the fix shows the `usual` one."""

    def read(value: object) -> str | None:
        if value is None or is_url(str(value), schemes):
            return None if value is None else str(value).rstrip("/")
        raise ValueError(f"{value!r} is not an address: write it like {usual}, or leave it out")

    return BeforeValidator(read)


def is_url(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError for a port that is no number
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.hostname) and not parts.username


def _port(value: object) -> int:
    text = str(value)
    if text.isascii() and text.isdigit() and int(text) <= 65535:
        return int(text)
    raise ValueError(f"{text!r} is not a port: use a number from 1 to 65535, or 0 for any free one")


def _microdollars(value: object) -> int:
    if isinstance(value, int):
        return value
    try:
        dollars = Decimal(str(value))
    except InvalidOperation as exc:
        raise ValueError(f"write dollars as a number, such as 50; {value!r} is not") from exc
    if not dollars.is_finite() or not 0 <= dollars <= MOST_DOLLARS:
        raise ValueError(f"write dollars as a number from 0 to {MOST_DOLLARS:,}")
    return math.floor(dollars * 1_000_000)


def _admins(value: object) -> frozenset[tuple[str, str]]:
    if isinstance(value, frozenset):
        return value
    return frozenset(_admin(entry) for entry in str(value).split(",") if entry.strip())


def _admin(entry: str) -> tuple[str, str]:
    platform, _, id_ = (part.strip() for part in entry.partition(":"))
    if not (platform and id_):
        raise ValueError(f'write "platform:id, platform:id", such as "discord:1234"; {entry.strip()!r} is not')
    return platform.casefold(), id_


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`; a name other than localhost counts as reachable."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_hard_to_guess(secret: str) -> bool:
    """Whether a secret is long enough, and no repetition of a few characters."""
    return len(secret) >= SECRET_LEAST and len(set(secret)) >= _DIFFERENT_LEAST


def _networks(value: object) -> tuple[Network, ...]:
    if isinstance(value, tuple):
        return value
    return tuple(_network(part.strip()) for part in str(value).split(",") if part.strip())


def _network(text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError as exc:
        raise ValueError(f"{text!r} is no address or network: write them like 127.0.0.1, 10.0.0.0/8") from exc


def matching(fits: Callable[[str], object], fix: str) -> BeforeValidator:
    """A text that fits; the fix never repeats it, since it may be a secret."""

    def read(value: object) -> object:
        if value is not None and not fits(str(value)):
            raise ValueError(fix)
        return value

    return BeforeValidator(read)


def _discord_token(value: object) -> str:
    token = str(value).removeprefix("Bot ").strip()  # as the header has it
    if not token or any(char.isspace() for char in token):
        raise ValueError(COPY_DISCORD)
    return token


Port: TypeAlias = Annotated[int, BeforeValidator(_port)]
Microdollars: TypeAlias = Annotated[int, BeforeValidator(_microdollars)]
"""Dollars in the settings."""
Admins: TypeAlias = Annotated[frozenset[tuple[str, str]], BeforeValidator(_admins)]
"""Pairs of platform and id."""
DiscordToken: TypeAlias = Annotated[str, BeforeValidator(_discord_token)]
Networks: TypeAlias = Annotated[tuple[Network, ...], BeforeValidator(_networks)]
"""Addresses count as networks of one."""
