"""Logs for people at a terminal or as JSON lines, with the generation's id on every line that concerns one."""

import logging
import sys
from collections.abc import Mapping

import structlog

from bot.core.errors import BadSetting


def configure(settings: Mapping[str, str], *, quiet: bool = False) -> None:
    """Set up logging from LOG_FORMAT and LOG_LEVEL; `quiet` shows warnings alone unless a level is set.

    Raises BadSetting.
    """
    name = (settings.get("LOG_LEVEL") or ("warning" if quiet else "info")).upper()
    level = logging.getLevelNamesMapping().get(name)
    if level is None:
        raise BadSetting("LOG_LEVEL", f'use "debug", "info", "warning" or "error", not {name.lower()!r}')
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_ending(settings)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def _ending(settings: Mapping[str, str]) -> list[structlog.typing.Processor]:
    match settings.get("LOG_FORMAT") or "console":
        case "console":
            return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
        case "json":
            return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        case other:
            raise BadSetting("LOG_FORMAT", f'use "console" or "json", not {other!r}')
