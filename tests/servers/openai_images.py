"""OpenAI's Images API on loopback, as /v1/images and /v1/models of its SDK 3.51 speak it."""

import asyncio
import base64
import zlib
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from aiohttp import web
from PIL import Image

from providers.contract import errors
from providers.contract.model import Model
from providers.contract.provider import Provider, Reference, Request
from providers.openai_images import provider as openai_images
from tests.harness.setups import setup_of, shipped

KEY = "sk-test-0f7d6c5b4a39281706f5"
PHOTO = (Path(__file__).parents[1] / "photos" / "woman.jpg").read_bytes()
DEADLINE = 1.5
"""Seconds the stage's client waits for an answer that never comes."""
LONG = 80
"""Megabytes of an answer that goes on and on."""
USAGE = {
    "input_tokens": 820,
    "input_tokens_details": {"image_tokens": 788, "text_tokens": 32},
    "output_tokens": 1056,
    "total_tokens": 1876,
}

ERRORS: Mapping[str, tuple[int, dict[str, str], dict[str, Any]]] = {
    "refused_prompt": (400, {}, {"code": "moderation_blocked", "param": None}),
    "refused_photo": (400, {}, {"code": "moderation_blocked", "param": "image"}),
    "refused_result": (
        400,
        {},
        {
            "code": "moderation_blocked",
            "moderation_details": {"moderation_stage": "output", "categories": ["violence"]},
        },
    ),
    "rate_limited": (429, {}, {"code": "rate_limit_exceeded"}),
    "rate_limited_with_delay": (429, {"retry-after": "12"}, {"code": "rate_limit_exceeded"}),
    "out_of_credit": (429, {}, {"code": "insufficient_quota"}),
    "spending_cap": (400, {}, {"code": "billing_hard_limit_reached"}),
    "bad_key": (401, {}, {"code": "invalid_api_key", "message": f"Incorrect API key provided: {KEY}."}),
    "forbidden": (403, {}, {"code": None, "message": "Your organization must be verified."}),
    "gone": (404, {}, {"code": "model_not_found"}),
    "bad_input": (400, {}, {"code": "invalid_value", "param": "size"}),
    "bad_photo": (400, {}, {"code": "invalid_image_file", "param": "image"}),
    "unavailable": (500, {}, {"code": "server_error"}),
    "overloaded": (503, {"retry-after": "3"}, {"code": "overloaded"}),
}
"""Status, headers and error of answers that are nothing else."""

SCENES: Mapping[str, type[errors.ProviderError]] = {
    "refused_prompt": errors.Refused,
    "refused_photo": errors.Refused,
    "refused_result": errors.Refused,
    "no_image": errors.NoImage,
    "no_base64": errors.NoImage,
    "rate_limited": errors.RateLimited,
    "rate_limited_with_delay": errors.RateLimited,
    "out_of_credit": errors.OutOfCredit,
    "spending_cap": errors.OutOfCredit,
    "bad_key": errors.Misconfigured,
    "forbidden": errors.Misconfigured,
    "html_instead": errors.Misconfigured,
    "redirected": errors.Misconfigured,
    "gone": errors.Gone,
    "bad_input": errors.BadInput,
    "bad_photo": errors.BadInput,
    "unavailable": errors.Unavailable,
    "overloaded": errors.Unavailable,
    "gateway_page": errors.UnknownOutcome,
    "gateway_timeout": errors.UnknownOutcome,
    "timeout": errors.UnknownOutcome,
    "cut_before": errors.UnknownOutcome,
    "cut_after": errors.UnknownOutcome,
    "cut_in_answer": errors.UnknownOutcome,
    "too_large": errors.NoImage,
}
PAID = {
    "refused_result",
    "no_image",
    "no_base64",
    "gateway_page",
    "gateway_timeout",
    "timeout",
    "cut_after",
    "cut_in_answer",
    "too_large",
}
"""The scenes that are billed all the same."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A paid call as it arrived: its fields, and of each file the field, name, type and bytes."""

    path: str
    fields: Mapping[str, Any]
    files: Sequence[tuple[str, str, str, bytes]]
    authorization: str | None


