"""What each queue may take of a provider's account, and on which queue an image waits."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.runtime.ports import Job
from bot.jobs import queues
from providers.contract.model import Account

ACCOUNTS = st.builds(Account, st.integers(1, 50), st.none() | st.integers(2, 1000))


@given(ACCOUNTS)
def test_without_priorities_the_ordinary_queue_has_all_of_an_account(account: Account) -> None:
    ordinary = next(iter(queues.shares("p", account, split=False)))
    assert ordinary == queues.Share("image-p", account)


@given(ACCOUNTS)
def test_together_the_queues_never_take_more_than_the_account_allows(account: Account) -> None:
    shares = list(queues.shares("p", account, split=True))
    assert sum(share.account.concurrency for share in shares) == account.concurrency
    assert all(share.account.concurrency > 0 for share in shares)
    if account.per_minute:
        assert sum(share.account.per_minute or 0 for share in shares) == account.per_minute


def test_people_with_priority_wait_on_a_queue_of_their_own() -> None:
    accounts = {"p": Account(8), "single": Account(1)}
    assert queues.queue_for(Job("i", "p", "ann"), accounts) == "image-p"
    assert queues.queue_for(Job("i", "p", "ann", priority=True), accounts) == "first-p"
    assert queues.queue_for(Job("i", "single", "ann", priority=True), accounts) == "image-single"
    assert queues.names(accounts) == ["image-p", "first-p", "image-single"]


def test_slowing_down_only_lowers_a_rate() -> None:
    assert queues.slowed(Account(4), 30) == Account(4, 30)
    assert queues.slowed(Account(4, 60), 30) == Account(4, 30)
    assert queues.slowed(Account(4, 20), 30) is None
