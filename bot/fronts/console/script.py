"""One message said by a script, run to its end."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.app import App
from bot.core.messages import Ask, MessageRef, Outgoing, Say
from bot.core.wire import dump
from bot.fronts.console.front import Console, FilePhoto
from bot.fronts.console.view import buttons_of, lines_of


@dataclass(frozen=True, slots=True)
class Script:
    """What to say: words, photos to attach, the folder for pictures, and how questions are answered.

    `consent` answers who is on a photo (me, adult, child, unreal); `agree` says yes to a price.
    """

    say: str
    attach: Sequence[Path] = ()
    out: Path | None = None
    as_json: bool = False
    consent: str = "me"
    agree: bool = False
    locale: str = "en"


def build(app: App, script: Script) -> Console:
    """The console that prints a script's answers."""

    def show(ref: MessageRef, outgoing: Outgoing) -> None:
        if script.as_json:
            words = list(lines_of(app, outgoing, script.locale))
            print(json.dumps({"id": ref.id, **dump(outgoing), "words": words}, ensure_ascii=False), flush=True)
        else:
            print("\n".join(line for line in lines_of(app, outgoing, script.locale) if line), flush=True)

    return Console(app, script.locale, show, script.out)


async def run(console: Console, script: Script) -> int:
    """Say it, answer the questions, wait for the pictures; 0, or 1 when the bot answered with an error."""
    if script.out:
        script.out.mkdir(parents=True, exist_ok=True)
    await console.say(script.say, tuple(FilePhoto(path) for path in script.attach))
    answered: set[str] = set()
    while True:
        await console.settled()
        waiting = [(id_, action) for id_, action in _answers(console, script) if action not in answered]
        if not waiting:
            break
        for id_, action in waiting:
            answered.add(action)
            await console.press(id_, action)
    return int(any(isinstance(said, Say) and said.tone == "error" for said in console.said.values()))


def _answers(console: Console, script: Script) -> list[tuple[str, str]]:
    """The presses that answer the questions that are open, by message."""
    found: list[tuple[str, str]] = []
    for id_, outgoing in console.said.items():
        if not isinstance(outgoing, Ask):
            continue
        for button in buttons_of(outgoing):
            verb, _, rest = button.action.removeprefix("v1:").partition(":")
            if (verb == "consent" and rest.endswith(f":{script.consent}")) or (verb == "confirm" and script.agree):
                found.append((id_, button.action))
    return found
