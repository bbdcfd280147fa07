"""What the container image is made of, as far as that shows without building it."""

import json
import re
import sys
import tomllib
from asyncio.subprocess import DEVNULL, create_subprocess_exec
from pathlib import Path

from tests.operations.processes import ROOT, serving

DOCKERFILE = ROOT / "Dockerfile"


def instructions() -> list[tuple[str, str]]:
    """Each instruction and its arguments, continued lines joined."""
    text = re.sub(r"\\\n", " ", DOCKERFILE.read_text("utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def test_every_package_is_copied_and_let_through() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        packages = tomllib.load(file)["tool"]["importlinter"]["root_packages"]
    copied = [rest.split()[0] for word, rest in instructions() if word == "COPY" and not rest.startswith("--")]
    assert copied == ["requirements/runtime.txt", *packages]
    let_through = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[0] == "!"]
    assert sorted(let_through) == sorted(copied)


def test_everything_stands_on_one_base_that_cannot_change() -> None:
    (pinned, *others) = [rest for word, rest in instructions() if word == "FROM"]
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+@sha256:[0-9a-f]{64} AS base", pinned)
    assert [other.split()[0] for other in others] == ["base", "base"]


def test_it_runs_as_an_ordinary_user_on_pinned_packages() -> None:
    found = dict(instructions())
    assert found["USER"] == "10001:10001"
    assert found["STOPSIGNAL"] == "SIGTERM"
    assert any("--require-hashes" in rest for word, rest in instructions() if word == "RUN")


async def test_its_health_check_tells_a_living_process_from_a_dead_one(tmp_path: Path) -> None:
    health = dict(instructions())["HEALTHCHECK"]
    command = json.loads(health[health.index("CMD") + len("CMD") :])[1:]

    async def healthy(port: str) -> bool:
        process = await create_subprocess_exec(sys.executable, *command, env={"WEB_PORT": port}, stderr=DEVNULL)
        return await process.wait() == 0

    async with serving(tmp_path / "data", WEB_HOST="0.0.0.0", WEB_TOKEN="a long random text") as server:
        port = server.url.rpartition(":")[2]
        assert await healthy(port)
        assert await server.stop() == 0
    assert not await healthy(port)
