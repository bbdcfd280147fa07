"""`python -m bot check`: whether the settings work, as a table; nothing is started."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bot import wiring
from bot.core.errors import BadSetting
from bot.core.policy import parse_policy
from storage.errors import StorageError
from storage.migrate import state


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table."""

    subject: str
    works: bool
    words: str


async def check(settings: Mapping[str, str]) -> int:
    """Print what works and what does not; 0 when everything does, else 1."""
    looks: list[tuple[str, Callable[[Mapping[str, str]], Awaitable[str]]]] = [
        ("settings", _settings), ("models", _models), ("database", _database), ("blobs", _blobs),
    ]  # fmt: skip
    findings = [await _finding(subject, look, settings) for subject, look in looks]
    table = Table("", "", "")
    for finding in findings:
        table.add_row("✅" if finding.works else "❌", finding.subject, finding.words)
    Console(soft_wrap=True).print(table)
    return int(not all(finding.works for finding in findings))


async def _finding(
    subject: str, look: Callable[[Mapping[str, str]], Awaitable[str]], settings: Mapping[str, str]
) -> Finding:
    try:
        return Finding(subject, True, await look(settings))
    except (BadSetting, StorageError) as exc:
        return Finding(subject, False, str(exc))


async def _settings(settings: Mapping[str, str]) -> str:
    paid = any(not model.free for model in wiring.models_of(settings))
    policy = parse_policy(settings, paid=paid)
    fronts = ", ".join(wiring.fronts_of(settings))
    return f"fronts: {fronts}; access: {'open' if policy.open else 'allowlist'}; admins: {len(policy.admins)}"


async def _models(settings: Mapping[str, str]) -> str:
    return ", ".join(f"{model.name} ({model.id})" for model in wiring.models_of(settings))


async def _database(settings: Mapping[str, str]) -> str:
    database = wiring.stores_of(settings).database
    try:
        found, newest = await state(database)
    finally:
        await database.close()
    return f"revision {found or 'none yet'} of {newest}"


async def _blobs(settings: Mapping[str, str]) -> str:
    stores = wiring.stores_of(settings)
    await stores.database.close()
    await stores.blobs.check()
    return settings.get("BLOB_URL") or str(stores.folder / "blobs")
