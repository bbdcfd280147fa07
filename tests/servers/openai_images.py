"""OpenAI's Images API on loopback, as /v1/images and /v1/models of its SDK 3.51 speak it."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from aiohttp import web

from providers.contract import errors
from providers.contract.model import Model
from providers.contract.provider import Provider, Request
from providers.openai_images import provider as openai_images
from tests.harness.setups import setup_of, shipped
from tests.servers.paid_api import PaidApi, cut, half, long, serving
from tests.servers.pictures import colour_of, drawn, served
from tests.servers.stage import FACE, HttpStage, Scenery, hurried, staging

KEY = "sk-test-0f7d6c5b4a39281706f5"
START = b'{"created": 1, "data": [{"b64_json": "'
"""An answer up to the base64 of its picture."""
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
    "no_base64": errors.Unusable,
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
    "too_large": errors.Unusable,
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


class Api(PaidApi):
    """Generations, edits, the list of models, and a file server for answers that give a URL."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Seen] = []
        self.models: list[str] | None = [model.at_provider for model in shipped("openai")]
        """The models it lists; None: it has no such route."""
        self.listing = 200
        """The status of that answer."""
        self.open = False
        """Whether it asks for no key."""
        self.edits = True
        """Whether it has the route that takes photos."""
        self.hides = False
        """Whether it says "not found" to everybody who asks for a route in another way than it is called."""
        self.others_files = ""
        """Where its pictures lie, unless on itself."""

    @property
    def url(self) -> str:
        """OPENAI_BASE_URL."""
        return f"{self.origin}/v1"

    @property
    def files(self) -> str:
        return self.others_files or f"{self.origin}/files"

    def routes(self) -> Iterable[web.RouteDef]:
        yield web.post("/v1/images/generations", self.paid)
        yield web.post("/v1/images/edits", self.paid)
        yield web.get("/v1/images/{route}", self.asked)
        yield web.get("/v1/models", self.listed)
        yield web.get("/files/large.png", large)
        yield web.get("/files/{colour}.png", file)

    async def paid(self, request: web.Request) -> web.StreamResponse:
        scene = self.next_scene()
        if scene == "cut_before":
            return cut(request)
        call = await seen(request)
        self.seen.append(call)
        if scene in PAID or scene not in SCENES:
            self.sell()
        match scene:
            case "timeout":
                return await self.never(request)
            case "cut_in_answer":
                return await half(request, START + b"iVBORw0KGgo")
            case "cut_after":
                return cut(request)
            case "endless":
                return await long(request, LONG, start=START)
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

    async def asked(self, request: web.Request) -> web.StreamResponse:
        there = self.edits or request.match_info["route"] != "edits"
        return web.Response(status=405 if there and not self.hides else 404)

    async def listed(self, request: web.Request) -> web.StreamResponse:
        if self.models is None:
            raise web.HTTPNotFound
        if self.listing != 200:
            return web.Response(status=self.listing)
        if not self.open and request.headers.get("Authorization") != f"Bearer {KEY}":
            return refusal("bad_key")
        return web.json_response({"object": "list", "data": [{"id": id_, "object": "model"} for id_ in self.models]})


OpenAIStage: TypeAlias = HttpStage[Api]


def answering() -> AbstractAsyncContextManager[Api]:
    """The API alone, at its `url`."""
    return serving(Api())


def staged(models: tuple[Model, ...] | None = None, key: str = KEY) -> AbstractAsyncContextManager[OpenAIStage]:
    """The API and the real provider of these models (the shipped ones), with a short deadline."""
    quick = hurried(models or shipped("openai"))

    def build(api: Api) -> Provider:
        settings = {"OPENAI_API_KEY": key, "OPENAI_BASE_URL": api.url}
        return openai_images.build(replace(setup_of("openai", settings), models=quick))

    return staging(Api(), build, Scenery(Request(quick[0].id, "the same woman at the sea", FACE), SCENES, (KEY,)))


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


async def file(request: web.Request) -> web.Response:
    return web.Response(body=drawn(request.match_info["colour"]), content_type="image/png")


async def large(request: web.Request) -> web.StreamResponse:
    return await served(request, "too_large", "000000")
