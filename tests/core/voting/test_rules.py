"""Curation: who may vote on an image, whose vote decides, and what the votes make of it."""

from collections.abc import Sequence

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core.voting.rules import Ballot, Closed, NotEligible, Outcome, Poll, Rules, Verdict, cast, close, outcome

KEEP = Ballot("keep")
BEST = Ballot("keep", best=True)
REJECT = Ballot("reject")
SOLO = Rules(author="anna")
TEAM = Rules(author="anna", mode="team", quorum=2)


def polled(rules: Rules, *votes: tuple[str, Ballot | None]) -> Poll:
    poll = Poll()
    for user, ballot in votes:
        poll = cast(poll, rules, user, ballot)
    return poll


def verdict(rules: Rules, **votes: Ballot | None) -> Verdict:
    return outcome(polled(rules, *votes.items()), rules).verdict


# ── ballots ──────────────────────────────────────────────────────────────────────────────────────────────


def test_only_a_kept_image_can_be_the_best() -> None:
    with pytest.raises(ValueError, match="only a kept image"):
        Ballot("reject", best=True)


def test_an_image_nobody_voted_on_is_undecided() -> None:
    assert outcome(Poll(), SOLO) == outcome(Poll(), TEAM) == Outcome("undecided", False, 0, 0, 0)


def test_a_person_has_one_vote_and_may_change_it_until_the_close() -> None:
    poll = polled(SOLO, ("anna", KEEP), ("anna", REJECT), ("anna", BEST))
    assert poll.ballots == {"anna": BEST}
    assert outcome(poll, SOLO) == Outcome("kept", True, 1, 0, 1)


def test_a_vote_that_is_taken_back_leaves_nothing() -> None:
    assert polled(SOLO, ("anna", REJECT), ("anna", None)) == Poll()
    assert polled(SOLO, ("anna", None)) == Poll()


def test_a_changed_vote_leaves_the_earlier_poll_as_it_was() -> None:
    before = polled(SOLO, ("anna", KEEP))
    cast(before, SOLO, "anna", REJECT)
    assert before.ballots == {"anna": KEEP}


# ── solo ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("ballot", "expected"), [(KEEP, "kept"), (BEST, "kept"), (REJECT, "rejected")])
def test_solo_the_requesters_vote_decides_alone(ballot: Ballot, expected: Verdict) -> None:
    assert verdict(SOLO, anna=ballot) == expected
    assert verdict(SOLO, ben=REJECT, cleo=KEEP, dora=REJECT, anna=ballot) == expected


def test_solo_the_votes_of_others_are_kept_and_shown_but_decide_nothing() -> None:
    poll = polled(SOLO, ("ben", REJECT), ("cleo", REJECT))
    assert poll.ballots == {"ben": REJECT, "cleo": REJECT}
    assert outcome(poll, SOLO) == Outcome("undecided", False, 0, 0, 0)


def test_solo_neither_a_quorum_nor_an_excluded_author_stands_in_the_requesters_way() -> None:
    assert verdict(Rules(author="anna", quorum=5, author_votes=False), anna=KEEP) == "kept"


# ── team ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_team_the_majority_decides() -> None:
    assert verdict(TEAM, anna=KEEP, ben=KEEP, cleo=REJECT) == "kept"
    assert verdict(TEAM, anna=KEEP, ben=REJECT, cleo=REJECT) == "rejected"


def test_team_nothing_is_decided_below_the_quorum() -> None:
    assert verdict(TEAM, ben=KEEP) == "undecided"
    assert verdict(TEAM, ben=KEEP, cleo=KEEP) == "kept"


def test_team_an_outcome_falls_back_when_votes_are_taken_back_below_the_quorum() -> None:
    assert verdict(TEAM, ben=KEEP, cleo=KEEP) == "kept"
    assert outcome(polled(TEAM, ("ben", KEEP), ("cleo", KEEP), ("cleo", None)), TEAM).verdict == "undecided"


def test_team_a_quorum_above_the_number_of_voters_never_decides() -> None:
    rules = Rules(author="anna", mode="team", quorum=4, voters=frozenset({"anna", "ben", "cleo"}))
    poll = polled(rules, ("anna", KEEP), ("ben", KEEP), ("cleo", KEEP))
    assert outcome(close(poll, rules), rules) == Outcome("undecided", False, 3, 0, 0)


