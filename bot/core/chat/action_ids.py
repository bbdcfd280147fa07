"""What a button does: a version, a verb, a row and an argument, in at most 64 bytes."""

from dataclasses import dataclass

VERSION = "v1"
LONGEST = 64


@dataclass(frozen=True, slots=True)
class Action:
    """`verb` on the row `row`; all of them are free of colons."""

    verb: str
    row: str
    arg: str = ""

    def __str__(self) -> str:
        id_ = ":".join((VERSION, self.verb, self.row, *([self.arg] if self.arg else [])))
        assert len(id_.encode()) <= LONGEST, id_
        assert parse(id_) == self, id_
        return id_


def parse(id_: str) -> Action | None:
    """The action an id names, or None for one of another version or form."""
    parts = id_.split(":")
    if not 3 <= len(parts) <= 4 or parts[0] != VERSION or not all(parts[1:3]):
        return None
    return Action(*parts[1:])
