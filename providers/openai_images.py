"""OpenAI's images, and every server that speaks the same API: vLLM-Omni, SGLang, LocalAI, LiteLLM.

The API answers with the finished picture and keeps no id of a call, so a lost answer cannot be asked for again.
"""

import json
from collections.abc import Collection, Mapping, Sequence

import httpx2
from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Omit, OpenAIError
from yarl import URL

from providers.base import Provider, Request, Result, Setup, Ticket
from providers.download import Downloads
from providers.errors import BadSetup, Gone, Misconfigured, UnknownOutcome
from providers.openai_answer import Answer, answer_of
from providers.openai_errors import translated
from providers.openai_request import Wire, fields_of, files_of, wire_of

BASE = "https://api.openai.com/v1"
CONNECT = 10.0
"""Seconds for a connection."""
ASKED = 15.0
"""Seconds for the list of models."""


def build(setup: Setup) -> Provider:
    """A client of OPENAI_BASE_URL (OpenAI's own without it) with OPENAI_API_KEY, which a server of one's own may not
    need; raises BadSetup."""
    base = setup.settings.get("OPENAI_BASE_URL") or BASE
    if not _is_address(base):
        raise BadSetup("OPENAI_BASE_URL", "write an address such as http://127.0.0.1:8000/v1")
    key = setup.settings.get("OPENAI_API_KEY", "").strip()
    if not (key.isascii() and key.isprintable()):
        raise BadSetup("OPENAI_API_KEY", "copy the key again: it has characters that no key has")
    return OpenAIImages(setup, base, key)


def _is_address(text: str) -> bool:
    try:
        url = URL(text)
    except ValueError:
        return False
    return url.scheme in ("http", "https") and bool(url.host)


class OpenAIImages:
    """Every call has a connection of its own: one that was kept could be closed by the server just as a request goes
    out, and then nobody knows whether it was accepted."""

    def __init__(self, setup: Setup, base: str, key: str) -> None:
        self._setup = setup
        self._wires: Mapping[str, Wire] = {model.id: wire_of(model) for model in setup.models}
        self._key = key
        self._downloads = Downloads(base)
        self._client = AsyncOpenAI(
            api_key=key or "none",
            base_url=base,
            max_retries=0,
            http_client=DefaultAsyncHttpxClient(
                limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
                follow_redirects=False,  # it would send the paid call a second time
            ),
        )

    async def submit(self, request: Request, key: str) -> Ticket:
        """The finished picture; raises as base.Provider says, and BadInput for a parameter the model does not list."""
        wire = self._wires[request.model]
        response = await self._sent(request, wire)
        media_type = response.headers.get("content-type", "")
        answer: Answer = await self._setup.run(answer_of, response.content, media_type, wire.token_prices)
        data = answer.data or await self._downloads.picture(answer.url or "")
        return Ticket(result=Result(data, cost=answer.cost, tokens=answer.tokens), model=request.model)

    async def collect(self, ticket: Ticket) -> Result:
        if ticket.result is None:
            raise UnknownOutcome("this API keeps no calls")
        return ticket.result

    async def cancel(self, ticket: Ticket) -> None:
        return None

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        raise UnknownOutcome("this API keeps no calls")

    async def check(self) -> Sequence[str]:
        """Our ids of models the server does not list; none where it has no list."""
        try:
            response = await self._client.get(
                "/models", cast_to=httpx2.Response, options={"timeout": ASKED, "headers": self._headers({})}
            )
            listed = {model["id"] for model in json.loads(response.content)["data"]}
        except OpenAIError as exc:
            if isinstance(problem := translated(exc, self._key), Gone):
                return ()
            raise problem from exc
        except (ValueError, KeyError, TypeError) as exc:
            raise Misconfigured("the address lists no models as the images API does") from exc
        return [model.id for model in self._setup.models if listed and model.at_provider not in listed]

    async def aclose(self) -> None:
        await self._client.close()

    async def _sent(self, request: Request, wire: Wire) -> httpx2.Response:
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
            raise translated(exc, self._key) from exc

    def _headers(self, more: Mapping[str, str]) -> dict[str, str | Omit]:
        return {**more} if self._key else {**more, "Authorization": Omit()}