@pytest.mark.parametrize("quorum", [0, -3])
def test_team_no_quorum_means_one_vote(quorum: int) -> None:
    rules = Rules(author="anna", mode="team", quorum=quorum, tie="kept")
    assert outcome(Poll(), rules).verdict == "undecided"
    assert verdict(rules, ben=REJECT) == "rejected"


@pytest.mark.parametrize("tie", ["undecided", "kept", "rejected"])
def test_team_a_tie_goes_as_its_rule_says(tie: Verdict) -> None:
    assert verdict(Rules(author="anna", mode="team", tie=tie), ben=KEEP, cleo=REJECT) == tie


def test_team_only_eligible_voters_vote() -> None:
    rules = Rules(author="anna", mode="team", voters=frozenset({"ben"}))
    with pytest.raises(NotEligible):
        cast(Poll(), rules, "cleo", KEEP)
    with pytest.raises(NotEligible):
        cast(Poll(), rules, "cleo", None)
    assert verdict(rules, ben=KEEP) == "kept"


def test_team_the_author_votes_unless_excluded() -> None:
    assert verdict(Rules(author="anna", mode="team", voters=frozenset({"ben"})), anna=REJECT) == "rejected"
    with pytest.raises(NotEligible):
        cast(Poll(), Rules(author="anna", mode="team", author_votes=False), "anna", KEEP)


def test_team_an_excluded_author_has_no_vote_even_as_a_named_voter() -> None:
    rules = Rules(author="anna", mode="team", author_votes=False, voters=frozenset({"anna", "ben"}))
    with pytest.raises(NotEligible):
        cast(Poll(), rules, "anna", KEEP)


def test_team_a_vote_from_before_the_rules_changed_counts_only_if_its_voter_still_may() -> None:
    poll = polled(TEAM, ("anna", KEEP), ("ben", REJECT), ("cleo", REJECT))
    fewer = Rules(author="anna", mode="team", voters=frozenset({"ben"}), author_votes=False)
    assert outcome(poll, fewer) == Outcome("rejected", False, 0, 1, 0)


# ── best ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_image_is_the_best_when_at_least_half_of_those_who_keep_it_star_it() -> None:
    assert outcome(polled(TEAM, ("anna", BEST), ("ben", KEEP)), TEAM) == Outcome("kept", True, 2, 0, 1)
    two = polled(TEAM, ("anna", BEST), ("ben", KEEP), ("cleo", KEEP))
    assert outcome(two, TEAM) == Outcome("kept", False, 3, 0, 1)


def test_only_a_kept_image_is_the_best() -> None:
    assert outcome(polled(TEAM, ("ben", BEST)), TEAM) == Outcome("undecided", False, 1, 0, 1)
    outvoted = polled(TEAM, ("anna", BEST), ("ben", REJECT), ("cleo", REJECT))
    assert outcome(outvoted, TEAM) == Outcome("rejected", False, 1, 2, 1)


def test_a_star_taken_back_leaves_a_kept_image() -> None:
    assert outcome(polled(SOLO, ("anna", BEST), ("anna", KEEP)), SOLO) == Outcome("kept", False, 1, 0, 0)


# ── the end ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_close_freezes_the_tally() -> None:
    closed = close(polled(TEAM, ("anna", KEEP), ("ben", KEEP)), TEAM)
    with pytest.raises(Closed):
        cast(closed, TEAM, "cleo", REJECT)
    with pytest.raises(Closed):
        cast(closed, TEAM, "anna", None)
    assert outcome(closed, TEAM) == Outcome("kept", False, 2, 0, 0)


def test_rules_that_change_after_the_close_change_nothing() -> None:
    closed = close(polled(TEAM, ("anna", KEEP), ("ben", KEEP)), TEAM)
    stricter = Rules(author="anna", mode="team", quorum=9)
    assert outcome(closed, stricter).verdict == "kept"
    assert close(closed, stricter) == closed


def test_closing_twice_changes_nothing() -> None:
    closed = close(polled(TEAM, ("ben", BEST)), TEAM)
    assert close(closed, TEAM) is closed


