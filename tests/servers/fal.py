"""fal's queue on loopback, as queue.fal.run speaks it: submit, status, result, cancel, and a file server."""

import uuid
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, TypeAlias

from aiohttp import web

from providers.contract import errors
from providers.contract.provider import Provider, Request
from providers.fal import provider as fal
from tests.harness.setups import setup_of
from tests.servers import pictures
from tests.servers.paid_api import PaidApi, cut
from tests.servers.stage import FACE, HttpStage, Scenery, staging

KEY = "id:secret"
PACE = fal.Pace(answer=1.5, look=0.0, download=0.0)
MODEL = "fal:fal-ai/nano-banana-pro/edit"
REQUEST = Request(MODEL, "a red fox", FACE, seed=7)
FLAGGED = "The content could not be processed because it was flagged by a content checker."


def problem(kind: str, *loc: str | int) -> dict[str, Any]:
    """The body of a model's 422; like the real one it repeats the whole input."""
    return {"detail": [{"loc": ["body", *loc], "msg": FLAGGED, "type": kind, "input": {"prompt": "a secret"}}]}


FINAL = {"X-Fal-Retryable": "false"}
AGAIN = {"X-Fal-Retryable": "true"}
AT_SUBMIT: Mapping[str, tuple[int, dict[str, str], Any]] = {
    "rate_limited": (429, {}, {"detail": "Too many requests"}),
    "rate_limited_with_delay": (429, {"Retry-After": "7"}, {"detail": "Too many requests"}),
    "out_of_credit": (403, {}, {"detail": "User is locked. Reason: Exhausted balance."}),
    "forbidden": (403, {}, {"detail": "This key may not call this application."}),
    "bad_key": (401, {}, {"detail": "Cannot access application. Authentication is required."}),
    "gone": (404, {}, {"detail": "Application 'nano-banana-pro' not found"}),
    "redirected": (307, {"Location": "/elsewhere"}, {}),
    "overloaded": (503, {"Retry-After": "3"}, {"detail": "Overloaded"}),
    "gateway_timeout": (504, {}, "<html>nginx</html>"),
}
"""Answers to the submit itself: status, headers and body."""
AT_RESULT: Mapping[str, tuple[int, dict[str, str], Any]] = {
    "refused_prompt": (422, FINAL, problem("content_policy_violation", "prompt")),
    "refused_photo": (422, FINAL, problem("content_policy_violation", "image_urls", 1)),
    "refused_result": (200, {}, {"images": [{"url": "/files/sound"}], "has_nsfw_concepts": [True]}),
    "no_image": (200, {}, {"images": [], "description": "I would rather talk."}),
    "no_media": (422, AGAIN, problem("no_media_generated")),
    "bad_input": (422, FINAL, problem("less_than_equal", "num_images")),
    "bad_photo": (422, FINAL, problem("image_too_small", "image_urls", 0)),
    "unavailable": (500, AGAIN, problem("internal_server_error")),
    "interrupted": (503, {"X-Fal-Error-Type": "runner_disconnected"}, {"detail": "Runner disconnected"}),
    "asked_to_retry": (422, AGAIN, problem("file_download_error", "image_urls", 0)),
    "key_withdrawn": (401, {}, {"detail": "Authentication is required."}),
    "unreadable": (200, {}, "<html>hello</html>"),
}
"""How an accepted call ends."""
SCENES: Mapping[str, type[errors.ProviderError]] = {
    "rate_limited": errors.RateLimited,
    "rate_limited_with_delay": errors.RateLimited,
    "out_of_credit": errors.OutOfCredit,
    "forbidden": errors.Misconfigured,
    "bad_key": errors.Misconfigured,
    "gone": errors.Gone,
    "redirected": errors.Misconfigured,
    "overloaded": errors.Unavailable,
    "gateway_timeout": errors.UnknownOutcome,
    "timeout": errors.UnknownOutcome,
    "cut_before": errors.UnknownOutcome,
    "cut_after": errors.UnknownOutcome,
    "no_id": errors.UnknownOutcome,
    "refused_prompt": errors.Refused,
    "refused_photo": errors.Refused,
    "refused_result": errors.Refused,
    "no_image": errors.ModelAsks,
    "no_media": errors.NoImage,
    "bad_input": errors.BadInput,
    "bad_photo": errors.BadInput,
    "unavailable": errors.Unavailable,
    "interrupted": errors.Unavailable,
    "asked_to_retry": errors.BadInput,
    "cancelled": errors.Unavailable,
    "key_withdrawn": errors.UnknownOutcome,
    "unreadable": errors.UnknownOutcome,
    "unknown_state": errors.UnknownOutcome,
    "forgotten": errors.UnknownOutcome,
    "truncated_image": errors.UnknownOutcome,
    "data_removed": errors.UnknownOutcome,
    "html_instead": errors.Unusable,
    "too_large": errors.Unusable,
}
PAID = {
    "gateway_timeout", "timeout", "cut_after", "no_id", "refused_result", "no_image", "key_withdrawn", "unreadable",
    "unknown_state", "forgotten", *pictures.BROKEN,
}  # fmt: skip
"""The scenes that are billed all the same: fal bills pictures that were drawn."""


@dataclass(slots=True)
class Call:
    """An accepted call: where it was sent, with what, how it is to end, and how often it was looked at."""

    endpoint: str
    inputs: Mapping[str, Any]
    scene: str
    looks: int = 0


