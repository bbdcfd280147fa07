"""What every test stands on: an empty environment, no network but loopback, and a database server if asked for."""

import os
from collections.abc import Iterator

import pytest
from pytest_socket import socket_allow_hosts

from tests.harness.postgres import Postgres, served

KEPT = ("HOME", "PATH", "XDG_RUNTIME_DIR", "TMPDIR")
LOOPBACK = ["127.0.0.1", "::1", "localhost"]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test, and no test reaches the network."""
    for key in [key for key in os.environ if key not in KEPT and not key.startswith(("PYTEST", "COV"))]:
        monkeypatch.delenv(key)
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A server that lives as long as the tests."""
    with served(tmp_path_factory.mktemp("runtime")) as server:
        yield server
