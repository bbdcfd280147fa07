"""Identifiers and moments as the tables keep them."""

from datetime import UTC, datetime

from uuid_utils.compat import uuid7


def new_id() -> str:
    """A UUIDv7 in 32 hexadecimal characters: sorts by the time it was made."""
    return uuid7().hex


def moment(at: datetime) -> int:
    """Unix milliseconds of a time with a zone."""
    return int(at.timestamp() * 1000)


def when(moment_: int) -> datetime:
    """The UTC time of Unix milliseconds."""
    return datetime.fromtimestamp(moment_ / 1000, UTC)
