"""What a look at one part found out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckResult:
    """That a part works and how it is set, or what is wrong and the fix."""

    subject: str
    works: bool
    words: str
