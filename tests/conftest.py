"""What every test stands on: an empty environment and no network but loopback."""

import os

import pytest
from pytest_socket import socket_allow_hosts

KEPT = ("HOME", "PATH", "XDG_RUNTIME_DIR", "TMPDIR")
LOOPBACK = ["127.0.0.1", "::1", "localhost"]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test, and no test reaches the network."""
    for key in [key for key in os.environ if key not in KEPT and not key.startswith(("PYTEST", "COV"))]:
        monkeypatch.delenv(key)
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)
