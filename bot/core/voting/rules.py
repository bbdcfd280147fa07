"""The state machine of votes: ballots on one image, and their outcome.

Pure: no clock, no storage. Solo lets only the requester's ballot decide; in a team every eligible ballot counts, and
the outcome holds from the quorum on. A ballot may change until the close.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from storage.tables.enums import Choice, Verdict, VoteMode


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's vote; `best` stars an image they keep."""

    choice: Choice
    best: bool = False

    def __post_init__(self) -> None:
        if self.best and self.choice != Choice.KEEP:
            raise ValueError("only a kept image can be the best")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of a vote; `voters` None lets everybody vote; `deadline` in Unix milliseconds."""

    author: str
    mode: VoteMode = VoteMode.SOLO
    quorum: int = 1
    author_votes: bool = True
    voters: frozenset[str] | None = None
    tie: Verdict = Verdict.UNDECIDED
    deadline: int | None = None

    def may_vote(self, user: str) -> bool:
        if user == self.author:
            return self.mode == VoteMode.SOLO or self.author_votes
        return self.voters is None or user in self.voters

    def decides(self, user: str) -> bool:
        """Whether this person's ballot counts towards the outcome."""
        return user == self.author if self.mode == VoteMode.SOLO else self.may_vote(user)


@dataclass(frozen=True, slots=True)
class Poll:
    """The ballots on one image, and the outcome once it is closed."""

    ballots: Mapping[str, Ballot] = field(default_factory=dict)
    frozen: "Outcome | None" = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict of an image, and the tally of the ballots that count."""

    verdict: Verdict
    best: bool
    keeps: int
    rejects: int
    stars: int


class NotEligible(Exception):
    """This person has no vote on the image."""


class Closed(Exception):
    """The vote is over."""


def cast(poll: Poll, rules: Rules, user: str, ballot: Ballot | None, now: int = 0) -> Poll:
    """Return the poll with this person's ballot replaced (None removes it).

    Raises Closed after the close or the deadline, NotEligible for somebody without a vote.
    """
    if poll.frozen or (rules.deadline is not None and now >= rules.deadline):
        raise Closed
    if not rules.may_vote(user):
        raise NotEligible
    others = {voter: cast_ for voter, cast_ in poll.ballots.items() if voter != user}
    return replace(poll, ballots=others | ({user: ballot} if ballot else {}))


def close(poll: Poll, rules: Rules) -> Poll:
    """Return the poll with its outcome frozen; idempotent."""
    return poll if poll.frozen else replace(poll, frozen=outcome(poll, rules))


def outcome(poll: Poll, rules: Rules) -> Outcome:
    """Compute the current outcome."""
    if poll.frozen:
        return poll.frozen
    deciding = [ballot for voter, ballot in poll.ballots.items() if rules.decides(voter)]
    keeps = sum(ballot.choice == Choice.KEEP for ballot in deciding)
    rejects = len(deciding) - keeps
    stars = sum(ballot.best for ballot in deciding)
    verdict = _verdict(rules, keeps, rejects)
    return Outcome(verdict, verdict == Verdict.KEPT and 2 * stars >= keeps, keeps, rejects, stars)


def _verdict(rules: Rules, keeps: int, rejects: int) -> Verdict:
    quorum = 1 if rules.mode == VoteMode.SOLO else max(1, rules.quorum)
    if keeps + rejects < quorum:
        return Verdict.UNDECIDED
    if keeps == rejects:
        return rules.tie
    return Verdict.KEPT if keeps > rejects else Verdict.REJECTED
