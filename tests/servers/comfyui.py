"""A ComfyUI server on loopback: uploads, a queue that runs one graph at a time, a history, and news by web socket."""

import asyncio
import json
import uuid
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from aiohttp import web

from providers.comfyui import provider as comfyui
from providers.contract import errors
from providers.contract.model import Model
from providers.contract.provider import Provider, Request
from providers.registry import load_models
from tests.harness.setups import setup_of
from tests.servers import pictures
from tests.servers.paid_api import PaidApi, cut
from tests.servers.stage import FACE, HttpStage, Scenery, staging

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "comfyui"
PACE = comfyui.Pace(answer=1.5, look=0.01, download=0.0)
REQUEST = Request("kontext", "a red fox", FACE, seed=7)
AT_PROMPT: Mapping[str, tuple[int, Any]] = {
    "bad_input": (
        400,
        {
            "error": {"type": "prompt_outputs_failed_validation", "message": "Prompt outputs failed validation"},
            "node_errors": {
                "1": {
                    "class_type": "UNETLoader",
                    "errors": [{"message": "Value not in list", "details": "unet_name: 'x' not in []"}],
                }
            },
        },
    ),
    "bad_key": (401, None),
    "gone": (404, None),
    "unavailable": (500, None),
    "overloaded": (503, None),
    "rate_limited": (429, None),
    "gateway_timeout": (504, None),
}
"""Answers to POST /prompt that queue nothing; the server, or a proxy before it."""
NODES: Mapping[str, Mapping[str, Any]] = {
    "UNETLoader": {
        "unet_name": [["flux1-dev-kontext_fp8_scaled.safetensors", "other.safetensors"], {"tooltip": "the model"}],
        "weight_dtype": [["default", "fp8_e4m3fn"]],
    },
    "DualCLIPLoader": {
        "clip_name1": ["COMBO", {"options": ["clip_l.safetensors"]}],
        "clip_name2": ["COMBO", {"options": ["t5xxl_fp8_e4m3fn_scaled.safetensors"]}],
        "type": [["sdxl", "flux"]],
        "device": [["default", "cpu"], {"advanced": True}],
    },
    "VAELoader": {"vae_name": [["ae.safetensors", "pixel_space"]]},
    "LoadImage": {"image": [["example.png"], {"image_upload": True}]},
    "CLIPTextEncode": {"text": ["STRING", {"multiline": True}], "clip": ["CLIP", {}]},
    "KSampler": {
        "seed": ["INT", {"default": 0}],
        "sampler_name": [["euler", "heun"]],
        "scheduler": ["COMBO", {"multiselect": False, "options": ["simple", "karras"]}],
    },
    "SaveImage": {"images": ["IMAGE", {}], "filename_prefix": ["STRING", {"default": "ComfyUI"}]},
}
"""What /object_info says of some inputs, in its older form and in the newer."""
OUTPUTS = ("SaveImage", "PreviewImage")
MESSAGES: Mapping[str, list[Any]] = {
    "node_failed": ["execution_error", {"exception_type": "ValueError", "exception_message": "wrong shape"}],
    "out_of_memory": ["execution_error", {"exception_type": "torch.OutOfMemoryError", "exception_message": "full"}],
    "interrupted": ["execution_interrupted", {}],
}
"""What the history keeps of a call that failed."""
SCENES: Mapping[str, type[errors.ProviderError]] = {
    "bad_input": errors.Broken,
    "bad_key": errors.Misconfigured,
    "gone": errors.Misconfigured,
    "unavailable": errors.Unavailable,
    "overloaded": errors.Unavailable,
    "rate_limited": errors.RateLimited,
    "gateway_timeout": errors.UnknownOutcome,
    "timeout": errors.UnknownOutcome,
    "cut_before": errors.UnknownOutcome,
    "cut_after": errors.UnknownOutcome,
    "unreadable": errors.UnknownOutcome,
    "node_failed": errors.Broken,
    "out_of_memory": errors.Broken,
    "interrupted": errors.Unavailable,
    "no_image": errors.NoImage,
    "cancelled": errors.Unavailable,
    "aborted": errors.Unavailable,
    "truncated_image": errors.UnknownOutcome,
    "data_removed": errors.UnknownOutcome,
    "html_instead": errors.Unusable,
    "too_large": errors.Unusable,
}


