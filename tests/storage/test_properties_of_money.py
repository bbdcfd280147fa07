"""No order of reserve, commit, release, cancel, grant, retry and raising makes a balance wrong."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from storage.db.database import Database, Transaction
from storage.db.ids import new_id
from storage.tables import ledger
from storage.tables.enums import Unit
from storage.tables.ledger import Grant, Reservation, Usage, Use
from storage.tables.owners import BOT, OPERATOR, Account
from storage.tables.schema import ledger as entries
from tests.storage.rows import NOW

Result = TypeVar("Result")

DAY = 86_400_000
GROUP = Account.workspace("here")
PEOPLE = (Account.user("ada"), Account.user("bo"))
UNITS = ("image", "microdollar")
FEW = 3
"""Images of an example: with more, little would happen to each."""
PRICES = st.sampled_from([0, 1, 40_000, 134_000, 2**40])
REAL = PRICES | st.integers(0, 200_000)
EXAMPLES = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@dataclass(slots=True)
class Turn:
    """One reservation of an image as it should be: what of it is final is None while it is open."""

    day: int
    amounts: dict[str, int]
    spent: dict[str, int] | None = None


class Money(RuleBasedStateMachine):
    """The ledger beside books that are kept the plain way; everything of an example is one transaction, undone."""

    url: str

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = Database(self.url)
        self.stack = AsyncExitStack()
        self.tx: Transaction = self.wait(self._begin())
        self.day = 0
        self.turns: dict[str, list[Turn]] = {}
        self.accounts: dict[str, tuple[str, ...]] = {}
        self.granted: Counter[tuple[str, str]] = Counter()
        self.operator_cost: dict[tuple[str, int], int] = {}
        self.tokens: dict[tuple[str, int], int] = {}

    async def _begin(self) -> Transaction:
        return await self.stack.enter_async_context(self.database._writer.connect())

    def wait(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.wait(self.stack.aclose())
        self.wait(self.database.close())
        self.runner.close()

    @property
    def now(self) -> int:
        return NOW + self.day * DAY

    def image(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.turns)))

    def open_turns(self, image: str) -> list[Turn]:
        return [turn for turn in self.turns[image] if turn.spent is None]

    # ── what happens ──

    @rule()
    def a_day_passes(self) -> None:
        self.day += 1

    @initialize(price=PRICES, who=st.sampled_from(PEOPLE))
    def the_first(self, price: int, who: str) -> None:
        self.reserve(price, who, True)

    @precondition(lambda self: len(self.turns) < FEW)
    @rule(price=PRICES, who=st.sampled_from(PEOPLE), in_group=st.booleans())
    def reserve(self, price: int, who: str, in_group: bool) -> None:
        image = new_id()
        self.accounts[image] = (who, GROUP, BOT) if in_group else (who, BOT)
        self.turns[image] = []
        self._reserve(image, {"image": 1, "microdollar": price} if price else {"image": 1})

    @precondition(lambda self: self.turns)
    @rule(data=st.data(), price=PRICES)
    def retry(self, data: st.DataObject, price: int) -> None:
        image = self.image(data)
        if not self.open_turns(image):
            self._reserve(image, {"image": 1, "microdollar": price} if price else {"image": 1})

    @precondition(lambda self: self.turns)
    @rule(data=st.data(), price=PRICES)
    def raise_to(self, data: st.DataObject, price: int) -> None:
        image = self.image(data)
        missing = price - self.wait(ledger.reserved(self.tx, image, "microdollar"))
        if self.open_turns(image) and missing > 0:
            self._reserve(image, {"microdollar": missing})

    @precondition(lambda self: self.turns)
    @rule(data=st.data(), real=REAL)
    def commit(self, data: st.DataObject, real: int) -> None:
        self._settle(self.image(data), {"image": 1, "microdollar": real})

    @precondition(lambda self: self.turns)
    @rule(data=st.data())
    def release_or_cancel(self, data: st.DataObject) -> None:
        self._settle(self.image(data), {})

    @rule(who=st.sampled_from(PEOPLE), unit=st.sampled_from(UNITS), amount=st.sampled_from([5, 20, 10_000_000]))
    def grant(self, who: Account, unit: Unit, amount: int) -> None:
        self.wait(ledger.grant(self.tx, Grant(new_id(), who, unit, amount), self.now))
        self.granted[who, unit] += amount

    @precondition(lambda self: self.turns)
    @rule(data=st.data(), amount=REAL, attempt=st.integers(1, 3))
    def charge_operator(self, data: st.DataObject, amount: int, attempt: int) -> None:
        image = self.image(data)
        self.wait(ledger.charge_operator(self.tx, image, amount, attempt, self.now))
        if amount:
            self.operator_cost.setdefault((image, attempt), amount)

    @precondition(lambda self: self.turns)
    @rule(data=st.data(), amount=st.integers(1, 10_000), attempt=st.integers(1, 3))
    def book_tokens(self, data: st.DataObject, amount: int, attempt: int) -> None:
        image = self.image(data)
        self.wait(
            ledger.record_usage(
                self.tx,
                Use(account=self.accounts[image][0], unit=Unit.TOKEN, amount=amount, image=image, turn=attempt),
                self.now,
            )
        )
        self.tokens.setdefault((image, attempt), amount)

    # ── what must hold ──

    @invariant()
    def every_balance_is_that_of_the_plain_books(self) -> None:
        for account in (*PEOPLE, GROUP, BOT):
            for unit, day in (("image", 0), ("microdollar", self.day)):
                usage = self.wait(ledger.usage(self.tx, account, unit, NOW + day * DAY))
                assert usage == self._usage(account, unit, day)
                assert min(usage.reserved, usage.spent) >= 0

    @invariant()
    def what_is_held_is_what_is_open(self) -> None:
        for image in self.turns:
            expected = sum(turn.amounts.get("microdollar", 0) for turn in self.open_turns(image))
            assert self.wait(ledger.reserved(self.tx, image, "microdollar")) == expected

    @invariant()
    def grants_tokens_and_what_the_operator_bears_add_up(self) -> None:
        for who in PEOPLE:
            for unit in UNITS:
                assert self.wait(ledger.granted(self.tx, who, unit, 0)) == self.granted[who, unit]
            tokens = sum(amount for (image, _), amount in self.tokens.items() if self.accounts[image][0] == who)
            assert self.wait(ledger.usage(self.tx, who, "token")) == Usage(reserved=0, spent=tokens)
        assert self.wait(ledger.operator_cost(self.tx, 0)) == sum(self.operator_cost.values())

    @invariant()
    def every_reservation_is_closed_once_and_whole_or_not_at_all(self) -> None:
        parts: defaultdict[tuple[str, str, str, int], list[tuple[str, int]]] = defaultdict(list)
        query = select(entries).where(entries.c.kind != "grant", entries.c.account != str(OPERATOR))
        for row in self.wait(self.tx.execute(query)).mappings():
            parts[row["account"], row["unit"], row["image_id"], row["turn"]].append((row["kind"], row["amount"]))
        for written in parts.values():
            amounts = dict(written)
            assert len(amounts) == len(written), "no kind twice"
            if "release" in amounts:
                assert amounts["reserve"] == amounts.get("commit", 0) + amounts["release"]
            else:
                assert set(amounts) == {"reserve"}

    # ── the plain books ──

    def _reserve(self, image: str, amounts: dict[str, int]) -> None:
        turn = self.wait(ledger.next_turn(self.tx, image))
        reservation = Reservation(image, self.accounts[image], amounts, turn)
        self.wait(ledger.reserve(self.tx, [reservation], self.now))
        self.turns[image].append(Turn(self.day, amounts))

    def _settle(self, image: str, real: dict[str, int]) -> None:
        self.wait(ledger.settle(self.tx, image, real, self.now))
        left = dict(real)
        for turn in self.open_turns(image):
            turn.spent = {unit: min(left.get(unit, 0), amount) for unit, amount in turn.amounts.items()}
            for unit, spent in turn.spent.items():
                left[unit] = left.get(unit, 0) - spent

    def _usage(self, account: str, unit: str, since: int) -> Usage:
        counted = [
            turn
            for image, turns in self.turns.items()
            if account in self.accounts[image]
            for turn in turns
            if turn.day >= since
        ]
        return Usage(
            reserved=sum(turn.amounts.get(unit, 0) for turn in counted if turn.spent is None),
            spent=sum(turn.spent.get(unit, 0) for turn in counted if turn.spent is not None),
        )


def test_no_order_of_events_makes_a_balance_wrong(url: str) -> None:
    class Here(Money):
        """On this database."""

    Here.url = url
    run_state_machine_as_test(Here, settings=EXAMPLES)