class Api:
    """The server's own side: what it plays next and what it saw."""

    def __init__(self) -> None:
        self.posts = 0
        self.sold: list[str] = []
        self.seen: list[Seen] = []
        self.models: list[str] | None = [model.at_provider for model in shipped("openai")]
        """What it lists; None: it has no such route."""
        self.listing = 200
        """The status of that answer."""
        self.url = ""
        """OPENAI_BASE_URL."""
        self.files = ""
        """Where its pictures lie, for answers that give a URL."""
        self.playing: deque[str] = deque()
        self.closing = asyncio.Event()

    def application(self) -> web.Application:
        application = web.Application(client_max_size=2**30)
        application.router.add_post("/v1/images/generations", self.paid)
        application.router.add_post("/v1/images/edits", self.paid)
        application.router.add_get("/v1/models", self.listed)
        application.router.add_get("/files/large.png", large)
        application.router.add_get("/files/{colour}.png", file)
        return application

    async def paid(self, request: web.Request) -> web.StreamResponse:
        self.posts += 1
        scene = self.playing.popleft() if self.playing else "picture"
        if scene == "cut_before":
            return cut(request)
        call = await seen(request)
        self.seen.append(call)
        if scene in PAID or scene not in SCENES:
            self.sold.append(f"call-{len(self.sold) + 1}")
        match scene:
            case "timeout":
                await self.closing.wait()
                return cut(request)
            case "cut_in_answer":
                return await half(request)
            case "cut_after":
                return cut(request)
            case "endless":
                return await endless(request)
            case _:
                return refusal(scene) if scene in ERRORS else self.answer(scene, colour_of(call.fields["prompt"]))

    def answer(self, scene: str, colour: str) -> web.Response:
        """What follows a call that was read and is no plain error."""
        picture = base64.b64encode(drawn(colour)).decode()
        match scene:
            case "html_instead" | "gateway_page" | "gateway_timeout":
                status = {"html_instead": 200, "gateway_page": 502, "gateway_timeout": 504}[scene]
                return web.Response(text="<html><title>Sign in</title></html>", content_type="text/html", status=status)
            case "redirected":
                return web.Response(status=307, headers={"Location": "/v1/images/edits"})
            case "no_image":
                return web.json_response({"created": 1, "data": [], "usage": USAGE})
            case "no_base64":
                return web.json_response({"created": 1, "data": [{"b64_json": "%" + picture}], "usage": USAGE})
            case "without_usage":
                return web.json_response({"created": 1, "data": [{"b64_json": picture}]})
            case "too_large" | "by_url":
                name = "large" if scene == "too_large" else colour
                return web.json_response({"data": [{"url": f"{self.files}/{name}.png"}]})
            case _:
                return web.json_response({"created": 1, "data": [{"b64_json": picture}], "usage": USAGE})

    async def listed(self, request: web.Request) -> web.StreamResponse:
        if self.models is None:
            raise web.HTTPNotFound
        if self.listing != 200:
            return web.Response(status=self.listing)
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return refusal("bad_key")
        return web.json_response({"object": "list", "data": [{"id": id_, "object": "model"} for id_ in self.models]})


@dataclass(frozen=True, slots=True)
class OpenAIStage:
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
async def answering() -> AsyncIterator[Api]:
    """The API, at its `url`."""
    api = Api()
    runner = web.AppRunner(api.application(), shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    api.files, api.url = f"{origin}/files", f"{origin}/v1"
    try:
        yield api
    finally:
        api.closing.set()
        await runner.cleanup()


@asynccontextmanager
async def staged(models: tuple[Model, ...] | None = None, key: str = KEY) -> AsyncIterator[OpenAIStage]:
    """The API and the real provider of these models (the shipped ones), with a short deadline."""
    async with answering() as api:
        settings = {"OPENAI_API_KEY": key, "OPENAI_BASE_URL": api.url}
        hurried = tuple(
            replace(model, capabilities=replace(model.capabilities, deadline=DEADLINE))
            for model in models or shipped("openai")
        )
        provider = openai_images.build(replace(setup_of("openai", settings), models=hurried))
        request = Request(hurried[0].id, "the same woman at the sea", (Reference(PHOTO, "image/jpeg", "face"),))
        try:
            yield OpenAIStage(api, provider, request, SCENES)
        finally:
            api.closing.set()
            await provider.aclose()


async def seen(request: web.Request) -> Seen:
    """The whole body of a paid call, read."""
    fields: dict[str, Any] = {}
    files: list[tuple[str, str, str, bytes]] = []
    if request.content_type == "application/json":
        fields = await request.json()
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files.append((name, value.filename, value.content_type, value.file.read()))
                value.file.close()
            else:
                fields[name] = value
    return Seen(request.path, fields, files, request.headers.get("Authorization"))


def refusal(scene: str) -> web.Response:
    status, headers, error = ERRORS[scene]
    told = {"message": "It was not to be.", "type": "image_generation_user_error", **error}
    return web.json_response({"error": told}, status=status, headers=headers)


def cut(request: web.Request) -> web.Response:
    """Break the connection off without a word."""
    if request.transport:
        request.transport.abort()
    return web.Response()


async def half(request: web.Request) -> web.StreamResponse:
    """An answer that breaks off in the middle."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"created": 1, "data": [{"b64_json": "iVBORw0KGgo')
    return cut(request)


async def endless(request: web.Request) -> web.StreamResponse:
    """A picture in base64 that goes on and on."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"created": 1, "data": [{"b64_json": "')
    with suppress(ConnectionError):  # the reader has had enough
        for _ in range(LONG):
            await response.write(b"A" * 2**20)
    return cut(request)


async def file(request: web.Request) -> web.Response:
    return web.Response(body=drawn(request.match_info["colour"]), content_type="image/png")


async def large(request: web.Request) -> web.StreamResponse:
    """31 MB, without a word on how many they will be."""
    response = web.StreamResponse(headers={"Content-Type": "image/png"})
    await response.prepare(request)
    for _ in range(31):
        await response.write(bytes(2**20))
    return response


def colour_of(prompt: str) -> str:
    """The colour that a prompt's picture has."""
    return f"{zlib.crc32(prompt.encode()) & 0xFFFFFF:06x}"


def drawn(colour: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (32, 24), f"#{colour}").save(buffer, "PNG")
    return buffer.getvalue()
