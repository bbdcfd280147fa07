"""What can go wrong when a picture is asked for.

ProviderError
├── Refused            final: the provider would not draw this (which input, in words)
├── NoImage            it answered without a picture; one more try is sensible
├── BadInput           final: the request does not fit the model
├── RateLimited        wait `retry_after` seconds
├── OutOfCredit        the operator's account is empty
├── Misconfigured      the operator's key or address is wrong
├── Gone               the model no longer exists
├── Unavailable        down or overloaded; proven not accepted, so it may be tried again
└── UnknownOutcome     a paid call was sent and its answer lost: never repeated blindly
"""

from typing import Literal


class ProviderError(Exception):
    """A provider did not deliver; `detail` is for the log, never for the chat.

    `cost` is what the failed call cost all the same, in microdollars; the operator carries it.
    """

    code = "unavailable"

    def __init__(self, detail: str, *, cost: int = 0) -> None:
        super().__init__(detail)
        self.detail = detail
        self.cost = cost


class Refused(ProviderError):
    """The provider would not draw this: `what` was refused, `why` in words.

    `reference` is the 1-based number of the refused photo when the provider named one.
    """

    code = "refused"

    def __init__(
        self,
        detail: str,
        *,
        what: Literal["prompt", "photo", "result"] = "prompt",
        why: str = "",
        reference: int | None = None,
        cost: int = 0,
    ) -> None:
        super().__init__(detail, cost=cost)
        self.what = what
        self.why = why
        self.reference = reference


class NoImage(ProviderError):
    """The provider answered, but without a picture."""

    code = "no_image"


class BadInput(ProviderError):
    """The request does not fit the model; `problem`: needs_reference, photo, prompt or parameter."""

    code = "bad_input"

    def __init__(self, detail: str, *, problem: str = "parameter") -> None:
        super().__init__(detail)
        self.problem = problem


class RateLimited(ProviderError):
    """The provider wants us to wait `retry_after` seconds (None: it did not say)."""

    code = "rate_limited"

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class OutOfCredit(ProviderError):
    """The operator's account with the provider is empty."""

    code = "out_of_credit"


class Misconfigured(ProviderError):
    """The operator's key or address is wrong."""

    code = "misconfigured"


class Gone(ProviderError):
    """The model no longer exists at the provider."""

    code = "gone"


class Unavailable(ProviderError):
    """The provider is down or overloaded, and proven not to have accepted the call."""

    code = "unavailable"


class UnknownOutcome(ProviderError):
    """A paid call went out and its answer was lost."""

    code = "unknown_outcome"
