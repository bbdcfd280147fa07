"""OpenAI's images, and every server that speaks the same API: vLLM-Omni, SGLang, LocalAI, LiteLLM.

The API answers with the finished picture and keeps no id of a call, so a lost answer cannot be asked for again.
"""

import json
from collections.abc import Mapping, Sequence

import httpx2
from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Omit, OpenAIError

from providers.contract.errors import Gone, Misconfigured, Unavailable, UnknownOutcome
from providers.contract.provider import Provider, Request, Result, Setup, Ticket
from providers.openai_images.answer import Answer, answer_of
from providers.openai_images.declaration import ADDRESS, KEY
from providers.openai_images.errors import translated
from providers.openai_images.request import OpenAIWire, fields_of, files_of
from providers.shared.download import Downloads
from providers.shared.model_wire import wire_of
from providers.shared.picture_reader import Address
from providers.shared.response_limit import limit
from providers.shared.synchronous import Synchronous

CONNECT = 10.0
"""Seconds for a connection."""
ASKED = 15.0
"""Seconds for the list of models."""


def build(setup: Setup) -> Provider:
    """A client of OPENAI_BASE_URL (OpenAI's own without it) with OPENAI_API_KEY, which a server of one's own may not
    need; raises SettingError."""
    return OpenAIImages(setup, ADDRESS.read(setup.settings), KEY.read(setup.settings))


class OpenAIImages(Synchronous):
    """Every call has a connection of its own: one that was kept could be closed by the server just as a request goes
    out, and then nobody knows whether it was accepted."""

    def __init__(self, setup: Setup, base: str, key: str) -> None:
        self._setup = setup
        self._wires: Mapping[str, OpenAIWire] = {model.id: wire_of(model, OpenAIWire) for model in setup.models}
        self._key = key
        self._downloads = Downloads(base)
        self._client = AsyncOpenAI(
            api_key=key or "none",
            base_url=base,
            max_retries=0,
            http_client=DefaultAsyncHttpxClient(
                event_hooks={"response": [limit]},
                limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
                follow_redirects=False,  # it would send the paid call a second time
            ),
        )

    async def submit(self, request: Request, key: str) -> Ticket:
        """The finished picture; raises as base.Provider says, and BadInput for a parameter the model does not list."""
        wire = self._wires[request.model]
        response = await self._sent(request, wire)
        photos = len(request.references)
        answer: Answer = await self._setup.run(answer_of, response.content, wire.token_prices, photos)
        picture = answer.picture
        data = await self._downloads.picture(picture.url) if isinstance(picture, Address) else picture
        return Ticket(result=Result(data, cost=answer.cost, tokens=answer.tokens), model=request.model)

    async def check(self) -> Sequence[str]:
        """Our ids of models the server does not list; none where it has no list."""
        try:
            response = await self._client.get(
                "/models", cast_to=httpx2.Response, options={"timeout": ASKED, "headers": self._headers({})}
            )
            listed = {model["id"] for model in json.loads(response.content)["data"]}
        except OpenAIError as exc:
            match translated(exc, self._key, 0):
                case Gone():
                    return ()
                case UnknownOutcome(detail=detail):  # nothing was bought
                    raise Unavailable(detail) from exc
                case problem:
                    raise problem from exc
        except (ValueError, KeyError, TypeError) as exc:
            raise Misconfigured("the address lists no models as the images API does") from exc
        return [model.id for model in self._setup.models if listed and model.at_provider not in listed]

    async def aclose(self) -> None:
        await self._client.close()

    async def _sent(self, request: Request, wire: OpenAIWire) -> httpx2.Response:
        model = self._setup.model(request.model)
        fields = fields_of(request, model, wire)
        timeout = httpx2.Timeout(model.capabilities.deadline, connect=CONNECT)
        try:
            if not request.references:
                return await self._client.post(
                    "/images/generations",
                    cast_to=httpx2.Response,
                    body=fields,
                    options={"timeout": timeout, "headers": self._headers({})},
                )
            return await self._client.post(
                "/images/edits",
                cast_to=httpx2.Response,
                body=fields,
                files=files_of(request, wire),
                options={"timeout": timeout, "headers": self._headers({"Content-Type": "multipart/form-data"})},
            )
        except OpenAIError as exc:
            raise translated(exc, self._key, len(request.references)) from exc

    def _headers(self, more: Mapping[str, str]) -> dict[str, str | Omit]:
        return {**more} if self._key else {**more, "Authorization": Omit()}
