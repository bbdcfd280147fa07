"""What a ComfyUI server answers: its queue, its history, and where a picture lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from providers.comfyui.errors import of_answer, of_execution
from providers.contract.errors import NoImage, Unavailable, UnknownOutcome

MARK = "likeness"
"""The key under which `extra_data` holds our key of a call, for servers that choose their ids themselves."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The calls a server has before it, as (id, our key or None): one runs at a time, the others wait."""

    running: Sequence[tuple[str, str | None]] = ()
    waiting: Sequence[tuple[str, str | None]] = ()

    def runs(self, id_: str) -> bool:
        return any(one == id_ for one, _ in self.running)

    def waits(self, id_: str) -> bool:
        return any(one == id_ for one, _ in self.waiting)


def id_of(body: Any) -> str:
    """The id of a call that was queued; raises Broken for an error, else UnknownOutcome when no id is named."""
    if isinstance(body, dict) and body.get("error"):
        raise of_answer(400, body)
    if not isinstance(body, dict) or not isinstance(id_ := body.get("prompt_id"), str):
        raise UnknownOutcome("the server answered without an id of the call", cost=0)
    return id_


def queue_of(body: Any) -> Queue:
    """Its items are lists of number, id, graph, extra data and outputs. Raises Unavailable for what is no queue."""
    found = _object(body)
    return Queue(_calls(found.get("queue_running")), _calls(found.get("queue_pending")))


def history_of(body: Any) -> list[tuple[str, str | None]]:
    """The calls that have ended, as in a queue; raises Unavailable for what is no history."""
    return [(id_, _key(graph_item(entry))) for id_, entry in _object(body).items()]


def entry_of(body: Any, id_: str) -> Mapping[str, Any] | None:
    """The history of one call, None while it has not ended; raises Unavailable for what is no history."""
    entry = _object(body).get(id_)
    return entry if isinstance(entry, dict) else None


def graph_item(entry: Any) -> Sequence[Any]:
    """The queue's item of a call, as the history keeps it."""
    item = entry.get("prompt") if isinstance(entry, dict) else None
    return item if isinstance(item, list) else ()


def view_of(entry: Mapping[str, Any], node: str) -> dict[str, str]:
    """The query for the picture that `node` saved; previews, which are of type temp, do not count.

    Raises NoImage, and for a call that failed what became of it.
    """
    status = entry.get("status") or {}
    if status.get("status_str") == "error":
        raise of_execution(status.get("messages"))
    for image in (entry.get("outputs") or {}).get(node, {}).get("images", ()):
        if image.get("type") == "output":
            return {key: str(image.get(key, "")) for key in ("filename", "subfolder", "type")}
    raise NoImage(f"node {node} saved no picture", cost=0)


def _object(body: Any) -> Mapping[str, Any]:
    if not isinstance(body, dict):
        raise Unavailable("the server's answer cannot be read")  # a proxy before it may say that it starts anew
    return body


def _calls(items: Any) -> list[tuple[str, str | None]]:
    return [(str(item[1]), _key(item)) for item in items or () if isinstance(item, list) and len(item) > 1]


def _key(item: Sequence[Any]) -> str | None:
    extra = item[3] if len(item) > 3 else None
    key = extra.get(MARK) if isinstance(extra, dict) else None
    return key if isinstance(key, str) else None
