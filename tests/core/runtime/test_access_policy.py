"""Who may use the bot, who operates it, and what it may spend: three settings, and what a wrong one is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chat.messages import Who
from bot.core.runtime.access_policy import AccessPolicy
from bot.settings import SettingError, Settings
from bot.wiring import policy_of

ANNA = Who("discord", "1234", "Anna")
BEN = Who("telegram", "5678", "Ben")


def policy(*, paid: bool = False, **settings: str) -> AccessPolicy:
    return policy_of(Settings(settings).access, paid=paid)


def complaint(**settings: str) -> str:
    with pytest.raises(SettingError) as caught:
        policy(**settings)
    [key] = settings
    assert caught.value.key == key
    assert str(caught.value) == f"{key}: {caught.value.fix}"
    return caught.value.fix


# ── ADMINS ───────────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_operates_the_bot_until_somebody_is_named() -> None:
    assert not policy().operates(ANNA)
    assert not policy(ADMINS="").operates(ANNA)


@pytest.mark.parametrize(
    "admins",
    ["discord:1234", " discord:1234 , telegram:9, ", "discord : 1234", "Discord:1234", "telegram:9,discord:1234"],
)
def test_those_in_admins_operate_it(admins: str) -> None:
    named = policy(ADMINS=admins)
    assert named.operates(ANNA)
    assert not named.operates(BEN)
    assert not named.operates(Who("telegram", "1234", "Anna elsewhere"))


def test_the_console_and_the_web_chat_without_accounts_are_the_operators_own() -> None:
    own = Who("local", "operator", "")
    assert policy().operates(own)
    assert policy(ACCESS="allowlist").admits(own, [])


def test_an_account_of_the_web_chat_operates_nothing_by_itself() -> None:
    account = Who("web", "anybody", "")
    assert not policy().operates(account)
    assert not policy(ACCESS="allowlist").admits(account, [False])


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, "http://127.0.0.1:8080"),
        ({"WEB_PORT": "9000"}, "http://127.0.0.1:9000"),
        ({"PUBLIC_URL": "https://x.example/", "WEB_TOKEN": "t"}, "https://x.example"),
        ({"PUBLIC_URL": "https://x.example"}, "http://127.0.0.1:8080"),
        ({"WEB_HOST": "0.0.0.0", "WEB_TOKEN": "t"}, None),
    ],
)
def test_the_web_chat_is_named_where_it_can_be_opened(settings: dict[str, str], address: str | None) -> None:
    assert policy(**settings).web == address


@pytest.mark.parametrize("entry", ["1234", "discord:", ":1234", "discord", "discord: "])
def test_an_entry_that_names_nobody_is_quoted_with_an_example(entry: str) -> None:
    fix = complaint(ADMINS=f"telegram:1, {entry}")
    assert repr(entry.strip()) in fix
    assert "discord:1234" in fix


# ── ACCESS ───────────────────────────────────────────────────────────────────────────────────────────────


def test_everybody_may_use_free_models_and_only_the_allowed_use_paid_ones() -> None:
    assert policy(paid=False).open
    assert not policy(paid=True).open


@pytest.mark.parametrize("paid", [True, False])
def test_access_says_otherwise(paid: bool) -> None:
    assert policy(paid=paid, ACCESS="open").open
    assert not policy(paid=paid, ACCESS="allowlist").open


def test_on_the_allowlist_are_operators_and_whoever_or_wherever_was_let_in() -> None:
    listed = policy(ACCESS="allowlist", ADMINS="discord:1234")
    assert listed.admits(ANNA, [False, False])
    assert not listed.admits(BEN, [])
    assert not listed.admits(BEN, [False, False])
    assert listed.admits(BEN, [True, False]), "the person was let in"
    assert listed.admits(BEN, [False, True]), "the place was let in"


def test_an_open_bot_admits_everybody() -> None:
    assert policy(ACCESS="open").admits(BEN, [False, False])


def test_another_word_for_access_is_quoted_with_the_two_there_are() -> None:
    fix = complaint(ACCESS="public")
    assert all(word in fix for word in ("allowlist", "open", "public"))


# ── SPEND_LIMIT_USD_MONTH ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "micro"),
    [("", 50_000_000), ("0", 0), ("50", 50_000_000), ("12.50", 12_500_000), ("0.0000019", 1), (" 3 ", 3_000_000)],
)
def test_the_bots_month_is_in_dollars_fifty_unless_set(given: str, micro: int) -> None:
    assert policy(SPEND_LIMIT_USD_MONTH=given).spend_month == micro
    assert policy().spend_month == 50_000_000


@pytest.mark.parametrize("given", ["-1", "fifty", "$50", "50,00", "nan", "sNaN", "inf", "-Infinity", "1e999999"])
def test_an_amount_that_is_none_is_told_what_to_write(given: str) -> None:
    assert "write dollars as a number" in complaint(SPEND_LIMIT_USD_MONTH=given)


@given(st.sampled_from(["ADMINS", "ACCESS", "SPEND_LIMIT_USD_MONTH"]), st.text() | st.decimals().map(str))
def test_any_setting_is_understood_or_named_with_its_fix(key: str, value: str) -> None:
    try:
        understood = policy(**{key: value})
    except SettingError:
        assert complaint(**{key: value})
    else:
        assert understood.spend_month >= 0