def test_votes_count_until_the_deadline_and_not_from_it_on() -> None:
    rules = Rules(author="anna", deadline=1_000)
    poll = cast(Poll(), rules, "anna", KEEP, 999)
    for late in (1_000, 1_001):
        with pytest.raises(Closed):
            cast(poll, rules, "anna", REJECT, late)
    assert outcome(poll, rules).verdict == "kept"


def test_who_comes_too_late_is_told_so_even_without_a_vote() -> None:
    rules = Rules(author="anna", mode="team", voters=frozenset(), deadline=1_000)
    with pytest.raises(Closed):
        cast(Poll(), rules, "ben", KEEP, 1_000)


# ── any order of votes, changes, undo and close ──────────────────────────────────────────────────────────

PEOPLE = ("anna", "ben", "cleo", "dora")
BALLOTS = st.sampled_from([KEEP, BEST, REJECT, None])
RULES = st.builds(
    Rules,
    author=st.just("anna"),
    mode=st.sampled_from(["solo", "team"]),
    quorum=st.integers(0, 6),
    author_votes=st.booleans(),
    voters=st.none() | st.frozensets(st.sampled_from(PEOPLE)),
    tie=st.sampled_from(["undecided", "kept", "rejected"]),
    deadline=st.none() | st.integers(1, 30),
)


def recounted(rules: Rules, history: Sequence[tuple[str, Ballot | None]]) -> Outcome:
    """The outcome counted from scratch, from the list of everything anybody ever cast."""
    last = dict(history)
    if rules.mode == "solo":
        deciders = {"anna"}
    else:
        deciders = set(PEOPLE if rules.voters is None else rules.voters) - {"anna"}
        deciders |= {"anna"} if rules.author_votes else set()
    counted = [ballot for user, ballot in last.items() if ballot and user in deciders]
    keeps = len([ballot for ballot in counted if ballot.choice == "keep"])
    stars = len([ballot for ballot in counted if ballot.best])
    needed = 1 if rules.mode == "solo" or rules.quorum < 1 else rules.quorum
    decided: Verdict = "undecided"
    if len(counted) >= needed:
        margin = keeps - (len(counted) - keeps)
        decided = "kept" if margin > 0 else "rejected" if margin < 0 else rules.tie
    is_best = decided == "kept" and stars > 0 and stars >= keeps / 2
    return Outcome(decided, is_best, keeps, len(counted) - keeps, stars)


class Curation(RuleBasedStateMachine):
    """A poll beside the list of all that was cast."""

    @initialize(rules=RULES)
    def begin(self, rules: Rules) -> None:
        self.rules = rules
        self.poll = Poll()
        self.now = 0
        self.history: list[tuple[str, Ballot | None]] = []
        self.final: Outcome | None = None

    @rule(user=st.sampled_from(PEOPLE), ballot=BALLOTS)
    def vote_change_or_undo(self, user: str, ballot: Ballot | None) -> None:
        over = self.final is not None or (self.rules.deadline is not None and self.now >= self.rules.deadline)
        before = self.poll
        try:
            self.poll = cast(self.poll, self.rules, user, ballot, self.now)
        except Closed:
            assert over
        except NotEligible:
            assert not over
            assert not self.may_vote(user)
        else:
            assert not over
            assert self.may_vote(user)
            self.history.append((user, ballot))
            return
        assert self.poll is before

    @rule()
    def close_it(self) -> None:
        self.poll = close(self.poll, self.rules)
        self.final = self.final or recounted(self.rules, self.history)

    @rule(passes=st.integers(1, 10))
    def time_passes(self, passes: int) -> None:
        self.now += passes

    @invariant()
    def the_tally_is_that_of_a_recount(self) -> None:
        assert outcome(self.poll, self.rules) == (self.final or recounted(self.rules, self.history))

    @invariant()
    def everybodys_last_word_is_kept(self) -> None:
        assert self.poll.ballots == {user: ballot for user, ballot in dict(self.history).items() if ballot}

    def may_vote(self, user: str) -> bool:
        if user == "anna":
            return self.rules.mode == "solo" or self.rules.author_votes
        return self.rules.voters is None or user in self.rules.voters


TestNoOrderOfVotesBreaksTheTally = Curation.TestCase
TestNoOrderOfVotesBreaksTheTally.settings = settings(deadline=None, max_examples=100, stateful_step_count=30)
