"""`python -m benchmarks.rule_errors`: prints how often the content rules err on the prompts of tests/prompts/corpus."""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from prompts.rules import broken

CORPUS = Path(__file__).parents[1] / "tests" / "prompts" / "corpus"

FILES = {"innocent": "Innocent", "refused": "To be refused"}
"""The stems of the files, and the headings of their tables; "_held_out" files were written after the rules."""

_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt of the corpus; `rule` is the rule it breaks, None for an innocent one."""

    language: str
    kind: str
    rule: str | None
    words: str

    @property
    def wrong(self) -> bool:
        """Whether the rules pass what they must refuse, refuse what they must pass, or miss that somebody is young."""
        return broken(self.words) != self.rule


def corpus(name: str) -> Iterator[Prompt]:
    """The prompts of a file: language, kind, the rule where one is broken, and the words, separated by tabs."""
    for line in (CORPUS / f"{name}.tsv").read_text("utf-8").splitlines():
        language, kind, *rule, words = line.split("\t")
        yield Prompt(language, kind, rule[0] if rule else None, _ESCAPE.sub(lambda code: chr(int(code[1], 16)), words))


def main() -> int:
    print("\n\n".join(table(name) for name in FILES))
    return 0


def table(name: str) -> str:
    """The errors of a file by kind and language as a Markdown table; held-out prompts have a row of their own."""
    prompts = list(corpus(name))
    held_out = [Prompt(each.language, "*held out*", each.rule, each.words) for each in corpus(f"{name}_held_out")]
    rows = [*_rows(prompts), *_rows(held_out), ("**all**", _cells([*prompts, *held_out]))]
    head = f"| {FILES[name]} | English | wrong | French | wrong |\n|---|--:|--:|--:|--:|"
    return "\n".join([head, *(f"| {kind} | {cells} |" for kind, cells in rows)])


def _rows(prompts: Sequence[Prompt]) -> list[tuple[str, str]]:
    kinds: dict[str, list[Prompt]] = defaultdict(list)
    for prompt in prompts:
        kinds[prompt.kind].append(prompt)
    return [(kind, _cells(kinds[kind])) for kind in sorted(kinds)]


def _cells(prompts: Sequence[Prompt]) -> str:
    count, wrong = Counter(), Counter()
    for prompt in prompts:
        count[prompt.language] += 1
        wrong[prompt.language] += prompt.wrong
    return " | ".join(f"{count[language]} | {wrong[language]}" for language in ("en", "fr"))


if __name__ == "__main__":
    sys.exit(main())
