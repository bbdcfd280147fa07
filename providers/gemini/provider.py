"""Google's Nano Banana models through the Gemini API.

The API answers with the finished picture and keeps no id of a call, so a lost answer cannot be asked for again.
"""

from collections.abc import Mapping

import httpx2
from google import genai
from google.genai import types

from providers.contract.errors import Gone, Misconfigured, Unavailable, UnknownOutcome
from providers.contract.provider import Fault, Health, Provider, Request, Result, Setup, Ticket
from providers.gemini.answer import Drawn, drawn_in
from providers.gemini.body import Photos
from providers.gemini.declaration import ADDRESS, KEY
from providers.gemini.errors import FOREIGN, translated
from providers.gemini.request import GeminiWire, config_of, contents_of
from providers.shared.download import Downloads
from providers.shared.model_wire import wire_of
from providers.shared.picture_reader import Address
from providers.shared.response_limit import limit
from providers.shared.synchronous import Synchronous

VERSION = "v1beta"
"""Pinned: the SDK's own default changes, and the settings of pictures are documented here."""
ASKED = 15_000
"""Milliseconds for what the API tells of one model; at least 10 s, below which it refuses."""


def build(setup: Setup) -> Provider:
    """A client with GEMINI_API_KEY of GOOGLE_GEMINI_BASE_URL (Google's own without it); raises SettingError."""
    return Gemini(setup, ADDRESS.read(setup.settings), KEY.read(setup.settings))


class Gemini(Synchronous):
    """One call is one picture. The client of httpx2 is our own: left alone the SDK takes aiohttp where it finds it,
    repeats calls with it, and raises other errors.

    Every call has a connection of its own, since one that was kept may be closed by the server just as a call goes out,
    and a redirect would take the call and the key elsewhere.
    """

    def __init__(self, setup: Setup, base: str, key: str) -> None:
        self._setup = setup
        self._wires: Mapping[str, GeminiWire] = {model.id: wire_of(model, GeminiWire) for model in setup.models}
        self._key = key
        self._photos = Photos()
        self._downloads = Downloads(base)
        self._http = httpx2.AsyncClient(
            event_hooks={"request": [self._photos.put_in], "response": [limit]},
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
            follow_redirects=False,
        )
        self._genai = genai.Client(
            enterprise=False,
            api_key=key,
            http_options=types.HttpOptions(
                base_url=base,
                api_version=VERSION,
                retry_options=types.HttpRetryOptions(attempts=1),
                httpx_async_client=self._http,
            ),
        )

    async def submit(self, request: Request, key: str) -> Ticket:
        """The finished picture; raises as Provider.submit says."""
        body = await self._answer(request)
        drawn: Drawn = await self._setup.run(drawn_in, body, self._wires[request.model], len(request.references))
        picture = drawn.picture
        data = await self._downloads.picture(picture.url) if isinstance(picture, Address) else picture
        return Ticket(result=Result(data, cost=drawn.cost, tokens=drawn.tokens), model=request.model)

    async def check(self) -> Health:
        """Which models the API does not know any more; raises Misconfigured for a bad key or address."""
        gone = [Fault(model.id) for model in self._setup.models if not await self._is_served(model.at_provider)]
        return Health("the key is good", gone)

    async def aclose(self) -> None:
        self._genai.close()
        await self._http.aclose()

    async def _answer(self, request: Request) -> bytes:
        model = self._setup.model(request.model)
        config = config_of(request, model, self._wires[request.model])
        with self._photos.lent([photo.data for photo in request.references]) as marks:
            try:
                response = await self._genai.aio.models.generate_content(
                    model=model.at_provider, contents=contents_of(request, marks), config=config
                )
            except FOREIGN as exc:
                raise translated(exc, self._key, len(request.references)) from exc
        return ((response.sdk_http_response.body if response.sdk_http_response else None) or "").encode()

    async def _is_served(self, id_: str) -> bool:
        timeout = types.HttpOptions(timeout=ASKED)
        try:
            await self._genai.aio.models.get(model=id_, config=types.GetModelConfig(http_options=timeout))
        except FOREIGN as exc:
            match translated(exc, self._key, 0):
                case Gone():
                    return False
                case UnknownOutcome() if isinstance(exc, ValueError):
                    raise Misconfigured("the address does not answer as the Gemini API does") from exc
                case UnknownOutcome(detail=detail):  # nothing was bought
                    raise Unavailable(detail) from exc
                case problem:
                    raise problem from exc
        return True
