"""/vote settings: a place's voting rules."""

from collections.abc import Mapping
from typing import Any

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Say, Text, say
from bot.core.chat.options import Options
from bot.core.people.find_person import person
from bot.core.runtime.context import Context
from bot.core.voting.polls import set_in
from storage.db.database import Transaction
from storage.tables import settings, workspaces
from storage.tables.enums import VoteMode
from storage.tables.owners import Scope

EVERYONE = "everyone"


async def settings_(context: Context, options: Options) -> None:
    """Change what the options name, then show what is set; without options anybody is shown it. Raises UserError."""
    changes = await _changes(context, options)
    if changes and not _may_change(context):
        raise UserError("vote-settings-not-yours")
    async with context.services.database.write() as tx:
        voting = {**await set_in(tx, context.workspace.id), **changes}
        if changes:
            await settings.put(tx, Scope.workspace(context.workspace.id), "voting", voting)
        short = await short_of_voters(tx, context.workspace.id, voting)
    saved = (say("settings-saved"),) if changes else ()
    await context.say(Say(lines=(*saved, *_lines(voting), *short), tone="good" if changes else "info", private=True))


async def short_of_voters(tx: Transaction, workspace: str, voting: Mapping[str, Any]) -> tuple[Text, ...]:
    """Warn when the quorum exceeds the number of known voters."""
    met = set(await workspaces.members(tx, workspace))
    voters = len(met & set(voting.get("voters") or met)) - (0 if voting.get("author_votes", True) else 1)
    quorum = voting.get("quorum", 1)
    return (say("vote-short", count=max(0, voters), least=quorum),) if quorum > voters else ()


async def _changes(context: Context, options: Options) -> dict[str, Any]:
    changes: dict[str, Any] = {"mode": options.texts["mode"]} if "mode" in options.texts else {}
    if "who" in options.texts:
        changes["voters"] = await _voters(context, options.text("who"))
    if "author" in options.flags:
        changes["author_votes"] = options.flags["author"]
    return changes | {name: options.wholes[name] for name in ("quorum", "hours") if name in options.wholes}


async def _voters(context: Context, names: str) -> list[str] | None:
    """The people who may vote, named one by one, or None for everybody; raises UserError for a name nobody has."""
    if names.casefold() == EVERYONE:
        return None
    return [(await person(context, name)).id for name in names.split(",") if name.strip()] or None


def _may_change(context: Context) -> bool:
    """In a group its moderators and the operator; a private chat belongs to whoever is in it."""
    return not context.in_group or context.moderates


def _lines(voting: Mapping[str, Any]) -> tuple[Text, ...]:
    return (
        say("vote-settings-mode", mode=say(f"choice-{voting.get('mode', VoteMode.SOLO)}")),
        say("vote-settings-quorum", count=voting.get("quorum", 1)),
        say("vote-settings-author", votes="yes" if voting.get("author_votes", True) else "no"),
        say("vote-settings-hours", count=voting.get("hours", 0)),
        say("vote-settings-who", count=len(voting.get("voters") or ())),
    )
