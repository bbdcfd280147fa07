"""Whether the settings work, part by part; nothing is started."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot import logs, wiring
from bot.check import providers
from bot.check.results import CheckResult
from bot.core.chat.errors import BadSetting
from bot.core.runtime.access_policy import parse_policy
from bot.data_folder import data_folder
from bot.startup_errors import sentence
from bot.versions import check_versions, versions
from storage.blobs.key import confirm_key
from storage.db.errors import StorageError, StorageNewer
from storage.db.migrate import state


async def check(settings: Mapping[str, str]) -> list[CheckResult]:
    """Look at everything a start needs, and ask the providers that are on."""
    found = [await _finding(subject, look, settings) for subject, look in _LOOKS.items()]
    return found + await providers.look(settings)


def table(findings: Sequence[CheckResult]) -> str:
    """A line for each finding, whole however narrow the terminal, so that scripts can read it too."""
    width = max(len(finding.subject) for finding in findings)
    return "\n".join(
        f"{'✅' if finding.works else '❌'} {finding.subject:<{width}}  {finding.words}" for finding in findings
    )


async def _finding(
    subject: str, look: Callable[[Mapping[str, str]], Awaitable[str]], settings: Mapping[str, str]
) -> CheckResult:
    try:
        return CheckResult(subject, True, await look(settings))
    except (BadSetting, StorageError) as exc:
        return CheckResult(subject, False, sentence(exc, settings) or str(exc))


async def _versions(settings: Mapping[str, str]) -> str:
    check_versions(settings)
    return ", ".join(f"{name} {version}" for name, version in versions().items())


async def _logs(settings: Mapping[str, str]) -> str:
    logs.configure(settings, quiet=True)
    return f"{settings.get('LOG_FORMAT') or 'console'}, from {settings.get('LOG_LEVEL') or 'info'} on"


async def _access(settings: Mapping[str, str]) -> str:
    try:
        paid = wiring.models_of(settings).paid
    except BadSetting:  # told on the line of the models
        paid = True
    policy = parse_policy(settings, paid=paid)
    dollars = policy.spend_month / 1_000_000
    return f"{'open' if policy.open else 'allowlist'}; admins: {len(policy.admins)}; at most ${dollars:,.2f} a month"


async def _fronts(settings: Mapping[str, str]) -> str:
    return ", ".join(wiring.check_fronts(settings))


async def _models(settings: Mapping[str, str]) -> str:
    return ", ".join(f"{model.name} ({model.id})" for model in wiring.models_of(settings).models)


async def _database(settings: Mapping[str, str]) -> str:
    database = wiring.database_of(settings)
    try:
        await wiring.unlocked(database.address)
        found, newest = await state(database)
    finally:
        await database.close()
    if found is not None and found > newest:
        raise StorageNewer(f"its tables are of revision {found}, and this version knows none after {newest}")
    return f"revision {found or 'none yet'} of {newest}"


async def _blobs(settings: Mapping[str, str]) -> str:
    blobs = wiring.blobs_of(settings)
    await blobs.check()
    await confirm_key(blobs, write=False)
    where = settings.get("BLOB_URL") or str(data_folder(settings) / "blobs")
    return f"{where}, encrypted" if settings.get("BLOB_KEY") else where


_LOOKS: Mapping[str, Callable[[Mapping[str, str]], Awaitable[str]]] = {
    "versions": _versions,
    "logs": _logs,
    "access": _access,
    "fronts": _fronts,
    "models": _models,
    "database": _database,
    "blobs": _blobs,
}
