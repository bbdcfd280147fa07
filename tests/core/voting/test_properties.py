"""No order of votes, undo, close and restart breaks the tally: through what is stored, and through the running bot."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core.chat.messages import Press, Reaction, Who
from bot.core.curation.judge import ALL, REMOVED, VERBS
from bot.core.voting.polls import poll_of, rules_from
from bot.core.voting.rules import Ballot, Closed, NotEligible, Outcome, Poll, Rules, cast, close, outcome
from storage.tables import images
from storage.tables.votes import Vote
from tests.harness.bots import Bot
from tests.harness.room import Person, Room

PEOPLE = ("anna", "ben", "cleo")
PICTURES = ("1", "2", "3")
CHANGES = {**VERBS, **ALL, **{f"take {name} away": change for name, change in REMOVED.items()}}
RULES = st.fixed_dictionaries(
    {"mode": st.sampled_from(["solo", "team"]), "quorum": st.integers(1, 4), "author_votes": st.booleans(),
     "tie": st.sampled_from(["undecided", "kept", "rejected"])},
    optional={"voters": st.lists(st.sampled_from(PEOPLE), unique=True), "deadline": st.integers(1, 40)},
)  # fmt: skip


def recount(rules: Rules, ballots: Mapping[str, Ballot]) -> Outcome:
    """The outcome counted from scratch by another road: one point for each keep, one against for each reject."""
    counted = [ballot for user, ballot in sorted(ballots.items()) if rules.decides(user)]
    points = [1 if ballot.choice == "keep" else -1 for ballot in counted]
    stars = [ballot for ballot in counted if ballot.best]
    enough = len(points) >= (rules.quorum if rules.mode == "team" else 1)
    signs = {1: "kept", -1: "rejected", 0: rules.tie}
    margin = sum(points)
    verdict = signs[(margin > 0) - (margin < 0)] if enough else "undecided"
    best = verdict == "kept" and 2 * len(stars) >= points.count(1)
    return Outcome(verdict, best, points.count(1), points.count(-1), len(stars))  # type: ignore[arg-type]  # one of the verdicts


class Voting(RuleBasedStateMachine):
    """The polls of one result beside plain ballots; a restart leaves only what is stored: JSON and rows."""

    @initialize(rules=RULES)
    def open_(self, rules: dict[str, object]) -> None:
        self.stored = json.dumps(rules)
        self.rules = rules_from("anna", rules)
        self.polls = {picture: Poll() for picture in PICTURES}
        self.ballots: dict[str, dict[str, Ballot]] = {picture: {} for picture in PICTURES}
        self.frozen: dict[str, Outcome] = {}
        self.now = 0

    @rule(user=st.sampled_from(PEOPLE), picture=st.sampled_from(PICTURES), change=st.sampled_from(sorted(CHANGES)))
    def vote(self, user: str, picture: str, change: str) -> None:
        ballot = CHANGES[change](self.polls[picture].ballots.get(user))
        try:
            self.polls[picture] = cast(self.polls[picture], self.rules, user, ballot, self.now)
        except Closed:
            assert self.over
            return
        except NotEligible:
            assert not self.rules.may_vote(user)
            return
        assert not self.over
        self.ballots[picture].pop(user, None)
        if ballot:
            self.ballots[picture][user] = ballot

    @property
    def over(self) -> bool:
        return bool(self.frozen) or (self.rules.deadline is not None and self.now >= self.rules.deadline)

    @rule()
    def close(self) -> None:
        self.polls = {picture: close(poll, self.rules) for picture, poll in self.polls.items()}
        for picture in PICTURES:
            self.frozen.setdefault(picture, recount(self.rules, self.ballots[picture]))

    @rule(passes=st.integers(1, 20))
    def time_passes(self, passes: int) -> None:
        self.now += passes

    @rule(data=st.data())
    def restart(self, data: st.DataObject) -> None:
        """Rules and outcomes come back from JSON, ballots from rows in whatever order the table gives them."""
        self.rules = rules_from("anna", json.loads(self.stored))
        for picture, poll in self.polls.items():
            rows = [Vote(picture, user, ballot.choice, ballot.best) for user, ballot in poll.ballots.items()]
            frozen = Outcome(**json.loads(json.dumps(asdict(poll.frozen)))) if poll.frozen else None
            self.polls[picture] = poll_of(data.draw(st.permutations(rows)), frozen)

    @invariant()
    def the_tally_is_that_of_a_recount(self) -> None:
        for picture, poll in self.polls.items():
            assert outcome(poll, self.rules) == self.frozen.get(picture, recount(self.rules, self.ballots[picture]))

    @invariant()
    def everybody_has_the_ballot_they_cast_last(self) -> None:
        for picture, poll in self.polls.items():
            assert poll.ballots == self.ballots[picture]


TestVoting = Voting.TestCase
TestVoting.settings = settings(deadline=None, max_examples=60, stateful_step_count=25)


@given(RULES, st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(sorted(VERBS))), max_size=12), st.randoms())
@settings(max_examples=60, deadline=None)
def test_in_which_order_different_people_vote_makes_no_difference(
    rules: dict[str, object], votes: list[tuple[str, str]], random: object
) -> None:
    """Each person's own votes keep their order; those of different people are mixed anew."""
    known = rules_from("anna", {**rules, "deadline": None})
    queues = {user: [verb for who, verb in votes if who == user] for user in PEOPLE}
    mixed = [user for user, _ in votes]
    random.shuffle(mixed)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    again = [(user, queues[user].pop(0)) for user in mixed]
    assert outcome(_polled(known, votes), known) == outcome(_polled(known, again), known)


