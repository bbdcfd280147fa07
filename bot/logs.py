"""Logs for people at a terminal or as JSON lines, with the generation's id on every line that concerns one."""

import logging
import sys
import threading
from typing import Any, TextIO

import structlog

from bot.settings import LogSettings

NOISY = ("alembic", "aiohttp", "asyncio", "dbos", "google_genai", "httpcore", "httpx", "httpx2", "PIL", "sqlalchemy")
"""Libraries whose lines below a warning are for their authors; LOG_LEVEL=debug shows them all the same."""


class _ToStderr(logging.StreamHandler[TextIO]):
    """Writes to the current sys.stderr: the terminal chat replaces it while its prompt is on the screen."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # read-only on purpose
        return sys.stderr


def configure(settings: LogSettings, *, quiet: bool = False) -> None:
    """Set up logging for the process; `quiet` shows warnings alone unless a level is set."""
    level = settings.level or ("warning" if quiet else "info")
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(allow=["generation"])],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(settings)],
    )
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    _take_over(formatter, level.upper())


def _renderers(settings: LogSettings) -> list[structlog.typing.Processor]:
    """Return the last processors of a line. Tracebacks never show variables: prompts and keys stand in them."""
    match settings.format:
        case "console":
            plain = structlog.dev.plain_traceback
            return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
        case "json":
            return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]


def _take_over(formatter: logging.Formatter, level: str) -> None:
    """Send every line of this process, of libraries and threads too, through one handler."""
    handler = _ToStderr()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in NOISY:
        library = logging.getLogger(name)
        # A handler that does nothing keeps a library from adding one with a format of its own.
        library.handlers[:] = [logging.NullHandler()]
        library.propagate = True
        library.filters[:] = [_is_relevant]
        library.setLevel(level if level == "DEBUG" else max(logging.WARNING, getattr(logging, level)))
    logging.captureWarnings(True)
    threading.excepthook = _thread_failed


def _is_relevant(record: logging.LogRecord) -> bool:
    """Whether a line is more than DBOS saying that a stop leaves work for the next start, which is no trouble."""
    return not record.getMessage().startswith("Asyncio task cancelled for workflow or step")


def _thread_failed(failed: threading.ExceptHookArgs) -> Any:
    # aiosqlite: a connection that could not be opened leaves a thread behind, which may outlive the loop it calls.
    is_left_behind = isinstance(failed.exc_value, RuntimeError) and str(failed.exc_value) == "Event loop is closed"
    if failed.exc_value is not None and not is_left_behind:
        logging.getLogger("threads").error("a thread failed", exc_info=failed.exc_value)
