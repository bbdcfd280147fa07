"""A ComfyUI server of the user's own, with workflows of the user's own.

A call has an id that we choose, waits in the server's queue, and ends in its history, which it keeps until it is
started anew. Uploaded photos stay in its input folder: its API has no way to delete them.
"""

import hashlib
import secrets
import uuid
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp
from yarl import URL

from providers.comfyui.answer import MARK, Queue, entry_of, graph_item, history_of, id_of, queue_of, view_of
from providers.comfyui.declaration import ADDRESS
from providers.comfyui.errors import of_queued
from providers.comfyui.progress import News
from providers.comfyui.requirements import lacks
from providers.comfyui.server import Server
from providers.comfyui.workflow import Filling, Graph, Workflow, filled, load, prompt_id_of, seed_in
from providers.contract.errors import Misconfigured, ProviderError, Unavailable, UnknownOutcome
from providers.contract.provider import Fault, Health, Provider, Reference, Request, Result, Setup, Ticket
from providers.shared.download import PAUSE, Downloads

SEEDS = 2**32
RECENT = 200
"""Ended calls that are searched for one of ours."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: for an answer, between two looks at a call, and before a picture is asked for a second time."""

    answer: float = 60.0
    look: float = 2.0
    download: float = PAUSE


def build(setup: Setup, pace: Pace = Pace()) -> Provider:
    """A client of COMFYUI_URL for the models of MODELS_FILE whose provider is comfyui; raises SettingError."""
    base = ADDRESS.read(setup.settings)
    return ComfyUI(URL(base), {model.id: load(model) for model in setup.models}, pace)


class Lost(Unavailable):
    """The server knows a call no more and so is not drawing it; nothing was paid, and it may be asked for again."""


