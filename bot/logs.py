"""Logs for people at a terminal or as JSON lines, with the generation's id on every line that concerns one."""

import logging
import sys
import threading
from collections.abc import Mapping
from typing import Any, TextIO

import structlog

from bot.core.chat.errors import BadSetting

LEVELS = ("debug", "info", "warning", "error")
CHATTY = ("alembic", "aiohttp", "asyncio", "dbos", "google_genai", "httpcore", "httpx", "httpx2", "PIL", "sqlalchemy")
"""Libraries whose lines below a warning concern their own authors; LOG_LEVEL=debug shows them all the same."""


class _ToStderr(logging.StreamHandler[TextIO]):
    """Writes to what stderr is at the moment: the terminal chat puts its prompt between stderr and the screen."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # read-only on purpose
        return sys.stderr


def configure(settings: Mapping[str, str], *, quiet: bool = False) -> None:
    """Set up logging from LOG_FORMAT and LOG_LEVEL; `quiet` shows warnings alone unless a level is set.

    Raises BadSetting.
    """
    name = (settings.get("LOG_LEVEL") or ("warning" if quiet else "info")).lower()
    if name not in LEVELS:
        raise BadSetting("LOG_LEVEL", f'use "debug", "info", "warning" or "error", not {name!r}')
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(allow=["generation"])],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_ending(settings)],
    )
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    _take_over(formatter, name.upper())


def _ending(settings: Mapping[str, str]) -> list[structlog.typing.Processor]:
    """The last steps to a line. Tracebacks never show variables: prompts and keys stand in them."""
    match settings.get("LOG_FORMAT") or "console":
        case "console":
            plain = structlog.dev.plain_traceback
            return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
        case "json":
            return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        case other:
            raise BadSetting("LOG_FORMAT", f'use "console" or "json", not {other!r}')


def _take_over(formatter: logging.Formatter, level: str) -> None:
    """Let every line of this process, of libraries and threads too, go through one handler."""
    handler = _ToStderr()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in CHATTY:
        library = logging.getLogger(name)
        # A handler that does nothing keeps a library from adding one with a format of its own.
        library.handlers[:] = [logging.NullHandler()]
        library.propagate = True
        library.filters[:] = [_is_news]
        library.setLevel(level if level == "DEBUG" else max(logging.WARNING, getattr(logging, level)))
    logging.captureWarnings(True)
    threading.excepthook = _thread_failed


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a library's line says more than that a stop leaves work for the next start."""
    return not record.getMessage().startswith("Asyncio task cancelled for workflow or step")


def _thread_failed(failed: threading.ExceptHookArgs) -> Any:
    # A connection that could not be opened leaves a thread behind, which may outlive the loop it answers to.
    is_left_behind = isinstance(failed.exc_value, RuntimeError) and str(failed.exc_value) == "Event loop is closed"
    if failed.exc_value is not None and not is_left_behind:
        logging.getLogger("threads").error("a thread failed", exc_info=failed.exc_value)