def _polled(rules: Rules, votes: Sequence[tuple[str, str]]) -> Poll:
    poll = Poll()
    for user, verb in votes:
        if rules.may_vote(user):
            poll = cast(poll, rules, user, VERBS[verb](poll.ballots.get(user)))
    return poll


# ── through the running bot ──────────────────────────────────────────────────────────────────────────────

ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PICTURES), st.sampled_from(sorted(VERBS))),
        st.tuples(st.sampled_from(PEOPLE), st.just("all"), st.sampled_from(sorted(ALL))),
        st.tuples(st.sampled_from(PEOPLE), st.just("all"), st.sampled_from(["✅", "❌"])),
    ),
    max_size=8,
)
EMOJI = {"✅": "keepall", "❌": "rejectrest"}
TEAM = Rules(author="anna", mode="team", quorum=2)


class Team:
    """A room in which Anna, Ben and Cleo vote on three pictures of Anna's, and the ballots they should have."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.people = {name: room.person(name.capitalize()) for name in PEOPLE}
        self.ballots: dict[str, dict[str, Ballot]] = {picture: {} for picture in PICTURES}

    async def draw(self) -> None:
        for one in self.people.values():
            await one.say("/quota")
        moderator = Person(self.room, Who("test", f"mod-{self.room.place.chat}", "Mod", manages=True), "en")
        await moderator.say("/vote settings --mode team --quorum 2")
        await self.people["anna"].say("/imagine foxes --model free --count 3")
        await self.room.quiet()
        shown = self.room.results[0]
        self.result = self.room.id_of(shown)
        self.ids = {str(picture.number): picture.id.removeprefix("i:") for picture in shown.pictures}
        self.generation = self.room.generation_of(shown)

    async def act(self, user: str, picture: str, verb: str) -> None:
        """A press or a reaction, delivered twice as platforms do."""
        who, event = self.people[user], f"test:{uuid4()}"
        row = self.generation if picture == "all" else self.ids[picture]
        for _ in range(2):
            if verb in EMOJI:
                message = who.ref(self.result)
                fields = {**who.event(event), "message": message}
                await who.handle(Reaction(**fields, emoji=verb, added=True))
            else:
                await who.handle(Press(**who.event(event), action=f"v1:{verb}:{row}", message=who.ref(self.result)))
        change = {**VERBS, **ALL}[EMOJI.get(verb, verb)]
        for one in PICTURES if picture == "all" else (picture,):
            if ballot := change(self.ballots[one].pop(user, None)):
                self.ballots[one][user] = ballot

    async def check(self, bot: Bot) -> None:
        """The tables and the message say what a recount says."""
        async with bot.running.database.read() as tx:
            found = {picture: await images.get(tx, id_) for picture, id_ in self.ids.items()}
        result = self.room.results[0]
        shown = {str(one.number): (one.verdict, one.best) for one in result.pictures}
        details = [self.room.app.words(text, "en") for text in result.details]
        for picture in PICTURES:
            image, tally = found[picture], recount(TEAM, self.ballots[picture])
            assert image is not None
            assert (image.verdict, image.best) == (tally.verdict, tally.best) == shown[picture]
            assert f"{picture}: {tally.keeps} for, {tally.rejects} against" in details


@pytest.mark.asyncio(loop_scope="module")
@given(acts=ACTS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
async def test_buttons_and_reactions_in_any_order_leave_the_tally_right(
    bot: Bot, acts: list[tuple[str, str, str]]
) -> None:
    team = Team(bot.room("group"))
    await team.draw()
    for user, picture, verb in acts:
        await team.act(user, picture, verb)
    await team.check(bot)
