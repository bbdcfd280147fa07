"""A running bot and a crowd that keeps it busy: everything is real but the chat platform and the image model."""

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from benchmarks.inputs import Photos, Pictures
from bot import logs, wiring
from bot.core.chat.messages import Command, MessageRef, Outgoing, Place, Progress, Show, Who
from bot.core.consent.rules import WORDING
from bot.core.incoming.app import App
from bot.gc_tuning import freeze
from bot.settings import Settings
from providers.contract.provider import Request, Result, Ticket
from storage.db.database import Database
from storage.tables import consents, people, settings, workspaces
from storage.tables.consents import Consent, Subject
from storage.tables.enums import SubjectKind
from storage.tables.owners import Scope

PLATFORM = "quiet"
PEOPLE = 24
AT_ONCE = 2
"""Requests each of them waits for; the provider's queue lets 24 images through at once."""
NO_LIMITS = {
    "limit-images-day": 10**9, "limit-micro-month": 10**15, "limit-requests-minute": 10**9,
    "limit-images-waiting": 10**9, "limit-confirm-images": 10**9, "limit-confirm-micro": 10**15,
}  # fmt: skip
MODELS = Path(__file__).with_name("models.toml")


class Instant:
    """An image model that answers at once, or after `delay` seconds, each time with another picture.

    `begun` says when each prompt's last call came in.
    """

    def __init__(self) -> None:
        self.delay = 0.0
        self.begun: dict[str, float] = {}
        self._pictures = Pictures()

    async def submit(self, request: Request, key: str) -> Ticket:
        self.begun[request.prompt] = time.perf_counter()
        if self.delay:
            await asyncio.sleep(self.delay)
        return Ticket(result=Result(self._pictures.new()))

    async def collect(self, ticket: Ticket) -> Result:
        assert ticket.result is not None
        return ticket.result

    async def cancel(self, ticket: Ticket) -> None: ...

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        return None

    async def check(self) -> Sequence[str]:
        return ()

    async def aclose(self) -> None: ...


@dataclass(slots=True)
class Quiet:
    """A chat platform on which nothing is shown."""

    platform: str = PLATFORM
    waiting: dict[str, asyncio.Future[Outgoing]] = field(default_factory=dict)

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef:
        if not isinstance(outgoing, Progress):
            self.result(key.removeprefix("result:")).set_result(outgoing)
        return instead_of or MessageRef(PLATFORM, place.chat, key)

    async def remove(self, ref: MessageRef) -> None: ...

    def result(self, generation: str) -> asyncio.Future[Outgoing]:
        """What becomes the result of a generation."""
        return self.waiting.setdefault(generation, asyncio.get_running_loop().create_future())


@dataclass(frozen=True, slots=True)
class Attached:
    """A photo as it arrives with a message."""

    data: bytes
    name: str = "photo.jpg"

    @property
    def size(self) -> int:
        return len(self.data)

    async def read(self) -> bytes:
        return self.data


@dataclass(frozen=True, slots=True)
class Crowd:
    """People whom the bot knows, each in a chat of their own, and the photos they send."""

    app: App
    front: Quiet
    photos: Photos
    model: Instant

    async def imagine(
        self, person: int, references: int = 0, *, count: int = 1, words: str = "a red fox in the snow"
    ) -> asyncio.Future[Outgoing]:
        """Ask for pictures; what will be the result."""
        said: list[Outgoing] = []

        async def speak(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef:
            said.append(outgoing)
            return MessageRef(PLATFORM, str(person), uuid4().hex)

        sent = tuple(Attached(self.photos.new()) for _ in range(references))
        command = Command(
            event_id=uuid4().hex, place=Place(PLATFORM, str(person)), who=_who(person), locale="en", name="imagine",
            options={"prompt": words, "count": str(count)}, photos=sent,
        )  # fmt: skip
        await self.app.handle(command, speak)
        [progress] = [one for one in said if isinstance(one, Progress)]
        return self.front.result(progress.buttons[0][0].action.rpartition(":")[2])

    async def busy(self, images: int, references: int) -> None:
        """Let everybody ask for pictures, one after the other, until there are so many."""
        left = iter(range(images))

        async def ask(person: int) -> None:
            for _ in left:
                result = await self.imagine(person, references)
                assert isinstance(await result, Show)

        await asyncio.gather(*(ask(person) for person in range(PEOPLE) for _ in range(AT_ONCE)))


@asynccontextmanager
async def crowd(folder: Path, size: int = PEOPLE) -> AsyncIterator[Crowd]:
    """A crowd of this size and the bot that serves it."""
    given = {
        "DATA_DIR": str(folder), "MODELS_FILE": str(MODELS), "ACCESS": "open", "SPEND_LIMIT_USD_MONTH": "1000000",
        "LOG_FORMAT": "json",
    }  # fmt: skip
    logs.configure(Settings(given).logs)
    async with _logged(folder / "log"), wiring.running(Settings(given)) as bot:
        served = bot.app._services.drawing.providers
        assert isinstance(served, dict)
        served["scripted"] = model = Instant()
        bot.fronts[PLATFORM] = front = Quiet()
        await _known(bot.database, range(size))
        freeze()
        yield Crowd(bot.app, front, Photos(), model)


@asynccontextmanager
async def _logged(file: Path) -> AsyncIterator[None]:
    """What is logged goes to a file, as it would in earnest."""
    with file.open("w") as lines, redirect_stderr(lines):
        yield


async def _known(database: Database, crowd: Sequence[int]) -> None:
    """Let the bot have met everybody, without limits, and with their word that their photos show themselves."""
    async with database.write() as tx:
        for person in crowd:
            user = await people.find_or_add(tx, PLATFORM, str(person), f"Person {person}", 0)
            workspace = await workspaces.find_or_add(tx, PLATFORM, str(person), "private", 0)
            await workspaces.join(tx, workspace.id, user.id)
            await consents.add(tx, Consent(user.id, Subject(SubjectKind.USER, user.id), "me", WORDING), 0)
            for key, value in NO_LIMITS.items():
                await settings.put(tx, Scope.user(user.id), key, value)


def _who(person: int) -> Who:
    return Who(PLATFORM, str(person), f"Person {person}")
