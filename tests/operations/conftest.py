"""Logging as the tests found it, for those that run the program inside the test process."""

import logging
import threading
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import NOISY

pytest.register_assert_rewrite("tests.operations.books")


@pytest.fixture
def own_logging() -> Iterator[None]:
    """Put the process's logging back afterwards."""
    root = logging.getLogger()
    loggers = [root, *map(logging.getLogger, NOISY)]
    before = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    hook = threading.excepthook
    yield
    for logger, handlers, level, propagate in before:
        logger.handlers[:], logger.propagate, logger.filters[:] = handlers, propagate, []
        logger.setLevel(level)
    threading.excepthook = hook
    logging.captureWarnings(False)
    structlog.reset_defaults()
