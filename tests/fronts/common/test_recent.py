"""A bounded memory of what was seen lately."""

from bot.fronts.common.recent import Recent


def test_the_entry_that_was_used_longest_ago_makes_room() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.made("a", lambda: 9) == 1
    recent.put("c", 3)
    assert [recent.get(key) for key in "abc"] == [1, None, 3]
