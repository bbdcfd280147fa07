"""Where a picture stands when people take turns, and how long that will take."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.results.queue_position import QueuePosition
from providers.contract.model import Account

COUNTS = st.lists(st.integers(1, 600), max_size=8).map(tuple)


def test_another_persons_long_queue_delays_an_image_by_one_turn() -> None:
    assert QueuePosition(0, (500,)).ahead == 1
    assert QueuePosition(3, (500, 2)).ahead == 3 + 4 + 2
    assert QueuePosition(0).ahead == 0


def test_the_estimate_counts_rounds_of_concurrent_images() -> None:
    assert QueuePosition(0).seconds(10.0, Account(8)) == 10.0
    assert QueuePosition(7).seconds(10.0, Account(8)) == 40.0, "two of a person at once"
    assert QueuePosition(0, (1,) * 8).seconds(10.0, Account(8)) == 20.0
    assert QueuePosition(1).seconds(10.0, Account(1)) == 20.0
    assert QueuePosition(59).seconds(0.1, Account(100, 30)) == 118.0, "no faster than the rate"


@given(st.integers(0, 64), COUNTS, st.integers(1, 30))
def test_a_later_image_never_has_an_earlier_estimate(own: int, others: tuple[int, ...], at_once: int) -> None:
    sooner, later = QueuePosition(own, others), QueuePosition(own + 1, others)
    assert sooner.ahead < later.ahead
    assert sooner.seconds(5.0, Account(at_once)) <= later.seconds(5.0, Account(at_once))
