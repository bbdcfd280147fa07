"""Registering the commands with Discord, only when what it has differs from what we want."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import discord
import structlog
from discord import app_commands
from discord.http import Route

_TRANSLATED = ("name_localizations", "description_localizations")
_KEPT = (
    "type", "name", "description", *_TRANSLATED, "options", "choices", "value", "required", "autocomplete", "min_value",
    "max_value", "min_length", "max_length", "default_member_permissions", "contexts", "integration_types",
)  # fmt: skip
_CHAT_INPUT = 1
Tree: TypeAlias = app_commands.CommandTree[Any]
_log = structlog.get_logger(__name__)


async def sync(
    client: discord.Client, tree: app_commands.CommandTree[Any], translator: app_commands.Translator
) -> bool:
    """Register the tree's commands; False when Discord has them all just so.

    Nothing of ours remembers what was registered: a second bot or a person may have changed it.
    """
    assert client.application_id, "logging in tells it"
    wanted = [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]
    # discord.py's own way of asking leaves the translations out, and every start would seem to change them
    route = Route("GET", "/applications/{application_id}/commands", application_id=client.application_id)
    known = await client.http.request(route, params={"with_localizations": "true"})
    if _plain(wanted) == _plain(known):
        return False
    await client.http.bulk_upsert_global_commands(client.application_id, payload=wanted)
    _log.info("discord_commands_registered", commands=len(wanted))
    return True


def _plain(commands: Iterable[Mapping[str, Any]]) -> dict[tuple[int, str], Any]:
    """Commands by type and name, less what Discord adds on its own and what it leaves out."""
    return {(one.get("type") or _CHAT_INPUT, one["name"]): _kept({"type": _CHAT_INPUT, **one}) for one in commands}


def _kept(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(value) if all(isinstance(one, int) for one in value) else [_kept(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    kept = {key: one if key in _TRANSLATED else _kept(one) for key, one in value.items() if key in _KEPT}
    kept = {key: one for key, one in kept.items() if one is not None and one is not False and one not in ({}, [], "")}
    if "default_member_permissions" in kept:  # sent as a number, told as text
        kept["default_member_permissions"] = str(kept["default_member_permissions"])
    return kept
