"""Identifiers and moments as the tables keep them."""

from datetime import UTC, datetime, timedelta

from uuid_utils.compat import uuid7

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def new_id() -> str:
    """A UUIDv7 in 32 hexadecimal characters: sorts by the time it was made."""
    return uuid7().hex


def now() -> int:
    """The present moment."""
    return moment(datetime.now(UTC))


def moment(at: datetime) -> int:
    """Unix milliseconds of a time with a zone."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def when(moment_: int) -> datetime:
    """The UTC time of Unix milliseconds."""
    return _EPOCH + timedelta(milliseconds=moment_)
