"""Identifiers and moments as the tables keep them."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from storage.db.ids import moment, new_id, when
from tests.storage.rows import EXAMPLES


def test_ids_are_all_different_and_sort_in_the_order_they_were_made() -> None:
    made = [new_id() for _ in range(5000)]
    assert sorted(set(made)) == made
    assert {len(id_) for id_ in made} == {32}


@given(st.integers(0, 4_102_444_800_000))
@EXAMPLES
def test_a_moment_comes_back_from_the_time_it_names(milliseconds: int) -> None:
    assert moment(when(milliseconds)) == milliseconds


def test_a_moment_does_not_depend_on_the_zone_it_was_said_in() -> None:
    here = datetime(2027, 1, 15, 9, 0, tzinfo=timezone(timedelta(hours=1)))
    assert moment(here) == moment(datetime(2027, 1, 15, 8, 0, tzinfo=UTC))
    assert when(moment(here)).tzinfo is UTC
