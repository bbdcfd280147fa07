"""Checks of the settings, part by part; nothing is started."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot import logs, wiring
from bot.check import providers
from bot.check.results import CheckResult
from bot.data_folder import data_folder
from bot.settings import Settings
from bot.startup_errors import sentence
from bot.stores import blobs_of, check_writable, database_of
from bot.versions import check_versions, versions
from providers.contract.errors import SettingError
from storage.blobs.key import confirm_key
from storage.db.errors import StorageError, StorageNewer
from storage.db.migrate import state


async def check(settings: Settings) -> list[CheckResult]:
    """Look at everything a start needs, and ask the providers that are on."""
    found = [await _finding(subject, look, settings) for subject, look in _LOOKS.items()]
    return [*found, *_ignored(settings), *await providers.look(settings)]


def table(findings: Sequence[CheckResult]) -> str:
    """A line for each finding, whole however narrow the terminal, so that scripts can read it too."""
    width = max(len(finding.subject) for finding in findings)
    return "\n".join(
        f"{'✅' if finding.works else '❌'} {finding.subject:<{width}}  {finding.words}" for finding in findings
    )


def _ignored(settings: Settings) -> list[CheckResult]:
    """A line for keys of `.env` that are no settings."""
    words = f"ignored, since there is no such setting: {', '.join(settings.unknown)}"
    return [CheckResult("settings", True, words)] if settings.unknown else []


async def _finding(subject: str, look: Callable[[Settings], Awaitable[str]], settings: Settings) -> CheckResult:
    try:
        return CheckResult(subject, True, await look(settings))
    except (SettingError, StorageError) as exc:
        return CheckResult(subject, False, sentence(exc, settings) or str(exc))


async def _versions(settings: Settings) -> str:
    check_versions(settings.storage)
    return ", ".join(f"{name} {version}" for name, version in versions().items())


async def _logs(settings: Settings) -> str:
    logs.configure(settings.logs, quiet=True)
    return f"{settings.logs.format}, from {settings.logs.level or 'info'} on"


async def _access(settings: Settings) -> str:
    try:
        paid = wiring.models_of(settings).paid
    except SettingError:  # told on the line of the models
        paid = True
    policy = wiring.policy_of(settings.access, paid=paid)
    dollars = policy.spend_month / 1_000_000
    return f"{'open' if policy.open else 'allowlist'}; admins: {len(policy.admins)}; at most ${dollars:,.2f} a month"


async def _fronts(settings: Settings) -> str:
    return ", ".join(wiring.check_fronts(settings))


async def _models(settings: Settings) -> str:
    return ", ".join(f"{model.name} ({model.id})" for model in wiring.models_of(settings).models)


async def _database(settings: Settings) -> str:
    database = database_of(settings.storage)
    try:
        await check_writable(database.address)
        found, newest = await state(database)
    finally:
        await database.close()
    if found is not None and found > newest:
        raise StorageNewer(f"its tables are of revision {found}, and this version knows none after {newest}")
    return f"revision {found or 'none yet'} of {newest}"


async def _blobs(settings: Settings) -> str:
    blobs = blobs_of(settings)
    await blobs.check()
    await confirm_key(blobs, write=False)
    where = settings.pictures.url or str(data_folder(settings.storage) / "blobs")
    return f"{where}, encrypted" if settings.pictures.key else where


_LOOKS: Mapping[str, Callable[[Settings], Awaitable[str]]] = {
    "versions": _versions,
    "logs": _logs,
    "access": _access,
    "fronts": _fronts,
    "models": _models,
    "database": _database,
    "blobs": _blobs,
}
