"""The log: one format for every line, the generation on those that concern one, and never what people wrote."""

import json
import logging
import threading
import warnings
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import structlog

from bot import logs
from bot.settings import LogSettings
from tests.operations.processes import ROOT, ask, heard, serving

pytestmark = pytest.mark.usefixtures("own_logging")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


async def test_lines_about_a_picture_carry_its_generation_and_never_its_words(tmp_path: Path) -> None:
    settings = {"MODELS_FILE": ROOT / "tests" / "harness" / "models.toml", "LOG_LEVEL": "info"}
    async with serving(tmp_path / "data", **settings) as server, server.page() as page:
        await ask(page, str(uuid4()), "/imagine [fail gone] a quokka in the rain")
        await heard(page, "say", tone="error")
        await ask(page, str(uuid4()), "/imagine a quokka in the sun")
        await heard(page, "show")
        await ask(page, str(uuid4()), "/persona create Quokka --description quokka")
        assert await server.stop() == 0
    assert {"timestamp", "level", "event", "logger"} <= server.log[0].keys()
    about = [line for line in server.log if "image" in line or "image" in line["event"]]
    assert "attempt failed" in [line["event"] for line in about]
    assert all(line["generation"] for line in about)
    assert "quokka" not in json.dumps(server.log).casefold()


def test_libraries_write_in_our_format_and_only_what_matters(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogSettings.read({"LOG_FORMAT": "json"}))
    for name in logs.NOISY:
        logging.getLogger(name).info("for its authors")
        logging.getLogger(f"{name}.part").warning("for operators")
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        logging.captureWarnings(True)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    printed = lines(capsys)
    assert [line["logger"] for line in printed] == [*(f"{name}.part" for name in logs.NOISY), "py.warnings"]
    assert {line["level"] for line in printed} == {"warning"}


def test_dbos_warnings_about_work_left_for_the_next_start_are_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogSettings.read({"LOG_FORMAT": "json"}))
    logging.getLogger("dbos").warning("Asyncio task cancelled for workflow or step <function follow>")
    logging.getLogger("dbos").warning("Step being automatically retried")
    assert [line["event"] for line in lines(capsys)] == ["Step being automatically retried"]


def test_log_level_debug_shows_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogSettings.read({"LOG_FORMAT": "json", "LOG_LEVEL": "debug"}))
    logging.getLogger("aiohttp.server").debug("for its authors")
    structlog.get_logger().debug("ours")
    assert [line["event"] for line in lines(capsys)] == ["for its authors", "ours"]


@pytest.mark.parametrize("format_", ["console", "json"])
def test_a_traceback_shows_where_and_never_the_variables(capsys: pytest.CaptureFixture[str], format_: str) -> None:
    logs.configure(LogSettings.read({"LOG_FORMAT": format_}))
    prompt = "".join(["a ", "quo", "kka"])
    try:
        raise ValueError(len(prompt))
    except ValueError:
        structlog.get_logger().exception("it broke")
    printed = capsys.readouterr().err
    assert "it broke" in printed
    assert "ValueError: 8" in printed
    assert "quokka" not in printed


def test_a_thread_that_fails_is_logged_like_everything_else(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogSettings.read({"LOG_FORMAT": "json"}))
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    [line] = lines(capsys)
    assert line["event"] == "a thread failed"
    assert "ZeroDivisionError" in line["exception"]


def test_the_console_format_is_plain_and_quiet_shows_warnings_only(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogSettings.read({}), quiet=True)
    log = structlog.get_logger("bot.test")
    log.info("nobody needs this")
    with structlog.contextvars.bound_contextvars(generation="g1"):
        log.warning("image failed", code="refused")
    [line] = capsys.readouterr().err.splitlines()
    assert "[warning  ] image failed" in line
    assert "code=refused generation=g1" in line
