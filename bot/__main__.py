"""Command line: demo, run, worker, chat, check, rekey and migrate; the only module that reads the environment."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import structlog

from bot import logs, wiring
from bot.check.settings import check, table
from bot.core.consent.rules import ANSWERS
from bot.data_folder import UMASK
from bot.env_file import settings_of
from bot.fronts.console import script
from bot.gc_tuning import freeze
from bot.rekey import rekey_pictures
from bot.settings import Settings
from bot.startup_errors import sentence
from bot.stores import database_of
from bot.versions import check_versions, versions
from providers.contract.errors import SettingError
from providers.plugins import BadPlugin
from storage.db.migrate import migrate

PICTURES = Path("out")
"""Folder in which the terminal chat puts pictures, since it cannot show them."""


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a subcommand and return its exit code; a start that fails prints one sentence and returns 2."""
    given = _parsed(arguments)
    before = os.umask(UMASK)
    try:
        return _started(given, environment)
    finally:
        os.umask(before)


def _started(given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    try:
        settings = settings_of(Path(".env"), environment)
        if given.command != "check":  # which shows a bad log setting in its table
            logs.configure(settings.logs, quiet=given.command == "chat")
            check_versions(settings.storage)
    except (SettingError, BadPlugin) as exc:
        return _refuse(str(exc))
    if settings.unknown:
        structlog.get_logger().warning("unknown settings ignored", keys=settings.unknown)
    try:
        return asyncio.run(_command(given, settings))
    except KeyboardInterrupt:
        return 130
    except (Exception, BaseExceptionGroup) as exc:
        words = sentence(_first(exc), settings)
        if words is None:
            structlog.get_logger().critical("stopped by an unexpected error", exc_info=exc)
            return 1
        return _refuse(words)


async def _command(given: argparse.Namespace, settings: Settings) -> int:
    match given.command:
        case "demo" | "run":
            return await _run(settings)
        case "worker":
            return await _work(settings)
        case "chat" if given.say is None:
            return await _chat(given, settings)
        case "chat":
            return await _say(given, settings)
        case "check":
            return await _check(settings)
        case "rekey":
            return await _rekey(settings)
        case _:
            return await _migrate(settings)


async def _run(settings: Settings) -> int:
    """Run all configured fronts until a signal asks to stop; then steps that run may finish."""
    stop = _asked_to_stop()
    names = wiring.check_fronts(settings)
    async with wiring.running(settings) as bot:
        fronts = [wiring.open_front(name, bot, settings) for name in names]
        if bot.claim.code and set(names) - {"web"}:  # the web chat is its owner's own
            structlog.get_logger().warning("no operator yet", claim=f"/admin claim {bot.claim.code}")
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(front.run()) for front in fronts]
            tasks.append(group.create_task(_tell_start(dict(zip(names, fronts, strict=True)))))
            freeze()
            await _until(stop, bot)
            for task in tasks:
                task.cancel()
        return _ended(bot)


async def _tell_start(fronts: Mapping[str, Any]) -> None:
    """Log what runs, once the page can be reached: a start that is refused says one sentence."""
    await fronts["web"].url()
    structlog.get_logger().info("started", fronts=list(fronts), **versions())


async def _work(settings: Settings) -> int:
    """Draw for a `run` elsewhere until a signal asks to stop."""
    stop = _asked_to_stop()
    async with wiring.running(settings, role="worker") as bot:
        freeze()
        structlog.get_logger().info("drawing", providers=sorted(bot.providers), **versions())
        await _until(stop, bot)
        return _ended(bot)


