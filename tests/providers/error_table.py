"""The page docs/ERRORS.md, printed by `python -m tests.providers.error_table`, which plays every answer."""

import asyncio
import sys
from collections.abc import Mapping, Sequence

from bot.core.generation.operator_alarms import trouble_of
from bot.core.generation.settlement import problem_of
from bot.core.runtime.retry_policy import RetryPolicy
from bot.locales.words import render
from providers.contract import errors
from providers.contract.provider import Result
from tests.providers import answers
from tests.providers.answers import Answer
from tests.servers.answering import Answering, answering, played

HEAD = """\
# What becomes of an answer

Every answer below is played by a loopback server against the real provider, and this page is made from what came of
it: `.venv/bin/python -m tests.providers.error_table > docs/ERRORS.md`. The answers stand in
`tests/providers/answers.py`; whose fault words mean is decided in `providers/shared/error_words.py` and
`providers/shared/blame.py`, how often a picture is asked for again in `bot/core/runtime/retry_policy.py`.

A person is charged for a picture and for nothing else. What a call without one cost is the operator's.
"""
GROUPS: Mapping[str, Sequence[Answer]] = {
    "Pictures in wrappings": answers.WRAPPED,
    "Pictures that cannot be used": answers.BROKEN,
    "Errors inside an answer of status 200": answers.INSIDE,
    "Words, or nothing, in place of a picture": answers.WORDS,
    "Refusals": answers.REFUSED,
    "Requests that the model cannot use": answers.FAULTS,
    "Keys, credit, models and servers": answers.OPERATORS,
}
_PERSONS = ("refused", "bad_input", "model_asks")
_PROVIDERS = {"gemini": "Gemini", "openai": "Images API", "replicate": "Replicate", "fal": "fal"}


async def page() -> str:
    """The whole page as Markdown."""
    async with answering() as api:
        parts = [HEAD]
        for title, group in GROUPS.items():
            rows = [await _row(api, answer) for answer in group]
            parts += [f"\n## {title}\n", *_table(rows)]
    return "\n".join(parts) + "\n"


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head = ("Provider", "Answer", "Becomes", "Costs the operator", "Calls at most", "Whose", "The person reads")
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


async def _row(api: Answering, answer: Answer) -> tuple[str, ...]:
    end = await played(api, answer.provider, answer.script, answer.photos)
    asked = f"{_PROVIDERS[answer.provider]}", answer.what
    if isinstance(end, Result):
        return (*asked, "a picture", "nothing", "1", "nobody's", "the picture")
    key, facts = problem_of(end)
    words = " ".join(render(f"problem-{key}", facts, "en").split()).replace("|", "\\|")
    return (*asked, f"`{end.code}`", _cost(end), str(_calls(end)), _whose(end), words)


def _cost(end: errors.ProviderError) -> str:
    if end.cost is None:
        return "the list price"
    return f"{end.cost} µ$" if end.cost else "nothing"


def _calls(end: errors.ProviderError) -> int:
    """How many calls are made when every one of them ends so."""
    calls = 1
    while RetryPolicy().pause(end, calls, lambda: 0.5) is not None:
        calls += 1
    return calls


def _whose(end: errors.ProviderError) -> str:
    if trouble_of(end):
        return "the operator's, who is told"
    return "the request's" if end.code in _PERSONS else "the provider's"


if __name__ == "__main__":
    sys.stdout.write(asyncio.run(page()))
