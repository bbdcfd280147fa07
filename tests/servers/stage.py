"""What every loopback server owes the tests: it plays scenes of an API and keeps a journal of what it sold."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from providers.contract.errors import ProviderError
from providers.contract.provider import Provider, Request


class Stage(Protocol):
    """A running server of one provider's API, and the real provider pointed at it.

    A module of this folder opens one with `async with staged() as stage`.
    """

    @property
    def provider(self) -> Provider: ...

    @property
    def request(self) -> Request:
        """One it draws, with a reference photo if the model takes any."""
        ...

    @property
    def scenes(self) -> Mapping[str, type[ProviderError]]:
        """The failures it can play, and what the provider must make of each."""
        ...

    def play(self, *scenes: str) -> None:
        """Let the next paid calls end so, in turn; those after them succeed."""
        ...

    @property
    def posts(self) -> int:
        """How many requests for a paid call have reached it, accepted or not."""
        ...

    @property
    def sold(self) -> Sequence[str]:
        """The paid calls it accepted and will bill, by an id of its own, whether or not the answer got through."""
        ...
