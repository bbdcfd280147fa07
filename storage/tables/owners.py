"""Accounts of the ledger and scopes of the settings: whose money is counted, and whose settings hold."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class OwnerKind(StrEnum):
    USER = "user"
    WORKSPACE = "workspace"
    BOT = "bot"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class _Owner:
    """Stored as "user:<id>", "workspace:<id>", "bot" or "operator"."""

    kind: OwnerKind
    id: str = ""

    @classmethod
    def user(cls, id_: str) -> Self:
        return cls(OwnerKind.USER, id_)

    @classmethod
    def workspace(cls, id_: str) -> Self:
        return cls(OwnerKind.WORKSPACE, id_)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind.value


@dataclass(frozen=True, slots=True)
class Account(_Owner):
    """An account of the ledger."""


@dataclass(frozen=True, slots=True)
class Scope(_Owner):
    """A scope of the settings."""


BOT = Account(OwnerKind.BOT)
"""Everything that people asked for together."""
OPERATOR = Account(OwnerKind.OPERATOR)
"""Costs of failed and unknown calls."""
BOT_SETTINGS = Scope(OwnerKind.BOT)
ANY_WORKSPACE = f"{OwnerKind.WORKSPACE}:%"
"""A LIKE pattern of the scopes of workspaces."""


def user_of(stored: str) -> str:
    """The user's id in a stored "user:<id>"."""
    return stored.removeprefix(f"{OwnerKind.USER}:")
