"""Floods of connections and bodies by strangers: the chat goes on answering, and its log and memory stay small."""

import asyncio
import resource
import sys
from asyncio.subprocess import PIPE, create_subprocess_exec
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from bot.fronts.web.access.rare_log import RareLog
from bot.fronts.web.access.rate_limits import RATES, Rate, RateLimiter
from tests.fronts.web.flooded import FILES
from tests.fronts.web.serving import Served, attach, send

ROOT = Path(__file__).parents[3]
IDLE = 1200
LOG_MOST = 20_000
"""Bytes of log; one line a kind of trouble is a few hundred."""
MEMORY_MOST = 400
"""Megabytes; the process takes about 150 at rest."""


@pytest.fixture
def many_files() -> Iterator[None]:
    """Room for the connections of the attacker, who is this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, IDLE * 2 + 1000), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@dataclass
class Flooded:
    """The address of the process, and after the block its log, open files and greatest memory in megabytes."""

    url: str
    port: int
    log: str = ""
    files: int = 0
    memory: int = 0
    held: list[asyncio.StreamWriter] = field(default_factory=list)

    async def connect(self, sent: bytes = b"") -> asyncio.StreamReader:
        """Open a connection, send the beginning of a request, and never end it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.held.append(writer)
        writer.write(sent)
        return reader

    def let_go(self) -> None:
        """Close what is held open."""
        while self.held:
            self.held.pop().close()

    async def health(self) -> int:
        async with aiohttp.ClientSession() as client, client.get(f"{self.url}/healthz") as response:
            return response.status


@asynccontextmanager
async def flooded(folder: Path) -> AsyncIterator[Flooded]:
    """A served chat in a process of its own."""
    command = (sys.executable, "-m", "tests.fronts.web.flooded", str(folder))
    process = await create_subprocess_exec(*command, cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE)
    assert process.stdout
    while not (line := await process.stdout.readline()).startswith(b"serving"):
        assert line, (await process.communicate())[1].decode()
    url = line.decode().split()[1]
    chat = Flooded(url, int(url.rpartition(":")[2]))
    try:
        yield chat
        chat.let_go()
        out, err = await process.communicate(b"")
        last = next(line for line in out.decode().splitlines() if line.startswith("ended"))
        chat.files, chat.memory = map(int, last.split()[1:])
        chat.log = out.decode() + err.decode()
    finally:
        chat.let_go()
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_more_idle_connections_than_files_stop_nobody_and_fill_no_log(tmp_path: Path, many_files: None) -> None:
    async with flooded(tmp_path) as chat:
        starts = (b"", b"GET / HTTP/1.1\r\nHost: x", b"POST /sign-in HTTP/1.1\r\n")
        for start in range(0, IDLE, 100):
            await asyncio.gather(*(chat.connect(starts[number % 3]) for number in range(start, start + 100)))
            assert await chat.health() == 200
    assert chat.files < FILES
    assert len(chat.log) < LOG_MOST, chat.log[:2000]


async def test_slow_and_large_bodies_of_strangers_take_no_memory(tmp_path: Path, many_files: None) -> None:
    async with flooded(tmp_path) as chat:
        host = chat.url.removeprefix("http://").encode()
        head = b" HTTP/1.1\r\nHost: " + host + b"\r\nOrigin: " + chat.url.encode() + b"\r\n"
        form = b"Content-Type: application/x-www-form-urlencoded\r\n"
        slow = b"POST /sign-in" + head + form + b"Content-Length: 9000\r\n\r\ntoken="
        await asyncio.gather(*(chat.connect(slow) for _ in range(100)))
        large = b"POST /api/events" + head + b"Content-Type: application/json\r\nContent-Length: 250000000\r\n\r\n"
        answers = await asyncio.gather(*(chat.connect(large + b"x" * 1_000_000) for _ in range(20)))
        for answer in answers:
            assert (await answer.readline()).startswith(b"HTTP/1.1 401")
        assert await chat.health() == 200
    assert chat.memory < MEMORY_MOST
    assert len(chat.log) < LOG_MOST, chat.log[:2000]


async def test_a_members_large_text_is_refused_before_it_is_read(team: Served) -> None:
    async with team.member("Ana") as tab:
        async with tab.post("/api/events", data=BytesIO(b"x" * (2**20 + 1))) as response:
            assert response.status == 413
        async with tab.post("/api/events", data=chunks()) as response:
            assert response.status == 413, "a body without a length is counted as it comes"
    assert team.app.heard == []


async def chunks() -> AsyncIterator[bytes]:
    for _ in range(40):
        yield b"x" * 2**15


async def test_a_file_that_is_too_large_is_refused(team: Served) -> None:
    async with team.member("Ana") as tab:
        assert (await attach(tab, {"a.jpg": b"x" * (25 * 2**20 + 1)}, text="hi")).status == 413
    assert team.app.heard == []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("typed", {"text": "hi"}), ("pressed", {"message": "m", "action": "v1:cancel:1"}),
     ("reacted", {"message": "m", "emoji": "x", "added": True}), ("filled", {"form": "f"})],
)  # fmt: skip
async def test_words_presses_reactions_and_forms_have_a_rate(
    team: Served, kind: str, fields: dict[str, object]
) -> None:
    async with team.member("Ana") as ana, team.member("Bob") as bob:
        for _ in range(RATES[kind].most):
            assert (await send(ana, kind, **fields)).status == 200
        refused = await send(ana, kind, **fields)
        assert refused.status == 429
        assert int(refused.headers["Retry-After"]) > 0
        assert "too much at once" in (await refused.json())["error"]
        assert (await send(bob, kind, **fields)).status == 200


async def test_uploads_have_a_rate_that_counts_files(team: Served) -> None:
    photos = {f"{number}.jpg": b"x" for number in range(10)}
    async with team.member("Ana") as tab:
        for _ in range(RATES["file"].most // len(photos)):
            assert (await attach(tab, photos, text="hi")).status == 200
        assert (await attach(tab, photos, text="hi")).status == 429


async def test_the_pages_for_strangers_have_a_rate_by_address(team: Served) -> None:
    async with team.tab() as tab:
        statuses = set()
        for _ in range(125):
            async with tab.get("/sign-in") as response:
                statuses.add(response.status)
    assert statuses == {200, 429}


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_rate_is_free_again_when_its_time_has_passed() -> None:
    clock = Clock()
    limiter = RateLimiter(Rate(2, 60), clock)
    assert limiter.take("ana") is None
    clock.now += 20
    assert limiter.take("ana") is None
    assert limiter.take("ana") == 40
    assert limiter.take("bob") is None
    clock.now += 40
    assert limiter.take("ana") is None
    assert limiter.take("ana") == 20


def test_a_limiter_forgets_the_key_that_was_unused_for_longest() -> None:
    limiter = RateLimiter(Rate(1))
    assert limiter.take("first") is None
    for number in range(10_000):
        limiter.take(str(number))
    assert limiter.take("first") is None


def test_trouble_of_a_kind_is_logged_once_a_minute_with_the_number_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    log = RareLog(clock)
    for _ in range(100):
        log.warning("wrong_token")
        log.warning("malformed")
    clock.now += 61
    log.warning("wrong_token")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "more_since_last=99" in lines[-1].replace("\x1b[35m", "").replace("\x1b[0m", "").replace("\x1b[36m", "")
