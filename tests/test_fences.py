"""The import contracts break for every kind of import that the rooms forbid: one of each kind is planted in a copy."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "providers", "storage", "prompts", "tools")

PLANTED = {
    "bot/core/chat/planted.py": ("bot.core.incoming.app", "a lower room of the core imports a higher one"),
    "bot/core/media/planted.py": ("PIL", "the core imports an image library"),
    "bot/core/models/planted.py": ("cv2", "the core imports OpenCV"),
    "bot/core/personas/planted.py": ("imagehash", "the core imports a hash library"),
    "bot/core/requests/planted.py": ("aiohttp", "the core imports an HTTP library"),
    "bot/core/upkeep/planted.py": ("dbos", "the core imports the job engine"),
    "bot/core/curation/planted.py": ("sqlalchemy", "the core imports SQL"),
    "bot/core/generation/planted.py": ("providers.shared.download", "the core imports a provider's helper"),
    "bot/core/results/planted.py": ("providers.gemini.provider", "the core imports a provider"),
    "bot/core/admin/planted.py": ("bot.fronts.web.front", "the core imports a front"),
    "bot/core/account/planted.py": ("numpy", "the core imports a library nobody listed for it"),
    "bot/fronts/web/planted.py": ("discord", "a front imports another front's SDK"),
    "bot/fronts/discord/planted.py": ("telegram", "a front imports another front's SDK"),
    "bot/fronts/console/planted.py": ("bot.fronts.web.front", "a front imports another front"),
    "bot/fronts/telegram/planted.py": ("storage.tables.people", "a front imports the storage"),
    "bot/check/planted.py": ("openai", "the check imports a model's SDK"),
    "bot/jobs/planted.py": ("google.genai", "the jobs import a model's SDK"),
    "bot/imaging/planted.py": ("storage.blobs", "rooms on one level import one another"),
    "prompts/planted.py": ("replicate", "the prompts import a model's SDK"),
    "storage/tables/planted.py": ("storage.privacy.erasure", "a lower room of the storage imports a higher one"),
    "storage/queries/planted.py": ("prompts.rules", "the storage imports the prompts"),
    "providers/fal/planted.py": ("providers.replicate.provider", "a provider imports another"),
    "providers/gemini/planted.py": ("fal_client", "a provider imports another's SDK"),
    "providers/contract/planted.py": ("providers.shared.download", "the contract imports its users"),
    "providers/local/planted.py": ("bot.imaging.faces", "a provider imports the bot"),
    "bot/planted.py": ("PIL", "a file of no room imports a library"),
}


def test_every_kind_of_forbidden_import_breaks_the_lint(tmp_path: Path) -> None:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "static", "*.ftl"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, (imported, _) in PLANTED.items():
        (tmp_path / file).write_text(f'"""Planted."""\n\nimport {imported}\n', "utf-8")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100)
    told = " ".join(done.stdout.split())
    passed = [
        f"{file}: {kind}"
        for file, (imported, kind) in PLANTED.items()
        if f"{_module(file)} may not import {imported.split('.')[0]}" not in told
        and f"{_module(file)} -> {imported}" not in told
    ]
    assert done.returncode == 1, done.stderr
    assert not passed, told


def _module(file: str) -> str:
    return file.removesuffix(".py").replace("/", ".")
