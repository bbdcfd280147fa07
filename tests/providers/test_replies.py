"""How long an answer asks us to wait, in whichever form it does."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from providers.shared.http import retry_after


def told(headers: Mapping[str, str]) -> float | None:
    return retry_after(httpx.Headers(dict(headers)))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"RETRY-AFTER": " 0.5 "}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "2"}, 2.0),
        ({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
    ],
)
def test_a_wait_is_read_in_seconds(headers: Mapping[str, str], seconds: float) -> None:
    assert told(headers) == seconds


def test_a_date_is_the_time_until_then() -> None:
    then = datetime.now(UTC) + timedelta(seconds=90)
    seconds = told({"Retry-After": format_datetime(then, usegmt=True)})
    assert seconds is not None
    assert 80 < seconds <= 90


@pytest.mark.parametrize("value", ["", "-3", "soon", "nan", "inf", "1e99", "99999999999", "21 Oct 2015 07:28:00"])
def test_what_is_no_wait_is_none(value: str) -> None:
    assert told({"Retry-After": value}) is None
    assert told({}) is None
