"""A running bot for tests: everything real, drawn by the shipped fake and the local looks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, select

from bot import wiring
from bot.core.chat.messages import Audience
from bot.core.runtime.ports import Clock
from bot.core.runtime.retry_policy import RetryPolicy
from bot.settings import Settings
from bot.wiring import Running
from providers.scripted import Scripted
from storage.db.database import Database
from storage.tables.schema import generations, images
from tests.harness.room import Room, Rooms

AT_ONCE = RetryPolicy(first=0.0, rest=0.0)
"""As many tries as ever, without the waits between them."""
MODELS = Path(__file__).with_name("models.toml")


@dataclass(slots=True)
class Bot:
    """The running bot, the platform tests talk on, and the fake provider behind it."""

    running: Running
    rooms: Rooms
    scripted: Scripted

    async def blob_of(self, image: str) -> Path:
        """The file in which the picture of an image ("i:…") is stored."""
        return await blob_of(self.running.database, images.c.id == image.removeprefix("i:"))

    def room(self, audience: Audience = "private") -> Room:
        """A new chat."""
        return Room(self.running.app, self.rooms, audience)


async def blob_of(database: Database, which: ColumnElement[bool]) -> Path:
    """The file in which the picture of an image is stored."""
    async with database.read() as tx:
        key = await tx.scalar(select(images.c.blob).join(generations).where(which))
    folder = Path(str(database.url.partition("///")[2])).parent / "blobs"
    return next(path for path in folder.rglob("*") if path.is_file() and key.endswith(path.name))


async def lose(database: Database, prompt: str, number: int) -> None:
    """Delete the file of one picture of a request."""
    (await blob_of(database, (generations.c.prompt == prompt) & (images.c.number == number))).unlink()


@asynccontextmanager
async def started(
    folder: Path, *, patience: RetryPolicy = AT_ONCE, clock: Clock = lambda: datetime.now(UTC), **settings: str
) -> AsyncIterator[Bot]:
    """A bot at work in a folder; `settings` go over those of tests."""
    given = {"DATA_DIR": str(folder), "MODELS_FILE": str(MODELS), "ACCESS": "open", **settings}
    async with wiring.running(Settings(given), patience=patience, clock=clock) as running:
        rooms = Rooms()
        running.fronts[rooms.platform] = rooms
        scripted = running.providers["scripted"]
        assert isinstance(scripted, Scripted)
        yield Bot(running, rooms, scripted)