class ComfyUI:
    """Every picture is drawn with a seed, a random one when none was asked for."""

    def __init__(self, base: URL, workflows: Mapping[str, Workflow], pace: Pace) -> None:
        self._base = base
        self._workflows = workflows
        self._pace = pace
        self._client = str(uuid.uuid4())
        self._server = Server(base, pace.answer)
        self._news = News(lambda: self._server.socket(self._client))
        self._downloads = Downloads(str(base), pause=pace.download)

    async def submit(self, request: Request, key: str) -> Ticket:
        """The call's id in the queue; raises as Provider.submit says. Nothing is queued before the photos are there."""
        workflow = self._workflows[request.model]
        photos = [await self._uploaded(photo) for photo in request.references]
        seed = secrets.randbelow(SEEDS) if request.own_seed is None else request.own_seed
        graph = filled(workflow, request, Filling(photos, seed, key))
        await self._news.listen()
        return Ticket(external_id=await self._queued(graph, key, workflow.wire.output), model=request.model)

    async def collect(self, ticket: Ticket) -> Result:
        """Raises Unavailable when the server knows the call no more, as after a restart: drawing it again is free."""
        workflow = self._workflows.get(ticket.model)
        if workflow is None or not ticket.external_id:
            raise UnknownOutcome(f"{ticket.model!r} is no workflow of this server", cost=0)
        entry = await self._ended(ticket.external_id)
        view = (self._base / "view").with_query(view_of(entry, workflow.wire.output))
        item = graph_item(entry)
        seed = seed_in(item[2], workflow.wire) if len(item) > 2 else None
        return Result(await self._downloads.picture(str(view)), seed=seed)

    def progress(self, external_id: str) -> float | None:
        return self._news.progress(external_id)

    async def cancel(self, ticket: Ticket) -> None:
        """Stop or withdraw the call if it is before the server, and nobody else's. Raises Unavailable."""
        id_ = ticket.external_id or ""
        for _ in range(2):  # one that waits may begin to run just now
            queue = await self._queue()
            if queue.runs(id_):
                await self._server.post("interrupt", {"prompt_id": id_})
                return
            if not queue.waits(id_):
                return
            await self._server.post("queue", {"delete": [id_]})

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        """The call that has our key, in the queue or the history.

        None also when the server was started anew: it draws no call it knew before, so nothing is drawn twice.
        """
        try:
            entries = await self._server.get("history", prompt_id_of(key))
            queue = await self._queue()
            recent = history_of(await self._server.get("history", max_items=str(RECENT)))
        except ProviderError as exc:
            raise UnknownOutcome(exc.detail, cost=0) from exc
        calls = [*history_of(entries), *queue.running, *queue.waiting, *recent]
        return next((Ticket(id_, model=request.model) for id_, mark in calls if mark == key), None)

    async def check(self) -> Health:
        """What the workflows need and the server lacks; raises Misconfigured and Unavailable."""
        about = await self._server.get("system_stats")
        if not isinstance(about, dict) or "system" not in about:
            raise Misconfigured("this is no ComfyUI server")
        wanted = set().union(*(workflow.classes for workflow in self._workflows.values()))
        known = {one: await self._class(one) for one in sorted(wanted)}
        faults = [Fault(id_, lack) for id_, workflow in self._workflows.items() for lack in lacks(workflow, known)]
        return Health("the server answers, and has the nodes and the files that the workflows name", faults)

    async def aclose(self) -> None:
        await self._news.aclose()
        await self._server.aclose()

    async def _class(self, name: str) -> Mapping[str, Any]:
        """What the server says of a class of nodes; nothing for one that it does not have."""
        told = await self._server.get("object_info", name)
        about = told.get(name) if isinstance(told, dict) else None
        return about if isinstance(about, dict) else {}

    async def _uploaded(self, photo: Reference) -> str:
        """The name under which the server has a photo; the same photo has one name, so it is kept once."""
        form = aiohttp.FormData({"overwrite": "true", "type": "input"})
        name = f"likeness-{hashlib.sha256(photo.data).hexdigest()[:20]}.{photo.media_type.rpartition('/')[2]}"
        form.add_field("image", photo.data, filename=name, content_type=photo.media_type)
        try:
            answer = await self._server.upload(form)
        except UnknownOutcome as exc:
            raise Unavailable(exc.detail) from exc  # no call was sent yet
        if not isinstance(answer, dict) or not isinstance(given := answer.get("name"), str):
            raise Unavailable("the server did not say under which name it keeps a photo")
        return f"{answer['subfolder']}/{given}" if answer.get("subfolder") else given

    async def _queued(self, graph: Graph, key: str, output: str) -> str:
        """The id of a call that is sent now; the news of its end is kept for whoever collects it.

        Raises Broken when the server queued it although the node `output` has errors; then it is withdrawn.
        """
        wanted, id_ = prompt_id_of(key), ""
        sent = {"prompt": graph, "client_id": self._client, "prompt_id": wanted, "extra_data": {MARK: key}}
        self._news.expect(wanted)
        try:
            body = await self._server.post("prompt", sent)
            if problem := of_queued(body, output):
                await self._withdraw(body)
                raise problem
            id_ = id_of(body)
        finally:
            if id_ != wanted:  # nobody is going to wait for it
                self._news.forget(wanted)
        return id_

    async def _withdraw(self, body: Any) -> None:
        """Take a call out of the queue that would draw nothing we want; one that cannot be is left to run."""
        if isinstance(body, dict) and isinstance(id_ := body.get("prompt_id"), str):
            with suppress(ProviderError):
                await self._server.post("queue", {"delete": [id_]})

    async def _queue(self) -> Queue:
        return queue_of(await self._server.get("queue"))

    async def _ended(self, id_: str) -> Mapping[str, Any]:
        """The history of a call once it has ended; while the server cannot be asked, it is asked again."""
        try:
            while True:
                try:
                    if entry := await self._entry(id_):
                        return entry
                    await self._news.listen()
                except Lost as exc:
                    raise Unavailable(exc.detail) from exc
                except Unavailable:
                    pass  # it may be starting anew
                await self._news.wait(id_, self._pace.look)
        finally:
            self._news.forget(id_)

    async def _entry(self, id_: str) -> Mapping[str, Any] | None:
        """The history of a call, None while it is still before the server; raises Lost for one it knows no more."""
        if entry := entry_of(await self._server.get("history", id_), id_):
            return entry
        queue = await self._queue()
        if queue.runs(id_) or queue.waits(id_):
            return None
        if entry := entry_of(await self._server.get("history", id_), id_):  # it ended between the two questions
            return entry
        raise Lost("the server knows the call no more: it was withdrawn, or the server started anew")