class Api(PaidApi):
    """The queue: submit, status, result and cancel."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: dict[str, Call] = {}
        self.troubles: deque[str] = deque()
        """Answers to the next questions after a call's status, instead of the true one: 503, 429, cut."""
        self.late_troubles: deque[str] = deque()
        """The same for its result."""
        self.asked: list[tuple[str, str]] = []
        """Method and path of every request."""

    def routes(self) -> Iterable[web.RouteDef]:
        yield web.get("/files/{scene}/{colour}", file)
        yield web.get("/{app:.+}/requests/{id}/status", self.status)
        yield web.put("/{app:.+}/requests/{id}/cancel", self.cancel)
        yield web.get("/{app:.+}/requests/{id}", self.result)
        yield web.post("/{endpoint:.+}", self.submit)

    async def submit(self, request: web.Request) -> web.StreamResponse:
        scene = self.next_scene()
        if scene == "cut_before":
            return cut(request)
        inputs = await request.json()
        self.asked.append(("POST", request.path))
        if request.headers["Authorization"] != f"Key {KEY}":
            scene = "bad_key"
        if scene in AT_SUBMIT and scene not in PAID:
            return told(*AT_SUBMIT[scene])
        id_ = self._accepted(Call(request.match_info["endpoint"], inputs, scene))
        return await self._answer(request, scene, id_)

    def _accepted(self, call: Call) -> str:
        id_ = str(uuid.uuid4())
        self.calls[id_] = call
        if call.scene == "picture" or call.scene in PAID:
            self.sell(id_)
        return id_

    async def _answer(self, request: web.Request, scene: str, id_: str) -> web.StreamResponse:
        match scene:
            case "timeout":
                return await self.never(request)
            case "cut_after":
                return cut(request)
            case "gateway_timeout":
                return told(*AT_SUBMIT[scene])
            case "no_id":
                return web.json_response({"status": "IN_QUEUE"})
            case _:
                return web.json_response({"status": "IN_QUEUE", "request_id": id_, "queue_position": 1})

    async def status(self, request: web.Request) -> web.StreamResponse:
        if self.troubles:
            return trouble(request, self.troubles.popleft())
        call = self._call(request)
        if call is None or call.scene == "forgotten":
            return told(404, {}, {"detail": "Request not found"})
        call.looks += 1
        waiting = ({"status": "IN_QUEUE", "queue_position": 1}, {"status": "IN_PROGRESS"})  # both without logs
        if call.scene == "unknown_state":
            return web.json_response({"status": "PAUSED"}, status=202)
        if call.looks <= len(waiting) and call.scene != "cancelled":
            return web.json_response(waiting[call.looks - 1], status=202)
        failed = call.scene in AT_RESULT and AT_RESULT[call.scene][0] >= 500
        return web.json_response({"status": "COMPLETED", **({"error": "it broke"} if failed else {})})

    async def result(self, request: web.Request) -> web.StreamResponse:
        if self.late_troubles:
            return trouble(request, self.late_troubles.popleft())
        call = self._call(request)
        assert call is not None
        if call.scene == "cancelled":
            return told(499, {"X-Fal-Error-Type": "client_cancelled"}, {"detail": "Cancelled"})
        if call.scene in AT_RESULT:
            return told(*AT_RESULT[call.scene])
        url = f"http://{request.host}/files/{call.scene}/{colour_of(call.inputs)}"
        return web.json_response({"images": [{"url": url, "content_type": "image/png"}], "seed": seed_of(call.inputs)})

    async def cancel(self, request: web.Request) -> web.StreamResponse:
        call = self._call(request)
        if call is None:
            return told(404, {}, {"status": "NOT_FOUND"})
        if call.looks > 2:
            return told(400, {}, {"status": "ALREADY_COMPLETED"})
        call.scene = "cancelled"
        return web.json_response({"status": "CANCELLATION_REQUESTED"}, status=202)

    def _call(self, request: web.Request) -> Call | None:
        """The call of a request; the queue knows an endpoint by owner and application alone."""
        self.asked.append((request.method, request.path))
        if request.headers["Authorization"] != f"Key {KEY}":
            raise web.HTTPUnauthorized(text='{"detail": "Authentication is required."}')
        call = self.calls.get(request.match_info["id"])
        app = request.match_info["app"]
        return call if call and app == "/".join(call.endpoint.split("/")[:2]) else None


FalStage: TypeAlias = HttpStage[Api]


def staged(key: str = KEY) -> AbstractAsyncContextManager[FalStage]:
    def build(api: Api) -> Provider:
        return fal.build(setup_of("fal", {"FAL_KEY": key, "FAL_QUEUE_URL": api.origin}), PACE)

    return staging(Api(), build, Scenery(REQUEST, SCENES, (KEY,)))


def told(status: int, headers: Mapping[str, str], body: Any) -> web.Response:
    if isinstance(body, str):
        return web.Response(status=status, headers=headers, text=body, content_type="text/html")
    return web.json_response(body, status=status, headers=headers)


def trouble(request: web.Request, kind: str) -> web.Response:
    """The queue itself cannot answer now, which says nothing of the call."""
    return cut(request) if kind == "cut" else web.Response(status=int(kind), text="nginx")


def seed_of(inputs: Mapping[str, Any]) -> int:
    seed: int = inputs.get("seed", 4711)
    return seed


def colour_of(inputs: Mapping[str, Any]) -> str:
    """The colour that a call's picture has."""
    return pictures.colour_of(inputs["prompt"], seed_of(inputs))


async def file(request: web.Request) -> web.StreamResponse:
    return await pictures.served(request, request.match_info["scene"], request.match_info["colour"])