def _asked_to_stop() -> asyncio.Event:
    """An event that a service manager's signal or ctrl-C sets."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _until(stop: asyncio.Event, bot: wiring.Running) -> None:
    """Wait for a signal, or until other processes expire this one."""
    waits = [asyncio.create_task(event.wait()) for event in (stop, bot.lost)]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()


def _ended(bot: wiring.Running) -> int:
    if bot.lost.is_set():
        structlog.get_logger().critical("expired by other processes, which took its jobs over: start it again")
        return 1
    return 0


async def _chat(given: argparse.Namespace, settings: Settings) -> int:
    from bot.fronts.console.chat import Chat  # its terminal libraries take a tenth of a second to import

    async with wiring.running(settings) as bot:
        chat = Chat(bot.app, _locale(given, settings), given.out or PICTURES)
        bot.fronts[chat.console.platform] = chat.console
        await chat.run()
    return 0


async def _say(given: argparse.Namespace, settings: Settings) -> int:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON is; and emoji fit into no other
    wanted = script.Script(
        say=given.say, attach=given.attach, out=given.out, as_json=given.json,
        consent=given.consent, agree=given.yes, locale=_locale(given, settings),
    )  # fmt: skip
    async with wiring.running(settings) as bot:
        printer = script.Printer(bot.app, wanted, lambda line: print(line, flush=True))
        bot.fronts[printer.console.platform] = printer.console
        return await script.run(printer, wanted)


async def _check(settings: Settings) -> int:
    findings = await check(settings)
    print(table(findings))
    return int(not all(finding.works for finding in findings))


async def _rekey(settings: Settings) -> int:
    done = await rekey_pictures(settings)
    print(f"{done.changed} pictures were brought to the new key, {done.already} had it already.")
    if done.unreadable:
        print(f"{done.unreadable} could be read with neither key; they were left as they are.")
    return int(bool(done.unreadable))


async def _migrate(settings: Settings) -> int:
    database = database_of(settings.storage)
    try:
        await migrate(database)
    finally:
        await database.close()
    return 0


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Pictures of the same person, again and again.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="serve the local web chat; needs no account and no key")
    commands.add_parser("run", help="run all configured chat platforms")
    commands.add_parser("worker", help="only draw, beside a `run` on the same PostgreSQL and BLOB_URL")
    commands.add_parser("check", help="say whether the settings, the database, the blobs and the models work")
    commands.add_parser("rekey", help="bring all pictures from BLOB_KEY_OLD to BLOB_KEY")
    commands.add_parser("migrate", help="bring the database to this version")
    chat = commands.add_parser("chat", help="chat in this terminal, or say one thing for a script")
    chat.add_argument("--say", metavar="TEXT", help="say one thing, wait for its end, and exit")
    chat.add_argument("--attach", metavar="FILE", type=Path, action="append", default=[], help="a photo; repeats")
    chat.add_argument("--out", metavar="DIR", type=Path, help=f"write finished pictures to this folder ({PICTURES})")
    chat.add_argument("--json", action="store_true", help="print each answer as a JSON line")
    chat.add_argument("--consent", choices=ANSWERS, default="me", help="who is on the photos (default: me)")
    chat.add_argument("--yes", action="store_true", help="agree when asked about a price")
    chat.add_argument("--locale", help="language, such as fr")
    given = parser.parse_args(arguments)
    if given.command == "chat" and (words := _unusable(given)):
        parser.exit(2, f"{words}\n")
    return given


def _unusable(given: argparse.Namespace) -> str | None:
    """What is wrong with the options of a chat, as a sentence."""
    if given.say is None and (given.attach or given.json):
        return "--attach and --json go with --say TEXT, so add it."
    if given.say is not None and not given.say.strip() and not given.attach:
        return "--say needs words, or a photo with --attach FILE."
    for path in given.attach:
        if not path.is_file() or not os.access(path, os.R_OK):
            return f"--attach: there is no file {path} that can be read; give the path of a photo."
    if given.out and given.out.exists() and not given.out.is_dir():
        return f"--out: {given.out} is no folder; choose another."
    return None


def _locale(given: argparse.Namespace, settings: Settings) -> str:
    return given.locale or settings.terminal.locale


def _first(exc: BaseException) -> BaseException:
    while isinstance(exc, BaseExceptionGroup):
        exc = exc.exceptions[0]
    return exc


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return 2


def _without_empty(environment: MutableMapping[str, str]) -> MutableMapping[str, str]:
    """Delete empty variables: obstore reads the environment itself and takes them for values."""
    for name in [name for name, value in environment.items() if not value]:
        del environment[name]
    return environment


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], _without_empty(os.environ)))
