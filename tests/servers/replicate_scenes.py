"""What a loopback Replicate can play: predictions with their endings, refusals, broken answers, and the pictures."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from aiohttp import web
from PIL import Image

from providers.contract.errors import (
    BadInput,
    Gone,
    Misconfigured,
    NoImage,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Refused,
    Unavailable,
    UnknownOutcome,
    Unusable,
)
from tests.servers.paid_api import cut

PLAYED = json.loads(Path(__file__).with_name("replicate.json").read_text("utf-8"))
SCENES: Mapping[str, type[ProviderError]] = {
    "refused_prompt": Refused,
    "refused_photo": Refused,
    "refused_result": Refused,
    "no_image": NoImage,
    "rate_limited": RateLimited,
    "rate_limited_with_delay": RateLimited,
    "low_credit": RateLimited,
    "out_of_credit": OutOfCredit,
    "bad_key": Misconfigured,
    "moved": Misconfigured,
    "gone": Gone,
    "bad_input": BadInput,
    "unavailable": Unavailable,
    "overloaded": Unavailable,
    "gateway_gave_up": UnknownOutcome,
    "gateway_page": UnknownOutcome,
    "gibberish": UnknownOutcome,
    "timeout": UnknownOutcome,
    "cut_before": UnknownOutcome,
    "cut_after": UnknownOutcome,
    "truncated_image": UnknownOutcome,
    "html_instead": Unusable,
    "too_large": Unusable,
    "data_removed": UnknownOutcome,
    "aborted": Unavailable,
    "cancelled": Unavailable,
    "interrupted": Unavailable,
    "crashed": Unavailable,
}
LARGE = 31 * 1024 * 1024


@dataclass
class Prediction:
    """One call, and the scene it ends with ("" for a picture)."""

    id: str
    model: str
    version: str
    input: dict[str, Any]
    scene: str
    webhook: str | None
    headers: Mapping[str, str]
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    status: str = "starting"
    started_at: str | None = None
    rest: dict[str, Any] = field(default_factory=dict)

    @property
    def billed(self) -> bool:
        """Official models by the picture, or for what was cancelled while it ran; versions for the time they ran."""
        if self.version != "hidden":
            return self.status in ("starting", "processing") or self.started_at is not None
        return self.status not in ("failed", "aborted") and (self.status != "canceled" or self.started_at is not None)

    def begin(self) -> None:
        self.status, self.started_at = "processing", self.created_at.isoformat()

    def end(self, base: str) -> None:
        """Run to the end of its scene; pictures are fetched below `base`."""
        ending = dict(PLAYED["endings"].get(self.scene, {"status": "succeeded"}))
        self.status = ending.pop("status")
        if self.status != "aborted":
            self.started_at = self.started_at or self.created_at.isoformat()
        if self.status == "succeeded" and "output" not in ending:
            address = f"{base}/delivery/{self.id}/out.png"
            ending["output"] = [address, f"{base}/delivery/none.png"] if "seedream" in self.model else address
        self.rest = ending

    def shown(self, *, with_webhook: bool) -> dict[str, Any]:
        address = f"https://api.replicate.com/v1/predictions/{self.id}"
        shown: dict[str, Any] = {
            "id": self.id, "model": self.model, "version": self.version, "input": self.input, "logs": "",
            "output": None, "data_removed": False, "error": None, "source": "api", "status": self.status,
            "created_at": nanoseconds(self.created_at), "urls": {"get": address, "cancel": f"{address}/cancel"},
        }  # fmt: skip
        if self.started_at:
            shown["started_at"] = self.started_at
        if with_webhook and self.webhook:
            shown["webhook"] = self.webhook
        return shown | self.rest


def refusal(name: str) -> web.Response:
    told = PLAYED["refusals"][name]
    return web.json_response(told["body"], status=told["status"], headers=told.get("headers"))


async def broken(request: web.Request, scene: str) -> web.StreamResponse:
    """A picture that stops in the middle, or one that does not stop."""
    response = web.StreamResponse(headers={"Content-Type": "image/png"})
    if scene == "truncated_image":
        response.content_length = 10_000
    await response.prepare(request)
    try:
        for _ in range(1 if scene == "truncated_image" else LARGE // 2**20):
            await response.write(picture("broken") if scene == "truncated_image" else bytes(2**20))
    except ConnectionError:
        return response  # it has heard enough
    return cut(request) if scene == "truncated_image" else response


def picture(subject: str) -> bytes:
    """A small PNG, the same for the same subject."""
    colour = tuple(hashlib.sha256(subject.encode()).digest()[:3])
    file = BytesIO()
    Image.new("RGB", (16, 16), colour).save(file, "PNG")
    return file.getvalue()


def nanoseconds(moment: datetime) -> str:
    """As some of Replicate's own times are written."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "084Z"