@dataclass(slots=True)
class Job:
    """A graph before the server, or done: its number, id, graph, extra data, and how it is to end."""

    number: int
    id: str
    graph: Mapping[str, Any]
    extra: Mapping[str, Any]
    scene: str

    @property
    def item(self) -> list[Any]:
        return [self.number, self.id, self.graph, self.extra, ["14"]]

    @property
    def colour(self) -> str:
        return pictures.colour_of(self.graph["7"]["inputs"]["text"], self.graph["12"]["inputs"]["seed"])


class Api(PaidApi):
    """The server: uploads, the queue, the history and the news; nothing is billed on a machine of one's own."""

    def __init__(self) -> None:
        super().__init__()
        self.troubles: deque[str] = deque()
        """Answers to the next questions, instead of the true one: 503, cut, html."""
        self.uploads: dict[str, bytes] = {}
        self.running: list[Job] = []
        self.waiting: deque[Job] = deque()
        self.history: dict[str, Mapping[str, Any]] = {}
        self.sockets: dict[str, web.WebSocketResponse] = {}
        self.heard: list[tuple[str, str]] = []
        """Method and path of every request."""
        self.interrupts: list[Any] = []
        self.going = asyncio.Event()
        """While it is not set, the running call stays where it is."""
        self.going.set()
        self.news = asyncio.Event()
        """Set when something was put into the queue."""
        self.begun = asyncio.Event()
        """Set when a call has begun to run."""
        self.looked = asyncio.Event()
        """Set when somebody has looked into the queue."""
        self.own_ids = False
        """An older server, which chooses the ids itself."""
        self.renames = ""
        """The subfolder that it puts before the name of an uploaded photo."""
        self.deaf = False
        """A proxy before it lets no web socket through."""
        self.missing: set[str] = set()
        """Node classes it does not have."""
        self.about: dict[str, Mapping[str, Any]] = {}
        """What it says otherwise of node classes."""

    def routes(self) -> Iterable[web.RouteDef]:
        yield web.get("/ws", self.ws)
        yield web.post("/upload/image", self.upload)
        yield web.post("/prompt", self.prompt)
        yield web.get("/queue", self.queue)
        yield web.post("/queue", self.withdraw)
        yield web.post("/interrupt", self.interrupt)
        yield web.get("/history", self.ended)
        yield web.get("/history/{id}", self.ended)
        yield web.get("/view", self.view)
        yield web.get("/system_stats", self.stats)
        yield web.get("/object_info/{node}", self.info)

    @web.middleware
    async def journal(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.heard.append((request.method, request.path))
        if request.method == "GET" and request.path != "/ws" and self.troubles:
            kind = self.troubles.popleft()
            page = web.Response(text="<html>starting</html>", content_type="text/html")
            return cut(request) if kind == "cut" else page if kind == "html" else web.Response(status=int(kind))
        response: web.StreamResponse = await handler(request)
        return response

    async def ws(self, request: web.Request) -> web.StreamResponse:
        if self.deaf:
            return web.Response(status=403)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        client = request.query["clientId"]
        self.sockets[client] = socket
        await socket.send_json({"type": "status", "data": {"sid": client}})
        async for _ in socket:
            pass
        self.sockets.pop(client, None)
        return socket

    async def upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        image = form["image"]
        assert isinstance(image, web.FileField)
        assert form["type"] == "input"
        name = image.filename
        self.uploads[f"{self.renames}/{name}" if self.renames else name] = image.file.read()
        image.file.close()
        return web.json_response({"name": name, "subfolder": self.renames, "type": "input"})

    async def prompt(self, request: web.Request) -> web.StreamResponse:
        scene = self.next_scene()
        if scene == "cut_before":
            return cut(request)
        body = await request.json()
        if scene in AT_PROMPT:
            status, answer = AT_PROMPT[scene]
            return web.json_response(answer, status=status)
        job = self._queued(body, scene)
        match scene:
            case "timeout":
                return await self.never(request)
            case "cut_after":
                return cut(request)
            case "unreadable":
                return web.Response(text="<html>hello</html>")
            case _:
                pass
        return web.json_response({"prompt_id": job.id, "number": job.number, "node_errors": {}})

    def _queued(self, body: Mapping[str, Any], scene: str) -> Job:
        extra = {**body.get("extra_data", {}), "client_id": body["client_id"]}
        id_ = str(uuid.uuid4()) if self.own_ids else body["prompt_id"]
        job = Job(self.posts, id_, body["prompt"], extra, scene)
        if scene not in ("cancelled", "aborted"):  # somebody withdrew it, or the server started anew
            self.waiting.append(job)
        self.news.set()
        return job

    async def queue(self, request: web.Request) -> web.Response:
        self.looked.set()
        running, waiting = [job.item for job in self.running], [job.item for job in self.waiting]
        return web.json_response({"queue_running": running, "queue_pending": waiting})

    async def withdraw(self, request: web.Request) -> web.Response:
        ids = (await request.json())["delete"]
        self.waiting = deque(job for job in self.waiting if job.id not in ids)
        return web.Response()

    async def interrupt(self, request: web.Request) -> web.Response:
        self.interrupts.append(await request.json())
        for job in self.running:
            job.scene = "interrupted"
        self.going.set()
        return web.Response()

    async def ended(self, request: web.Request) -> web.Response:
        id_ = request.match_info.get("id")
        return web.json_response({one: entry for one, entry in self.history.items() if id_ in (None, one)})

    async def view(self, request: web.Request) -> web.StreamResponse:
        assert request.query["type"] == "output"
        scene, colour = request.query["subfolder"], request.query["filename"].removesuffix(".png")
        return await pictures.served(request, scene, colour)

    async def stats(self, request: web.Request) -> web.Response:
        return web.json_response({"system": {"comfyui_version": "0.3.70"}, "devices": []})

    async def info(self, request: web.Request) -> web.Response:
        node = request.match_info["node"]
        about = {"input": {"required": NODES.get(node, {})}, "output_node": node in OUTPUTS}
        return web.json_response({} if node in self.missing else {node: {**about, **self.about.get(node, {})}})

    async def work(self) -> None:
        """Run what is in the queue, one graph at a time."""
        while True:
            await self.news.wait()
            self.news.clear()
            while self.waiting:
                self.running = [job := self.waiting.popleft()]
                self.begun.set()
                await self._tell(job, "executing", node="12")
                await self._tell(job, "progress", node="12", value=3, max=4)
                await self.going.wait()
                self.running = []
                self.history[job.id] = self._entry(job)
                await self._tell(job, "executing", node=None)

    async def _tell(self, job: Job, kind: str, **data: Any) -> None:
        socket = self.sockets.get(job.extra["client_id"])
        if socket and not socket.closed:
            await socket.send_bytes(b"a preview")
            await socket.send_json({"type": kind, "data": {**data, "prompt_id": job.id}})

    def _entry(self, job: Job) -> Mapping[str, Any]:
        """What the history keeps of a call; the same graph a second time comes from the cache and saves nothing."""
        told = MESSAGES.get(job.scene)
        if told:
            data = {"node_id": "12", "node_type": "KSampler", "prompt_id": job.id, **told[1]}
            status = {"status_str": "error", "completed": False, "messages": [[told[0], data]]}
            return {"prompt": job.item, "outputs": {}, "status": status}
        cached = any(json.dumps(job.graph) == json.dumps(one["prompt"][2]) for one in self.history.values())
        kind = "temp" if job.scene == "no_image" else "output"
        image = {"filename": f"{job.colour}.png", "subfolder": job.scene, "type": kind}
        if kind == "output" and job.scene not in ("timeout", "cut_after", "unreadable"):
            self.sell(job.id)
        outputs = {} if cached else {"14": {"images": [{**image, "type": "temp"}, image]}}
        return {"prompt": job.item, "outputs": outputs, "status": {"status_str": "success", "completed": True}}


ComfyStage: TypeAlias = HttpStage[Api]


def example() -> Model:
    """The model of docs/examples, its workflow found from wherever the tests are started."""
    [model] = [one for one in load_models(EXAMPLE / "models.toml").models if one.provider == "comfyui"]
    return replace(model, wire={**model.wire, "workflow": str(EXAMPLE / "flux-kontext.json")})


def built(url: str, pace: comfyui.Pace = PACE) -> Provider:
    return comfyui.build(replace(setup_of("comfyui", {"COMFYUI_URL": url}), models=(example(),)), pace)


@asynccontextmanager
async def staged() -> AsyncIterator[ComfyStage]:
    api = Api()
    working = asyncio.create_task(api.work())
    try:
        async with staging(api, lambda api: built(api.origin), Scenery(REQUEST, SCENES)) as stage:
            yield stage
    finally:
        working.cancel()
        await asyncio.wait([working])
