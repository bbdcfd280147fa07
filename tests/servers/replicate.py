"""A loopback Replicate: predictions with their whole life, files, models, the account and the webhooks' secret."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from providers.contract.model import Model
from providers.contract.provider import Provider, Reference, Request
from providers.replicate.provider import build
from providers.replicate.transport import Timing
from tests.harness.setups import setup_of
from tests.servers.paid_api import PaidApi, cut, serving
from tests.servers.replicate_scenes import PLAYED, SCENES, Prediction, broken, picture, refusal

TOKEN = "r8_stage"
QUICK = Timing(first=0.001, longest=0.005, answer=1.0, connect=5.0, download=0.001)


@dataclass(frozen=True)
class Heard:
    """A request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    connection: int
    """The client's port: requests of one connection have the same."""


class Stage(PaidApi):
    """The server, and the real provider pointed at it."""

    scenes = SCENES
    secrets = (TOKEN,)

    def __init__(self) -> None:
        super().__init__()
        self.provider: Provider
        self.settings: dict[str, str] = {}
        self.models: tuple[Model, ...] = ()
        self.predictions: dict[str, Prediction] = {}
        self.files: dict[str, bytes] = {}
        self.heard: list[Heard] = []
        self.gone_models: set[str] = set()
        self.page_size = 3
        self.shows_webhooks = False
        self.holding = False
        """Whether predictions run on and on instead of ending."""
        self.list_shape: Any = None
        """What the list of predictions is instead, if anything."""
        self.upload_refusal: str | None = None
        self.polled = asyncio.Event()
        self.secret = "whsec_" + base64.b64encode(b"stage secret").decode()
        self._trouble: deque[str] = deque()

    @property
    def request(self) -> Request:
        photo = Reference(picture("a face"), "image/png", "face")
        return Request("black-forest-labs/flux-2-pro", "a red fox", (photo,), seed=7)

    @property
    def sold(self) -> Sequence[str]:
        return [one.id for one in self.predictions.values() if one.billed]

    def trouble(self, *refusals: str) -> None:
        """Let the next questions that cost nothing be refused so, in turn."""
        self._trouble.extend(refusals)

    def opened(self, timing: Timing = QUICK) -> Provider:
        """Another provider of the same account, as after a restart."""
        settings = {"REPLICATE_API_TOKEN": TOKEN, "REPLICATE_BASE_URL": self.origin, **self.settings}
        setup = setup_of("replicate", settings)
        if self.models:
            setup = type(setup)(settings=settings, models=self.models, run=setup.run, faces=setup.faces)
        return build(setup, timing)

    def only(self) -> Prediction:
        """The one prediction there is."""
        [prediction] = self.predictions.values()
        return prediction

    def ended(self, prediction: Prediction) -> None:
        """Let a prediction run to the end of its scene."""
        prediction.end(self.origin)

    def news(self, prediction: Prediction, *, at: float | None = None) -> tuple[dict[str, str], bytes]:
        """What Replicate posts to a webhook: headers and a body."""
        return self.signed(json.dumps(self._shown(prediction)).encode(), at=at)

    def signed(self, body: bytes, *, at: float | None = None) -> tuple[dict[str, str], bytes]:
        stamp = str(int(time.time() if at is None else at))
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        signature = base64.b64encode(
            hmac.digest(key, b"msg_1." + stamp.encode() + b"." + body, hashlib.sha256)
        ).decode()
        headers = {"Webhook-Id": "msg_1", "Webhook-Timestamp": stamp, "Webhook-Signature": f"v1,AAAA v1,{signature}"}
        return headers, body

    # ── the API ──────────────────────────────────────────────────────────────────────────────────────────

    def routes(self) -> list[web.RouteDef]:
        prediction = "/v1/predictions/{id}"
        return [
            web.post("/v1/models/{owner}/{name}/predictions", self._create),
            web.post("/v1/predictions", self._create),
            web.get("/v1/predictions", self._list),
            web.get(prediction, self._get),
            web.post(prediction + "/cancel", self._cancel),
            web.post("/v1/files", self._upload),
            web.get("/v1/account", self._account),
            web.get("/v1/models/{owner}/{name}", self._model),
            web.get("/v1/models/{owner}/{name}/versions/{version}", self._model),
            web.get("/v1/webhooks/default/secret", self._webhook_secret),
            web.get("/delivery/{id}/out.png", self._deliver),
        ]

    @web.middleware
    async def journal(self, request: web.Request, handler: Any) -> web.StreamResponse:
        assert request.transport is not None
        port = request.transport.get_extra_info("peername")[1]
        self.heard.append(Heard(request.method, request.path_qs, dict(request.headers), port))
        if request.path.startswith("/v1/"):
            if request.headers.get("Authorization") != f"Bearer {TOKEN}":
                return refusal("bad_key")
            if request.method == "GET" and self._trouble:
                return refusal(self._trouble.popleft())
        response: web.StreamResponse = await handler(request)
        return response

    async def _create(self, request: web.Request) -> web.StreamResponse:
        scene = self.next_scene()
        if scene == "cut_before":
            return cut(request)
        body = await request.json()
        if scene in PLAYED["refusals"]:
            return refusal(scene)
        prediction = self._accepted(request, body, scene)
        match scene:
            case "cut_after":
                return cut(request)
            case "timeout":
                return await self.never(request)
            case "gateway_gave_up":
                return web.json_response({"detail": "Gateway timeout"}, status=504)
            case "gateway_page":
                return web.Response(text="<html>Bad gateway</html>", content_type="text/html", status=502)
            case "gibberish":
                return web.Response(text="<html>Sign in to this network</html>", content_type="text/html")
        return web.json_response(self._shown(prediction), status=201)

    def _accepted(self, request: web.Request, body: dict[str, Any], scene: str) -> Prediction:
        path = request.match_info
        model = f"{path['owner']}/{path['name']}" if path else "me/mila"
        prediction = Prediction(
            f"prediction{len(self.predictions):04}", model, body.get("version", "hidden"), body["input"], scene,
            body.get("webhook"), dict(request.headers),
        )  # fmt: skip
        self.predictions[prediction.id] = prediction
        return prediction

    async def _get(self, request: web.Request) -> web.StreamResponse:
        prediction = self.predictions.get(request.match_info["id"])
        if prediction is None:
            return refusal("gone")
        match prediction.status:
            case "processing" if not self.holding:
                self.ended(prediction)
            case "starting" if prediction.scene == "aborted":
                self.ended(prediction)
            case "starting":
                prediction.begin()
        self.polled.set()
        return web.json_response(self._shown(prediction))

    async def _cancel(self, request: web.Request) -> web.StreamResponse:
        prediction = self.predictions.get(request.match_info["id"])
        if prediction is None:
            return refusal("gone")
        if prediction.status in ("starting", "processing"):
            prediction.status = "canceled"
        return web.json_response(self._shown(prediction))

    async def _list(self, request: web.Request) -> web.StreamResponse:
        if self.list_shape is not None:
            return web.json_response(self.list_shape)
        newest = list(reversed(self.predictions.values()))
        start = int(request.query.get("cursor", "0"))
        after = start + self.page_size
        more = f"https://api.replicate.com/v1/predictions?cursor={after}" if after < len(newest) else None
        shown = [self._shown(one) for one in newest[start:after]]
        return web.json_response({"previous": None, "next": more, "results": shown})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        part = await (await request.multipart()).next()
        assert part is not None
        assert part.name == "content"
        data = bytes(await part.read())
        if self.upload_refusal:
            return refusal(self.upload_refusal)
        id_ = f"file{len(self.files)}"
        self.files[id_] = data
        return web.json_response(
            {
                "id": id_, "name": part.filename, "content_type": part.headers["Content-Type"], "size": len(data),
                "etag": "0", "checksums": {"sha256": "0", "md5": "0"}, "metadata": {},
                "created_at": "2026-11-20T03:00:00.000Z", "expires_at": "2026-11-21T03:00:00.000Z",
                "urls": {"get": f"https://api.replicate.com/v1/files/{id_}"},
            },
            status=201,
        )  # fmt: skip

    async def _account(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"type": "organization", "username": "me", "name": None, "github_url": None})

    async def _model(self, request: web.Request) -> web.StreamResponse:
        name = f"{request.match_info['owner']}/{request.match_info['name']}"
        return refusal("gone") if name in self.gone_models else web.json_response({"name": name})

    async def _webhook_secret(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"key": self.secret})

    async def _deliver(self, request: web.Request) -> web.StreamResponse:
        prediction = self.predictions[request.match_info["id"]]
        match prediction.scene:
            case "html_instead":
                return web.Response(text="<html>Not here</html>", content_type="text/html")
            case "truncated_image" | "too_large":
                return await broken(request, prediction.scene)
        data = picture(str(prediction.input.get("seed", prediction.id)))
        return web.Response(body=data, content_type="image/png")

    def _shown(self, prediction: Prediction) -> dict[str, Any]:
        return prediction.shown(with_webhook=self.shows_webhooks)


@asynccontextmanager
async def staged(settings: Mapping[str, str] | None = None, models: Sequence[Model] = ()) -> AsyncIterator[Stage]:
    """A server on a free port of 127.0.0.1, and the provider of the shipped models, or of others."""
    async with serving(Stage()) as stage:
        stage.settings, stage.models = dict(settings or {}), tuple(models)
        stage.provider = stage.opened()
        try:
            yield stage
        finally:
            stage.closing.set()
            await stage.provider.aclose()
