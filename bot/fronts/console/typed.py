"""What a typed line means: words with photos, a button, a reaction, or an answer to a message.

`@photo.jpg` or `@"a photo.jpg"` attaches, and so does a line that is nothing but a file's path, as terminals type it
when a file is dropped on them. `#2` presses button 2 of the newest message, `#5.2` that of message 5. `✅` or `+✅`
reacts and `-✅` takes it back. `> words` answers the newest pictures, `>5 words` message 5.
"""

import re
import shlex
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

_PRESS = re.compile(r"#(?:(\d+)\.)?(\d+)")
_REPLY = re.compile(r">(\d*)\s+(.+)", re.DOTALL)
_ATTACH = re.compile(r"""(?:^|(?<=\s))@("[^"]+"|'[^']+'|(?:\\.|[^\s"'\\])+)(?=\s|$)""")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".avif", ".tif", ".tiff", ".bmp")
_MODIFIERS = ("Sk", "Mn", "Me", "Cf")
"""Unicode categories of what may follow an emoji: skin tones, variation selectors, joiners."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button by its number under a message (None: the newest with buttons)."""

    message: int | None
    button: int


@dataclass(frozen=True, slots=True)
class Reacted:
    """An emoji on the newest pictures."""

    emoji: str
    added: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Words and files; in answer to the message numbered `to` (0: the newest pictures) or to none."""

    words: str
    files: tuple[Path, ...] = ()
    to: int | None = None


@dataclass(frozen=True, slots=True)
class NoSuchFile:
    """A file was named that is not there."""

    path: str


Line: TypeAlias = Pressed | Reacted | Said | NoSuchFile


def read(line: str) -> Line:
    """The meaning of a line that is not blank."""
    line = line.strip()
    if pressed := _PRESS.fullmatch(line):
        message, button = pressed.groups()
        return Pressed(int(message) if message else None, int(button))
    if is_emoji(line.removeprefix("+").removeprefix("-")):
        return Reacted(line.lstrip("+-"), not line.startswith("-"))
    if dropped := _dropped(line):
        return Said("", dropped)
    if replied := _REPLY.fullmatch(line):
        return _said(replied[2], int(replied[1] or 0))
    return _said(line, None)


def is_emoji(text: str) -> bool:
    """Whether a text is one or more pictographs and nothing else."""
    kinds = [unicodedata.category(char) for char in text]
    return "So" in kinds and all(kind == "So" or kind in _MODIFIERS for kind in kinds)


def files_of(text: str) -> tuple[Path, ...] | NoSuchFile:
    """The files of a list as terminals and shells write it, "@" before each or not."""
    try:
        names = [part.removeprefix("@") for part in shlex.split(text)]
    except ValueError:
        names = [text.strip().removeprefix("@")]
    paths = tuple(Path(name).expanduser() for name in names)
    missing = next((path for path in paths if not path.is_file()), None)
    return NoSuchFile(str(missing)) if missing else paths


def _dropped(line: str) -> tuple[Path, ...] | None:
    if not line.startswith(("/", "'/", '"/', "~/")):
        return None
    found = files_of(line)
    return None if isinstance(found, NoSuchFile) else found


def _said(line: str, to: int | None) -> Line:
    files: list[Path] = []
    words: list[str] = []
    at = 0
    for mention in _ATTACH.finditer(line):
        path = Path(_unquoted(mention[1])).expanduser()
        if path.is_file():
            files.append(path)
            words.append(line[at : mention.start()].rstrip())
            at = mention.end()
        elif path.suffix.casefold() in PICTURES or len(path.parts) > 1:
            return NoSuchFile(str(path))
    return Said("".join([*words, line[at:]]).strip(), tuple(files), to)


def _unquoted(name: str) -> str:
    if name[0] in "\"'":
        return name[1:-1]
    return re.sub(r"\\(.)", r"\1", name)
