"""How long a picture waits for its next try, for every error, every number of tries and every chance."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.runtime.retry_policy import RetryPolicy
from providers.contract import errors

CHANCES = st.floats(0, 1, exclude_max=True)
SECONDS = st.floats(0, 3600)
PATIENCE = st.builds(
    lambda most, first, more: RetryPolicy(most=most, first=first, longest=first + more),
    st.integers(1, 10), st.floats(0, 100), st.floats(0, 600),
)  # fmt: skip
ASKED = st.none() | st.floats(-1e3, 1e4) | st.just(float("nan")) | st.just(float("inf"))
COSTS = st.none() | st.integers(0, 10**6)
PASSING = st.one_of(
    st.builds(errors.Unavailable, st.just("down"), retry_after=ASKED, cost=COSTS),
    st.builds(errors.RateLimited, st.just("slower"), retry_after=ASKED),
)
EMPTY = st.builds(errors.NoImage, st.just("words"), cost=COSTS)
FINAL = st.one_of(
    st.builds(errors.Refused, st.just("no"), cost=COSTS),
    st.builds(errors.BadInput, st.just("no")),
    st.builds(errors.OutOfCredit, st.just("no")),
    st.builds(errors.Misconfigured, st.just("no")),
    st.builds(errors.Gone, st.just("no")),
    st.builds(errors.UnknownOutcome, st.just("lost"), cost=COSTS),
)


@given(PATIENCE, FINAL, st.integers(1, 20), CHANCES)
def test_what_is_final_or_unknown_is_never_tried_again(
    patience: RetryPolicy, exc: errors.ProviderError, tries: int, chance: float
) -> None:
    assert patience.pause(exc, tries, lambda: chance) is None


@given(PATIENCE, PASSING | EMPTY, st.integers(1, 20), CHANCES)
def test_a_wait_is_never_negative_nor_longer_than_the_longest_and_half_of_it(
    patience: RetryPolicy, exc: errors.ProviderError, tries: int, chance: float
) -> None:
    pause = patience.pause(exc, tries, lambda: chance)
    assert pause is None or 0 <= pause <= 1.5 * patience.longest


@given(PATIENCE, PASSING | EMPTY, CHANCES)
def test_there_are_never_more_tries_than_the_most(
    patience: RetryPolicy, exc: errors.ProviderError, chance: float
) -> None:
    made = 1
    while patience.pause(exc, made, lambda: chance) is not None:
        made += 1
    assert made <= patience.most


@given(PATIENCE, SECONDS, st.integers(1, 20), CHANCES)
def test_what_the_provider_asks_to_wait_is_waited_or_not_tried(
    patience: RetryPolicy, asked: float, tries: int, chance: float
) -> None:
    for exc in (errors.RateLimited("slower", retry_after=asked), errors.Unavailable("down", retry_after=asked)):
        pause = patience.pause(exc, tries, lambda: chance)
        assert pause is None or pause >= asked
        assert asked <= patience.longest or pause is None


@given(PATIENCE, st.integers(1, 9), CHANCES)
def test_waits_double_up_to_the_longest_and_are_spread_over_their_upper_half(
    patience: RetryPolicy, tries: int, chance: float
) -> None:
    pause = patience.pause(errors.Unavailable("down"), tries, lambda: chance)
    own = min(patience.longest, patience.first * 2 ** (tries - 1))
    assert (pause is None) == (tries >= patience.most)
    assert pause is None or own / 2 <= pause <= own


@given(EMPTY, CHANCES)
def test_an_answer_without_a_picture_gets_one_more_try(exc: errors.NoImage, chance: float) -> None:
    patience = RetryPolicy()
    assert patience.pause(exc, 1, lambda: chance) is not None
    assert patience.pause(exc, 2, lambda: chance) is None


@given(st.none() | st.integers(1, 10**6), CHANCES)
def test_what_was_paid_for_in_vain_gets_one_more_try(cost: int | None, chance: float) -> None:
    patience = RetryPolicy()
    paid = errors.Unavailable("broken off", cost=cost)
    assert patience.pause(paid, 1, lambda: chance) is not None
    assert patience.pause(paid, 2, lambda: chance) is None


def test_the_usual_waits_are_two_four_and_eight_seconds() -> None:
    waits = [RetryPolicy().pause(errors.Unavailable("down"), tries, lambda: 1.0) for tries in (1, 2, 3, 4)]
    assert waits == [2.0, 4.0, 8.0, None]
