"""What can go wrong when a picture is asked for.

ProviderError
├── Refused            final: the provider would not draw this (which input, in words)
├── NoImage            it answered without a picture; one more try is sensible
├── ModelAsks          final: it answered with words instead, which the person reads and may answer
├── Unusable           final: a picture was paid for and cannot be read; the operator hears why
├── BadInput           final: the model cannot use the request (which part of it)
├── RateLimited        wait `retry_after` seconds
├── OutOfCredit        the operator's account is empty
├── Misconfigured      the operator's key or address is wrong
├── Broken             the operator's own machine cannot draw: a file is missing, a node fails
├── Gone               the model no longer exists
├── Unavailable        down, overloaded or broken off; proven unpaid, so it may be tried again
└── UnknownOutcome     a paid call was sent and its answer lost: never repeated blindly
"""

from typing import Literal


class SettingError(Exception):
    """A setting that cannot be used: `key` names it, `fix` says what to write instead. It never repeats a secret."""

    def __init__(self, key: str, fix: str) -> None:
        super().__init__(f"{key}: {fix}")
        self.key = key
        self.fix = fix


class ProviderError(Exception):
    """A provider did not deliver; `detail` is for the log, never for the chat.

    `cost` is what the failed call cost all the same, in microdollars (None: its list price); the operator carries it.
    """

    code = "unavailable"

    def __init__(self, detail: str, *, cost: int | None = 0) -> None:
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
        cost: int | None = 0,
    ) -> None:
        super().__init__(detail, cost=cost)
        self.what = what
        self.why = why
        self.reference = reference


class NoImage(ProviderError):
    """The provider answered, but without a picture."""

    code = "no_image"


class ModelAsks(ProviderError):
    """The model answered with `words` instead of a picture, such as a question about the request."""

    code = "model_asks"

    def __init__(self, words: str, *, cost: int | None = 0) -> None:
        super().__init__(f"words in place of a picture: {words}", cost=cost)
        self.words = words


class Unusable(ProviderError):
    """A picture was drawn and paid for, and its bytes cannot be used; the same call would end the same way."""

    code = "unusable"

    def __init__(self, detail: str, *, cost: int | None = None) -> None:
        super().__init__(detail, cost=cost)


class BadInput(ProviderError):
    """The model cannot use the request; `problem`: needs_reference, photo, prompt, parameter or input (no part named).

    `again`: the provider itself asks to try once more.
    """

    code = "bad_input"

    def __init__(self, detail: str, *, problem: str = "parameter", again: bool = False, cost: int | None = 0) -> None:
        super().__init__(detail, cost=cost)
        self.problem = problem
        self.again = again


class RateLimited(ProviderError):
    """The provider wants us to wait `retry_after` seconds (None: it did not say).

    `per_minute` is the account's lower rate when the answer tells it, as a provider does at low credit.
    """

    code = "rate_limited"

    def __init__(self, detail: str, *, retry_after: float | None = None, per_minute: int | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
        self.per_minute = per_minute


class OutOfCredit(ProviderError):
    """The operator's account with the provider is empty, or its spending cap reached."""

    code = "out_of_credit"


class Misconfigured(ProviderError):
    """The operator's key or address is wrong."""

    code = "misconfigured"


class Broken(ProviderError):
    """The operator's own machine cannot draw, in its own words; `again`: its trouble may pass, as full memory does."""

    code = "broken"

    def __init__(self, detail: str, *, again: bool = False, cost: int | None = 0) -> None:
        super().__init__(detail, cost=cost)
        self.again = again


class Gone(ProviderError):
    """The model no longer exists at the provider."""

    code = "gone"


class Unavailable(ProviderError):
    """The provider is down or overloaded and has not accepted the call, or it broke its work off unpaid.

    `retry_after` is in seconds, where the provider said.
    """

    code = "unavailable"

    def __init__(self, detail: str, *, retry_after: float | None = None, cost: int | None = 0) -> None:
        super().__init__(detail, cost=cost)
        self.retry_after = retry_after


class UnknownOutcome(ProviderError):
    """A paid call went out and its answer was lost; it counts as paid unless `cost` says otherwise."""

    code = "unknown_outcome"

    def __init__(self, detail: str, *, cost: int | None = None) -> None:
        super().__init__(detail, cost=cost)
