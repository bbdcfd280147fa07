"""OpenAI's images, and every server that speaks the same API: vLLM-Omni, SGLang, LocalAI, LiteLLM.

The API answers with the finished picture and keeps no id of a call, so a lost answer cannot be asked for again.
"""

import json
from collections.abc import Mapping

import httpx2
from openai import APIStatusError, AsyncOpenAI, DefaultAsyncHttpxClient, Omit, OpenAIError

from providers.contract.errors import Gone, Misconfigured, Unavailable, UnknownOutcome
from providers.contract.provider import Fault, Health, Provider, Request, Result, Setup, Ticket
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
"""Seconds for an answer that costs nothing."""
NOT_FOUND = 404
NO_EDITS = "the server has no /images/edits, where photos are sent; write max_references = 0 in MODELS_FILE"


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
        """Return the finished picture; raises as Provider.submit, and BadInput for an unlisted parameter."""
        wire = self._wires[request.model]
        response = await self._sent(request, wire)
        photos = len(request.references)
        answer: Answer = await self._setup.run(answer_of, response.content, wire.token_prices, photos)
        picture = answer.picture
        data = await self._downloads.picture(picture.url) if isinstance(picture, Address) else picture
        return Ticket(result=Result(data, cost=answer.cost, tokens=answer.tokens), model=request.model)

    async def check(self) -> Health:
        """Which models the server does not list, and which take photos though it has no route for them."""
        listed = await self._listed()
        missing = [model for model in self._setup.models if listed and model.at_provider not in listed]
        faults = [Fault(model.id) for model in missing]
        proved = f"{'the key is good' if self._key else 'the server answers'}, and its models are listed"
        if listed is None:
            proved = "the server answers, but lists no models, so neither they nor a key were tried"
        if takers := [model for model in self._setup.models if model.capabilities.max_references]:
            takes = await self._takes_photos()
            faults += [Fault(model.id, NO_EDITS) for model in takers if takes is False and model not in missing]
            proved += "" if takes is not None else "; whether it takes photos is not told for free"
        return Health(proved, faults)

    async def _listed(self) -> set[str] | None:
        """The models that the server lists; None where it has no list."""
        try:
            response = await self._client.get(
                "/models", cast_to=httpx2.Response, options={"timeout": ASKED, "headers": self._headers({})}
            )
            return {model["id"] for model in json.loads(response.content)["data"]}
        except OpenAIError as exc:
            match translated(exc, self._key, 0):
                case Gone():
                    return None
                case UnknownOutcome(detail=detail):  # nothing was bought
                    raise Unavailable(detail) from exc
                case problem:
                    raise problem from exc
        except (ValueError, KeyError, TypeError) as exc:
            raise Misconfigured("the address lists no models as the images API does") from exc

    async def _takes_photos(self) -> bool | None:
        """Whether the server has the route that photos are sent to; None where it does not tell.

        Both routes are asked with GET, which buys nothing: a server that has them answers that this is no way to ask
        (405), and one that says "not found" to a route it has (OpenAI's own does) tells nothing.
        """
        edits, draws = await self._status("/images/edits"), await self._status("/images/generations")
        return None if draws == NOT_FOUND else edits != NOT_FOUND

    async def _status(self, path: str) -> int:
        """The status of an answer to GET; raises Unavailable."""
        try:
            response = await self._client.get(
                path, cast_to=httpx2.Response, options={"timeout": ASKED, "headers": self._headers({})}
            )
        except APIStatusError as exc:
            return exc.status_code
        except OpenAIError as exc:
            raise Unavailable(translated(exc, self._key, 0).detail) from exc
        return response.status_code

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
