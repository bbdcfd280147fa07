"""The Gemini API on loopback, as /v1 and /v1beta of google-genai 3.3 speak it; its answers are in gemini.json."""

import asyncio
import base64
import json
import re
import zlib
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from aiohttp import web
from PIL import Image

from providers.contract import errors
from providers.contract.model import Model
from providers.contract.provider import Provider, Reference, Request
from providers.gemini import provider as gemini
from tests.harness.setups import setup_of, shipped

KEY = "AIzaSyTest-0f7d6c5b4a39281706f5e4d3c2b1a0"
PHOTO = (Path(__file__).parents[1] / "photos" / "woman.jpg").read_bytes()
ANSWERS: Mapping[str, Mapping[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
DEADLINE = 1.5
"""Seconds the stage's client waits for an answer that never comes."""
ASPECTS = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", "1:4", "4:1", "1:8", "8:1"]
PAGE = "<!doctype html><title>Sign in</title>"

SCENES: Mapping[str, type[errors.ProviderError]] = {
    "refused_prompt": errors.Refused,
    "refused_photo": errors.Refused,
    "refused_result": errors.Refused,
    "prohibited_result": errors.Refused,
    "account_limited": errors.Misconfigured,
    "no_image": errors.NoImage,
    "text_only": errors.NoImage,
    "only_draft": errors.NoImage,
    "transient": errors.NoImage,
    "unheard_of": errors.NoImage,
    "to_be_continued": errors.NoImage,
    "empty": errors.NoImage,
    "truncated_image": errors.NoImage,
    "broken_base64": errors.NoImage,
    "too_large": errors.NoImage,
    "rate_limited": errors.RateLimited,
    "rate_limited_with_delay": errors.RateLimited,
    "out_of_credit": errors.OutOfCredit,
    "spending_cap": errors.OutOfCredit,
    "prepaid_spent": errors.OutOfCredit,
    "no_billing": errors.OutOfCredit,
    "bad_key": errors.Misconfigured,
    "echoed_key": errors.Misconfigured,
    "wrong_region": errors.Misconfigured,
    "html_instead": errors.Misconfigured,
    "redirected": errors.Misconfigured,
    "gone": errors.Gone,
    "bad_input": errors.BadInput,
    "bad_photo": errors.BadInput,
    "short_deadline": errors.BadInput,
    "lost_signature": errors.BadInput,
    "unavailable": errors.Unavailable,
    "overloaded": errors.Unavailable,
    "internal": errors.Unavailable,
    "deadline_exceeded": errors.Unavailable,
    "gateway_page": errors.UnknownOutcome,
    "gateway_timeout": errors.UnknownOutcome,
    "not_the_api": errors.UnknownOutcome,
    "timeout": errors.UnknownOutcome,
    "cut_before": errors.UnknownOutcome,
    "cut_after": errors.UnknownOutcome,
    "cut_in_answer": errors.UnknownOutcome,
}
PAGES = {"html_instead": 200, "gateway_page": 502, "gateway_timeout": 504}
LARGE = {"too_large": 41, "endless": 65}
"""Megabytes of base64 that a scene has."""
CUT = {"timeout", "cut_after", "cut_in_answer"}
"""The scenes whose answer is lost."""
PAID = {*CUT, *LARGE, "gateway_page", "gateway_timeout", "truncated_image", "broken_base64", "url_safe"}
"""The scenes that are billed, beside the answers that came in good order."""


@dataclass(frozen=True, slots=True)
class Order:
    """A paid call as it arrived: its keys in camelCase, its photos decoded."""

    version: str
    model: str
    roles: Sequence[str]
    parts: Sequence[str | tuple[str, bytes]]
    """The words, or the type and bytes of a photo."""
    body: Mapping[str, Any]
    headers: Mapping[str, str]

    @property
    def config(self) -> Mapping[str, Any]:
        config: Mapping[str, Any] = self.body.get("generationConfig", {})
        return config

    @property
    def prompt(self) -> str:
        return " ".join(part for part in self.parts if isinstance(part, str))


class Api:
    """The server's own side: what it plays next and what it saw."""

    def __init__(self) -> None:
        self.posts = 0
        self.sold: list[str] = []
        self.orders: list[Order] = []
        self.models = [model.at_provider for model in shipped("gemini")]
        """What it serves."""
        self.playing: deque[str] = deque()
        self.closing = asyncio.Event()

    def application(self) -> web.Application:
        application = web.Application(client_max_size=2**30)
        application.router.add_post(r"/{version:v1|v1beta}/models/{model}:generateContent", self.paid)
        application.router.add_get(r"/{version:v1|v1beta}/models/{model}", self.told)
        return application

    async def paid(self, request: web.Request) -> web.StreamResponse:
        self.posts += 1
        scene = self.playing.popleft() if self.playing else "picture"
        if scene == "cut_before":
            return cut(request)
        if scene == "cut_within":
            await request.content.readany()
            return cut(request)
        order = await order_of(request)
        self.orders.append(order)
        if (wrong := self.wrong(order)) is not None:
            return answer(wrong, order)
        if scene in PAID or ANSWERS.get(scene, {}).get("status") == 200:
            self.sold.append(f"call-{len(self.sold) + 1}")
        if scene in CUT:
            return await self.lost(scene, request)
        return await large(request, LARGE[scene]) if scene in LARGE else answer(scene, order)

    def wrong(self, order: Order) -> str | None:
        """What is wrong with a call, as the scene that plays the answer to it."""
        image = order.config.get("imageConfig", {})
        photos = [part for part in order.parts if isinstance(part, tuple)]
        if order.headers.get("x-goog-api-key") != KEY:
            return "bad_key"
        if order.model not in self.models:
            return "gone"
        if int(order.headers.get("X-Server-Timeout", "10")) < 10:
            return "short_deadline"
        if image.get("aspectRatio", "1:1") not in ASPECTS or image.get("imageSize", "1K") not in ("1K", "2K", "4K"):
            return "bad_input"
        if len(photos) > 14 or any(not data.startswith((b"\xff\xd8", b"\x89PNG")) for _, data in photos):
            return "bad_photo"
        return None

    async def lost(self, scene: str, request: web.Request) -> web.StreamResponse:
        if scene == "timeout":
            await self.closing.wait()
        return await half(request) if scene == "cut_in_answer" else cut(request)

    async def told(self, request: web.Request) -> web.StreamResponse:
        """What there is to know of one model."""
        if self.playing and self.playing[0] in PAGES:
            return page(self.playing.popleft())
        model = request.match_info["model"]
        if request.headers.get("x-goog-api-key") != KEY:
            return web.json_response(ANSWERS["bad_key"]["body"], status=400)
        if model not in self.models:
            return web.json_response(ANSWERS["gone"]["body"], status=404)
        return web.json_response({"name": f"models/{model}", "version": "1", "inputTokenLimit": 65536})


@dataclass(frozen=True, slots=True)
class GeminiStage:
    """The server and the provider pointed at it."""

    api: Api
    provider: Provider
    request: Request
    scenes: Mapping[str, type[errors.ProviderError]]

    def play(self, *scenes: str) -> None:
        self.api.playing.extend(scenes)

    @property
    def posts(self) -> int:
        return self.api.posts

    @property
    def sold(self) -> Sequence[str]:
        return self.api.sold


@asynccontextmanager
async def staged(
    models: tuple[Model, ...] | None = None, *, key: str = KEY, deadline: float = DEADLINE
) -> AsyncIterator[GeminiStage]:
    """The API and the real provider of these models (the shipped ones), with a short deadline."""
    api = Api()
    runner = web.AppRunner(api.application(), shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    settings = {"GEMINI_API_KEY": key, "GOOGLE_GEMINI_BASE_URL": f"http://127.0.0.1:{runner.addresses[0][1]}"}
    hurried = tuple(
        replace(model, capabilities=replace(model.capabilities, deadline=deadline))
        for model in models or shipped("gemini")
    )
    provider = gemini.build(replace(setup_of("gemini", settings), models=hurried))
    request = Request(hurried[0].id, "the same woman at the sea", (Reference(PHOTO, "image/jpeg", "face"),))
    try:
        yield GeminiStage(api, provider, request, SCENES)
    finally:
        api.closing.set()
        await provider.aclose()
        await runner.cleanup()


async def order_of(request: web.Request) -> Order:
    """A paid call, read whole."""
    body = camel(json.loads(await request.read()))
    parts = [part for content in body["contents"] for part in content["parts"]]
    return Order(
        version=request.match_info["version"],
        model=request.match_info["model"],
        roles=[content["role"] for content in body["contents"]],
        parts=[part["text"] if "text" in part else photo_of(part["inlineData"]) for part in parts],
        body=body,
        headers=request.headers,
    )


def camel(found: Any) -> Any:
    """The same with every key in camelCase: the API takes both spellings."""
    if isinstance(found, dict):
        return {re.sub(r"_(\w)", lambda m: m[1].upper(), key): camel(value) for key, value in found.items()}
    return [camel(one) for one in found] if isinstance(found, list) else found


def photo_of(blob: Mapping[str, str]) -> tuple[str, bytes]:
    """A photo in either alphabet of base64."""
    return blob["mimeType"], base64.b64decode(blob["data"].replace("-", "+").replace("_", "/"), validate=True)


def answer(scene: str, order: Order) -> web.Response:
    if scene in PAGES:
        return page(scene)
    if scene == "redirected":
        return web.Response(status=307, headers={"Location": "/v1/models/elsewhere:generateContent"})
    picture = base64.b64encode(drawn(colour_of(order.prompt))).decode()
    told = ANSWERS["picture"]
    match scene:
        case "truncated_image":
            picture = base64.b64encode(drawn(colour_of(order.prompt))[:-30]).decode()
        case "broken_base64":
            picture = "%" + picture
        case "url_safe":
            picture = picture.replace("+", "-").replace("/", "_")
        case _:
            told = ANSWERS[scene]
    words = {"PICTURE": picture, "DRAFT": base64.b64encode(drawn("000000")).decode(), "KEY": KEY, "MODEL": order.model}
    body = re.sub("|".join(words), lambda found: words[found[0]], json.dumps(told["body"]))
    return web.Response(text=body, status=told["status"], content_type="application/json")


def page(scene: str) -> web.Response:
    return web.Response(text=PAGE, content_type="text/html", status=PAGES[scene])


def cut(request: web.Request) -> web.Response:
    """Break the connection off without a word."""
    if request.transport:
        request.transport.abort()
    return web.Response()


async def half(request: web.Request) -> web.StreamResponse:
    """An answer that breaks off in the middle."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"candidates": [{"content": {"parts": [{"inlineData": {"data": "iVBORw0KGgo')
    return cut(request)


async def large(request: web.Request, megabytes: int) -> web.StreamResponse:
    """A picture of so many MB in base64, without a word on how many they will be."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"candidates": [{"content": {"parts": [{"inlineData": {"data": "')
    for _ in range(megabytes):
        await response.write(b"A" * 2**20)
    await response.write(b'"}}]}, "finishReason": "STOP"}]}')
    return response


def colour_of(prompt: str) -> str:
    """The colour that a prompt's picture has."""
    return f"{zlib.crc32(prompt.encode()) & 0xFFFFFF:06x}"


def drawn(colour: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (32, 24), f"#{colour}").save(buffer, "PNG")
    return buffer.getvalue()
