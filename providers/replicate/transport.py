"""The way to Replicate's HTTP API: the SDK's client, on a transport that answers for what the SDK leaves open.

Version 1.0.7 of the SDK sends a create and an upload without any timeout, asks again by itself when a GET is refused,
and drops the Retry-After of a refusal. Its Prediction has no `data_removed` and breaks at the status "aborted", and
its create takes no header; so what it reads and writes of predictions goes through as the API's own JSON.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeAlias

import httpx
from replicate.client import Client

from providers.shared.download import PAUSE
from providers.shared.picture_reader import parsed

Json: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. A prediction is asked for after `first`, then after `factor` times as long, up to `longest`."""

    first: float = 1.0
    factor: float = 1.5
    longest: float = 5.0
    connect: float = 10.0
    answer: float = 60.0
    """For each read and each write of one call; no call of ours waits for the picture itself."""
    download: float = PAUSE
    """Before a download is tried again."""
    secret: float = 60.0
    """Between two questions for the secret that news is signed with."""

    def pauses(self) -> Iterator[float]:
        """How long to wait before each question, without end."""
        pause = self.first
        while True:
            yield pause
            pause = min(self.longest, pause * self.factor)


class Answered(Exception):
    """The API answered with a status that is no success."""

    def __init__(self, status: int, headers: Mapping[str, str], text: str) -> None:
        super().__init__(f"{status}: {text[:500]}")
        self.status = status
        self.headers = headers
        self.text = text


class Transport(httpx.AsyncBaseTransport):
    """Gives every request the same timeouts, and turns an answer that is no success into Answered.

    The SDK asks again for some statuses it sees; it sees none of these. Every request has a connection of its own: one
    that was kept could be closed by the server just as a call goes out, and then nobody knows whether it was accepted.
    """

    def __init__(self, timing: Timing) -> None:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        self._inner = httpx.AsyncHTTPTransport(limits=limits)
        self._timeout = httpx.Timeout(timing.answer, connect=timing.connect).as_dict()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions = {**request.extensions, "timeout": self._timeout}
        response = await self._inner.handle_async_request(request)
        if response.is_success:
            return response
        try:
            await response.aread()
        finally:
            await response.aclose()
        raise Answered(response.status_code, response.headers, response.text)

    async def aclose(self) -> None:
        await self._inner.aclose()


class ReplicateApi:
    """Calls of the API at `base` (without /v1), with the operator's token.

    They raise Answered, httpx.HTTPError, and ValueError or LookupError for an answer of another shape.
    """

    def __init__(self, token: str, base: str, timing: Timing) -> None:
        self._transport = Transport(timing)
        self._client = Client(api_token=token, base_url=base, transport=self._transport)

    async def ask(self, path: str, params: Mapping[str, str] | None = None) -> Json:
        return _json(await self._client._async_request("GET", path, params=params))

    async def post(self, path: str, body: Json | None = None, headers: Mapping[str, str] | None = None) -> Json:
        return _json(await self._client._async_request("POST", path, json=body, headers=headers))

    async def upload(self, data: bytes, media_type: str) -> str:
        """Lend the API a photo; the address under which a model finds it for a day."""
        name = f"photo.{media_type.rpartition('/')[2]}"
        stored = await self._client.files.async_create(BytesIO(data), filename=name, content_type=media_type)
        return stored.urls["get"]

    async def secret(self) -> str:
        """What the account's webhooks are signed with: "whsec_" and base64."""
        return (await self._client.webhooks.default.async_secret()).key

    async def aclose(self) -> None:
        """Close the connections; the SDK's client has no such method of its own."""
        await self._transport.aclose()


def _json(response: httpx.Response) -> Json:
    """The answer's object; raises Answered for an error that a gateway passed on with a status of success."""
    answer = parsed(response.content)
    if not isinstance(answer, dict):
        raise ValueError(f"the answer is no object: {response.text[:200]}")
    status = answer.get("status")
    if isinstance(status, int) and status >= 300 and "id" not in answer:
        raise Answered(status, response.headers, response.text)
    return answer
