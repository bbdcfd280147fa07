"""A ZIP of what we keep about a person: rows as JSON, pictures and photos as files."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any, TypeAlias

from bot.core.chat.errors import UserError
from bot.core.chat.messages import Who
from bot.core.media.pictures import NoSuchPicture, PictureFile, originals
from bot.core.runtime import drafts
from bot.core.runtime.context import Services
from bot.core.runtime.drafts import Export
from storage.db.ids import when
from storage.privacy import personal_data_map
from storage.tables import people

Rows: TypeAlias = Mapping[str, Iterable[Mapping[str, Any]]]

_FOLDERS = {"r": "photos", "i": "pictures"}
_LOST = "lost.json"
"""Names what could not be read, or was deleted since."""
_INNER = ("blob", "thumbnail")
"""Columns with blob keys, left out of exports."""
_RECIPE = (
    "command", "prompt", "final_prompt", "model", "aspect", "size", "parameters", "persona_id", "parent_image_id",
)  # fmt: skip


async def exported(services: Services, draft_id: str, viewer: Who) -> PictureFile:
    """One file of an export of `viewer`; raises NoSuchPicture for anybody else's and once its time is over."""
    async with services.database.read() as tx:
        user = await people.find(tx, viewer.platform, viewer.id)
        try:
            draft = await drafts.get(tx, draft_id, Export)
        except UserError as exc:
            raise NoSuchPicture(draft_id) from exc
        if not user or draft.user != user.id or draft.expires_at <= services.now():
            raise NoSuchPicture(draft_id)
        rows = await personal_data_map.rows(tx, user.id) if draft.data.rows else {}
    found = await originals(services, draft.data.files, viewer)
    files = {_path(id_) + PurePath(file.name).suffix: file.data for id_, file in found.items() if file}
    lost = [_path(id_) for id_, file in found.items() if file is None]
    texts = _texts(rows) | ({_LOST: json.dumps(lost, indent=2)} if lost else {})
    data = await services.studio.run(_packed, files, texts)
    return PictureFile(data, "application/zip", f"likeness-export-{draft_id[-8:]}.zip")


def _path(id_: str) -> str:
    """Where a picture or photo stands in the archive, without its ending."""
    kind, _, row = id_.partition(":")
    return f"{_FOLDERS[kind]}/{row}"


def _texts(rows: Rows) -> dict[str, str]:
    """The rows as JSON, a file for each table; each picture has its recipe beside it."""
    requests = {row["id"]: row for row in rows.get("generations", ())}
    texts: dict[str, str] = {}
    for table, found in rows.items():
        plain = [_plain(row) for row in found]
        if table == "images":
            plain = [{**row, "recipe": _recipe(row, requests[row["generation_id"]])} for row in plain]
        texts[f"rows/{table}.json"] = json.dumps(plain, indent=2, ensure_ascii=False)
    return texts


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for people: moments as ISO times in UTC."""
    return {
        name: when(value).isoformat() if name.endswith("_at") and value is not None else value
        for name, value in row.items()
        if name not in _INNER
    }


def _recipe(image: Mapping[str, Any], request: Mapping[str, Any]) -> dict[str, Any]:
    return {name: request[name] for name in _RECIPE} | {"seed": image["seed"], "number": image["number"]}


def _packed(files: Mapping[str, bytes], texts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:  # pictures are compressed already
        for name, data in files.items():
            archive.writestr(name, data)
        for name, text in texts.items():
            archive.writestr(name, text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
