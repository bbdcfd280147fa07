"""The Gemini API on loopback, as /v1 and /v1beta of google-genai 3.3 speak it; its answers are in gemini.json."""

import base64
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from aiohttp import web

from providers.contract import errors
from providers.contract.model import Model
from providers.contract.provider import Provider, Request
from providers.gemini import provider as gemini
from tests.harness.setups import setup_of, shipped
from tests.servers.paid_api import PaidApi, cut, half, long
from tests.servers.pictures import colour_of, drawn
from tests.servers.stage import DEADLINE, FACE, HttpStage, Scenery, hurried, staging

KEY = "AIzaSyTest-0f7d6c5b4a39281706f5e4d3c2b1a0"
ANSWERS: Mapping[str, Mapping[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
ASPECTS = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", "1:4", "4:1", "1:8", "8:1"]
START = b'{"candidates": [{"content": {"parts": [{"inlineData": {"data": "'
"""An answer up to the base64 of its picture."""
PAGE = "<!doctype html><title>Sign in</title>"

SCENES: Mapping[str, type[errors.ProviderError]] = {
    "refused_prompt": errors.Refused,
    "refused_photo": errors.Refused,
    "refused_result": errors.Refused,
    "prohibited_result": errors.Refused,
    "account_limited": errors.Misconfigured,
    "no_image": errors.NoImage,
    "text_only": errors.ModelAsks,
    "only_draft": errors.NoImage,
    "transient": errors.NoImage,
    "unheard_of": errors.NoImage,
    "to_be_continued": errors.NoImage,
    "empty": errors.NoImage,
    "truncated_image": errors.Unusable,
    "broken_base64": errors.Unusable,
    "too_large": errors.Unusable,
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


class Api(PaidApi):
    """generateContent, and the description of a model."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: list[Order] = []
        self.models = [model.at_provider for model in shipped("gemini")]
        """The models it serves."""

    def routes(self) -> Iterable[web.RouteDef]:
        yield web.post(r"/{version:v1|v1beta}/models/{model}:generateContent", self.paid)
        yield web.get(r"/{version:v1|v1beta}/models/{model}", self.told)

    async def paid(self, request: web.Request) -> web.StreamResponse:
        scene = self.next_scene()
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
            self.sell()
        if scene in CUT:
            return await self.lost(scene, request)
        if scene in LARGE:
            return await long(request, LARGE[scene], start=START, end=b'"}}]}, "finishReason": "STOP"}]}')
        return answer(scene, order)

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
            return await self.never(request)
        return await half(request, START + b"iVBORw0KGgo") if scene == "cut_in_answer" else cut(request)

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


GeminiStage: TypeAlias = HttpStage[Api]


def staged(
    models: tuple[Model, ...] | None = None, *, key: str = KEY, deadline: float = DEADLINE
) -> AbstractAsyncContextManager[GeminiStage]:
    """The API and the real provider of these models (the shipped ones), with a short deadline."""
    quick = hurried(models or shipped("gemini"), deadline)

    def build(api: Api) -> Provider:
        settings = {"GEMINI_API_KEY": key, "GOOGLE_GEMINI_BASE_URL": api.origin}
        return gemini.build(replace(setup_of("gemini", settings), models=quick))

    return staging(Api(), build, Scenery(Request(quick[0].id, "the same woman at the sea", FACE), SCENES, (KEY,)))


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
