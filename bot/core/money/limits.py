"""Limits of a user, a workspace and the whole bot, checked inside the accepting transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.chat.errors import OverLimit, UserError
from bot.core.chat.messages import Dollars
from bot.core.money.token_quota import tokens_of
from storage.db.database import Transaction
from storage.db.ids import moment, when
from storage.tables import generations, images, ledger
from storage.tables.enums import Unit
from storage.tables.owners import BOT, Account, OwnerKind, Scope

OWN = "own-"
"""Prefix of the settings with which moderators set limits below the operator's."""
MEMBERS = "member-limits"
"""A workspace's limits for single members, by user id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one account; money in microdollars, days and months in UTC."""

    images_day: int = 50
    micro_month: int = 10_000_000
    requests_minute: int = 10
    images_waiting: int = 64
    confirm_images: int = 4
    confirm_micro: int = 500_000


def limits_from(values: Mapping[str, Any]) -> Limits:
    """Override limits with an account's settings ("limit-images-day" and so on)."""
    known = {field.name: f"limit-{field.name.replace('_', '-')}" for field in fields(Limits)}
    return Limits(**{name: int(values[key]) for name, key in known.items() if key in values})


def limits_of(owner: Account | Scope, values: Mapping[str, Any]) -> Limits:
    """The limits of an account; a workspace has none until the operator sets one.

    Its moderators may set lower ones.
    """
    if owner.kind != OwnerKind.WORKSPACE:
        return limits_from(values)
    given = {**_UNLIMITED, **values}
    return limits_from({key: min(value, given.get(OWN + key, value)) for key, value in given.items() if _is_limit(key)})


def member_limits(shared: Mapping[str, Any], user: str) -> Limits:
    """The limits a moderator set for one member of a workspace."""
    return limits_from({**_UNLIMITED, **shared.get(MEMBERS, {}).get(user, {})})


@dataclass(frozen=True, slots=True)
class MemberLimits:
    """What a moderator lets one person use of a workspace."""

    workspace: str
    limits: Limits


def member_of(user: str, group: str | None, shared: Mapping[str, Any]) -> MemberLimits | None:
    """The limits a moderator set for a person in a group; None without any."""
    if group is None or user not in shared.get(MEMBERS, {}):
        return None
    return MemberLimits(group, member_limits(shared, user))


def _is_limit(key: str) -> bool:
    return key.startswith("limit-")


def accounts_of(
    user: str, group: str | None, own: Mapping[str, Any], shared: Mapping[str, Any]
) -> Mapping[Account, Limits]:
    """The accounts a person's request is counted on, with the limits in their settings; `group` is its workspace."""
    settings = {Account.user(user): own} | ({Account.workspace(group): shared} if group else {})
    return {account: limits_of(account, values) for account, values in settings.items()}


_UNLIMITED = {"limit-images-day": 1_000_000, "limit-micro-month": 10**12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The usage a request would add, and the accounts it counts on."""

    user: str
    accounts: Mapping[Account, Limits]
    """The person's own account first."""
    member: MemberLimits | None = None
    images: int
    micro: int
    spend_month: int
    now: int


async def check(tx: Transaction, wish: Wish) -> None:
    """Raise UserError naming the first limit a wish would break, and until when."""
    own = wish.accounts[Account.user(wish.user)]
    if await generations.accepted_since(tx, wish.user, wish.now - 60_000) >= own.requests_minute:
        raise UserError("limit-requests-minute", limit=own.requests_minute)
    if len(await images.unfinished(tx, wish.user)) + wish.images > own.images_waiting:
        raise UserError("limit-images-waiting", limit=own.images_waiting)
    if (await tokens_of(tx, wish.user)).spent:
        raise UserError("limit-tokens")
    await check_money(tx, wish)


async def _check_member(tx: Transaction, wish: Wish, member: MemberLimits) -> None:
    own = member.limits
    used = await images.used_in(tx, member.workspace, wish.user, day_start(wish.now))
    if used.images + wish.images > own.images_day:
        raise UserError("limit-member-day", used=used.images, limit=own.images_day, until=tomorrow(wish.now))
    month = await images.used_in(tx, member.workspace, wish.user, month_start(wish.now))
    if wish.micro and month.micro + wish.micro > own.micro_month:
        limit = Dollars(own.micro_month)
        raise UserError("limit-member-month", used=Dollars(month.micro), limit=limit, until=next_month(wish.now))


async def check_money(tx: Transaction, wish: Wish) -> None:
    """Raise UserError naming the first limit of pictures or dollars a wish would break."""
    if wish.member:
        await _check_member(tx, wish, wish.member)
    for account, limits in wish.accounts.items():
        await _check_account(tx, wish, account, limits)
    if wish.micro:
        spent = await ledger.usage(tx, BOT, Unit.MICRODOLLAR, month_start(wish.now))
        operator_cost = await ledger.operator_cost(tx, month_start(wish.now))
        if spent.used + operator_cost + wish.micro > wish.spend_month:
            raise UserError("limit-bot-month", limit=Dollars(wish.spend_month), until=next_month(wish.now))


async def _check_account(tx: Transaction, wish: Wish, account: Account, limits: Limits) -> None:
    is_own = account.kind == OwnerKind.USER
    day = await ledger.usage(tx, account, Unit.IMAGE, day_start(wish.now))
    images_day = limits.images_day + await ledger.granted(tx, account, Unit.IMAGE, day_start(wish.now))
    if day.used + wish.images > images_day:
        raise OverLimit(
            f"limit-images-day-{account.kind}",
            "images" if is_own else None,
            used=day.used,
            limit=images_day,
            left=max(0, images_day - day.used),
            until=tomorrow(wish.now),
        )
    month = await ledger.usage(tx, account, Unit.MICRODOLLAR, month_start(wish.now))
    micro_month = limits.micro_month + await ledger.granted(tx, account, Unit.MICRODOLLAR, month_start(wish.now))
    if wish.micro and month.used + wish.micro > micro_month:
        raise OverLimit(
            f"limit-month-{account.kind}",
            "dollars" if is_own else None,
            used=Dollars(month.used),
            limit=Dollars(micro_month),
            until=next_month(wish.now),
        )


def day_start(now: int) -> int:
    """The moment the UTC day of `now` began."""
    return moment(when(now).replace(hour=0, minute=0, second=0, microsecond=0))


def month_start(now: int) -> int:
    """The moment the UTC month of `now` began."""
    at = when(now)
    return moment(datetime(at.year, at.month, 1, tzinfo=UTC))


def tomorrow(now: int) -> str:
    """When the daily limit resets: an ISO day and hour in UTC, for a sentence."""
    return f"{when(day_start(now)) + timedelta(days=1):%Y-%m-%d 00:00} UTC"


def next_month(now: int) -> str:
    """When the monthly limit resets: an ISO day in UTC."""
    return f"{(when(month_start(now)) + timedelta(days=32)).replace(day=1):%Y-%m-%d} UTC"
