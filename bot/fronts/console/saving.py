"""Finished pictures as files in a folder: full size, marked as AI-generated."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.core.chat.messages import Document, Outgoing, Show, Text, Who, say
from bot.fronts.common.app_port import ChatApp, NoSuchPicture
from bot.fronts.common.contents import lost, pictures_of


@dataclass(frozen=True, slots=True)
class Saved:
    """The files of one message, and what could not be saved."""

    files: tuple[Path, ...] = ()
    problems: tuple[Text, ...] = ()


class Folder:
    """Saves what `who` is shown; each picture once in a life."""

    def __init__(self, app: ChatApp, who: Who, path: Path) -> None:
        self._app = app
        self._who = who
        self._path = path
        self._known: dict[str, Path] = {}

    async def save(self, outgoing: Outgoing) -> Saved:
        """Write the pictures and files of a message; references and previews stay where they are."""
        files: list[Path] = []
        problems: list[Text] = []
        gone: set[str] = set()
        for id_ in _wanted(outgoing):
            try:
                if id_ not in self._known:
                    self._known[id_] = await self._write(id_)
                files.append(self._known[id_])
            except NoSuchPicture:
                gone.add(id_)
            except OSError as exc:
                reason = exc.strerror or str(exc)
                problems.append(say("console-not-saved", folder=str(self._path), reason=reason))
        shown = [picture for picture in pictures_of(outgoing) if picture.id in gone]
        return Saved(tuple(files), (*problems, *lost(shown, ())))

    async def _write(self, id_: str) -> Path:
        file = await self._app.picture(id_, self._who, "original")
        path = self._path / Path(file.name).name
        await asyncio.to_thread(_write_whole, path, file.data)
        return path


def _wanted(outgoing: Outgoing) -> list[str]:
    match outgoing:
        case Show(pictures=pictures):
            return [picture.id for picture in pictures if picture.id.startswith("i:")]
        case Document(file=file):
            return [file]
        case _:
            return []


def _write_whole(path: Path, data: bytes) -> None:
    """Write a file all or not at all; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.chmod(part.parent.stat().st_mode & 0o666)  # as open as its folder; the bot's own files are nobody else's
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise
