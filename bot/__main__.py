"""The command line: demo, run, chat, check and migrate; the only reader of the environment."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from bot import check, logs, wiring
from bot.core.consent import ANSWERS
from bot.core.errors import BadSetting
from bot.fronts.console import script
from bot.fronts.console.chat import Chat
from bot.fronts.console.script import Script
from storage.errors import StorageError
from storage.migrate import migrate


def main() -> int:
    """Run a subcommand; what cannot work is said in one sentence and ends with 2."""
    arguments = _parser().parse_args()
    settings = _settings(Path(".env"))
    try:
        logs.configure(settings, quiet=arguments.command in ("chat", "check"))
        return asyncio.run(_command(arguments, settings))
    except (BadSetting, wiring.InUse, StorageError, BaseExceptionGroup) as exc:
        cause = _first(exc)
        if not isinstance(cause, BadSetting | wiring.InUse | StorageError):
            raise
        print(_sentence(cause), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


async def _command(arguments: argparse.Namespace, settings: Mapping[str, str]) -> int:
    match arguments.command:
        case "demo" | "run":
            return await _run(settings)
        case "chat":
            return await _chat(arguments, settings)
        case "check":
            return await check.check(settings)
        case _:
            return await _migrate(settings)


async def _run(settings: Mapping[str, str]) -> int:
    """All configured fronts until a signal asks to stop; then work under way may finish."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with wiring.running(settings) as bot:
        fronts = [wiring.open_front(name, bot, settings) for name in wiring.fronts_of(settings)]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(front.run()) for front in fronts]
            await stop.wait()
            for task in tasks:
                task.cancel()
    return 0


async def _chat(arguments: argparse.Namespace, settings: Mapping[str, str]) -> int:
    locale = arguments.locale or settings.get("LANG", "en").partition(".")[0]
    async with wiring.running(settings) as bot:
        if arguments.say is None:
            chat = Chat(bot.app, locale, arguments.out)
            bot.fronts[chat.console.platform] = chat.console
            await chat.run()
            return 0
        wanted = Script(
            say=arguments.say, attach=arguments.attach, out=arguments.out, as_json=arguments.json,
            consent=arguments.consent, agree=arguments.yes, locale=locale,
        )  # fmt: skip
        console = script.build(bot.app, wanted)
        bot.fronts[console.platform] = console
        return await script.run(console, wanted)


async def _migrate(settings: Mapping[str, str]) -> int:
    database = wiring.stores_of(settings).database
    try:
        await migrate(database)
    finally:
        await database.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Pictures of the same person, again and again.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="serve the local web chat; needs no account and no key")
    commands.add_parser("run", help="run all configured chat platforms")
    commands.add_parser("check", help="say whether the settings, the database, the blobs and the models work")
    commands.add_parser("migrate", help="bring the database to this version")
    chat = commands.add_parser("chat", help="chat in this terminal, or say one thing for a script")
    chat.add_argument("--say", metavar="TEXT", help="say one thing, wait for its end, and exit")
    chat.add_argument("--attach", metavar="FILE", type=_file, action="append", default=[], help="a photo; repeats")
    chat.add_argument("--out", metavar="DIR", type=Path, help="write finished pictures to this folder")
    chat.add_argument("--json", action="store_true", help="print each answer as a JSON line")
    chat.add_argument("--consent", choices=ANSWERS, default="me", help="who is on the photos (default: me)")
    chat.add_argument("--yes", action="store_true", help="agree when asked about a price")
    chat.add_argument("--locale", help="language, such as fr")
    return parser


def _file(path: str) -> Path:
    found = Path(path).expanduser()
    if not found.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {path}")
    return found


def _settings(env_file: Path) -> dict[str, str]:
    """The environment over the lines KEY=value of .env."""
    lines = env_file.read_text("utf-8").splitlines() if env_file.is_file() else []
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {**{key.strip(): value.strip().strip("\"'") for key, value in pairs}, **os.environ}


def _first(exc: BaseException) -> BaseException:
    while isinstance(exc, BaseExceptionGroup):
        exc = exc.exceptions[0]
    return exc


def _sentence(exc: BaseException) -> str:
    return f"The data cannot be opened: {exc} ({exc.code})" if isinstance(exc, StorageError) else str(exc)


if __name__ == "__main__":
    sys.exit(main())
