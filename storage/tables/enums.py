"""Closed sets of words that the tables hold. Each stands here once; a member equals its stored text."""

from enum import StrEnum


class Audience(StrEnum):
    """Who reads a chat: one person, or several."""

    PRIVATE = "private"
    GROUP = "group"


class WorkspaceRole(StrEnum):
    """What a person is in a workspace."""

    GUEST = "guest"
    """Looks and votes."""
    MEMBER = "member"
    MODERATOR = "moderator"


class WebRole(StrEnum):
    """What the person of a web account may do, the most first."""

    OPERATOR = "operator"
    MODERATOR = "moderator"
    MEMBER = "member"
    GUEST = "guest"


class Status(StrEnum):
    """How far an image is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """The call's answer was lost; it may have been paid for."""


UNFINISHED = (Status.QUEUED, Status.RUNNING)
RETRYABLE = (Status.FAILED, Status.REFUSED, Status.UNKNOWN)
"""Ends without a picture that a person may ask to try again."""


class Verdict(StrEnum):
    """The outcome of the votes on an image."""

    UNDECIDED = "undecided"
    KEPT = "kept"
    REJECTED = "rejected"


class Choice(StrEnum):
    """One person's vote on an image."""

    KEEP = "keep"
    REJECT = "reject"


class VoteMode(StrEnum):
    """Who decides about an image: its requester alone, or everybody with a vote."""

    SOLO = "solo"
    TEAM = "team"


class VoteState(StrEnum):
    """A vote that was opened on a generation is closed once, and then announced in its chat."""

    OPEN = "open"
    CLOSED = "closed"
    TOLD = "told"


class Purpose(StrEnum):
    """What a posted message shows of its generation."""

    PROGRESS = "progress"
    RESULT = "result"


class PersonaKind(StrEnum):
    """What a persona is; a real one needs consent."""

    REAL = "real"
    FICTIONAL = "fictional"
    ILLUSTRATED = "illustrated"
    PRODUCT = "product"


class Answer(StrEnum):
    """The answer to "who is on this photo?"; `NO` is the refusal of a depicted person."""

    ME = "me"
    ADULT = "adult"
    CHILD = "child"
    UNREAL = "unreal"
    NO = "no"


class SubjectKind(StrEnum):
    """What a consent is about."""

    USER = "user"
    PERSONA = "persona"
    PHOTO = "photo"


class Unit(StrEnum):
    """What the ledger counts."""

    IMAGE = "image"
    MICRODOLLAR = "microdollar"
    TOKEN = "token"  # noqa: S105 -- a unit of a model's usage


class EntryKind(StrEnum):
    """What a ledger entry does to a balance."""

    RESERVE = "reserve"
    COMMIT = "commit"
    RELEASE = "release"
    GRANT = "grant"
    OPERATOR_COST = "operator_cost"


class StrikeKind(StrEnum):
    """A mistake that counts towards a pause: words that break the content rules, or a code that nobody was given."""

    REFUSED_WORDS = "refused-words"
    WRONG_CODE = "wrong-code"


class Fallback(StrEnum):
    """Which models may step in for one that is down."""

    OFF = "off"
    SAME_PRICE = "same-price"
    ANY = "any"
