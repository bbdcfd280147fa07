"""fal.ai through its queue: a call is accepted at once, drawn in its turn, and asked after until it is done.

Of the SDK we take the transport, which goes on to fal's second domain when the first cannot be reached, and its
reading of endpoint ids. We send our own requests because the SDK repeats a submit up to ten times after timeouts, cut
connections and 429, each of which may buy the same picture again.
"""

import asyncio
import base64
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import httpx
from fal_client.client import AsyncBackupDomainTransport

from providers.contract.errors import Misconfigured, OutOfCredit, Unavailable, UnknownOutcome
from providers.contract.model import Model
from providers.contract.provider import Health, Provider, Request, Result, Setup, Ticket
from providers.fal.answer import Place, accepted, is_endpoint, is_finished, picture_of, place_of
from providers.fal.declaration import ADDRESS, KEY
from providers.fal.errors import is_passing, of_result, translated
from providers.shared.download import PAUSE, Downloads
from providers.shared.json_input import Spelling, arguments
from providers.shared.model_wire import bad, wire_of
from providers.shared.picture_reader import Address

NOBODY = "00000000-0000-0000-0000-000000000000"
"""An id no call has; asking after it costs nothing and shows whether the key is good."""

_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: for an answer, between two looks at a call, and before a picture is asked for a second time."""

    answer: float = 60.0
    look: float = 1.0
    download: float = PAUSE


def build(setup: Setup, pace: Pace = Pace()) -> Provider:
    """A client of FAL_QUEUE_URL (fal's own without it) with FAL_KEY; raises SettingError."""
    key = KEY.read(setup.settings)
    for model in setup.models:
        if not is_endpoint(model.at_provider):
            raise bad(model, "write its endpoint as remote = 'owner/application'")
    return Fal(setup, ADDRESS.read(setup.settings), key, pace)


class Fal:
    """Every request has a connection of its own: one that was kept could be closed by the server just as a submit
    goes out, and then nobody knows whether it was accepted."""

    def __init__(self, setup: Setup, base: str, key: str, pace: Pace) -> None:
        self._setup = setup
        self._base = base
        self._pace = pace
        self._spellings: Mapping[str, Spelling] = {model.id: wire_of(model, Spelling) for model in setup.models}
        self._downloads = Downloads(base, pause=pace.download)
        lone = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=None, max_keepalive_connections=0))
        self._http = httpx.AsyncClient(
            transport=AsyncBackupDomainTransport(transport=lone),
            headers={"Authorization": f"Key {key}"},
            timeout=pace.answer,
        )

    async def submit(self, request: Request, key: str) -> Ticket:
        """The call's place in the queue; raises as Provider.submit says."""
        model = self._setup.model(request.model)
        body = await self._setup.run(body_of, request, model, self._spellings[model.id])  # megabytes of photos
        try:
            answer = await self._http.post(f"{self._base}/{model.at_provider}", content=body, headers=_JSON)
            answer.raise_for_status()
        except httpx.HTTPError as exc:
            raise translated(exc) from exc
        return Ticket(external_id=str(accepted(answer, model.at_provider)), model=model.id)

    async def collect(self, ticket: Ticket) -> Result:
        place = place_of(ticket.external_id)
        if place is None:
            raise UnknownOutcome(f"{ticket.external_id!r} is no call of fal's queue")
        await self._ended(place)
        answer = await self._asked(place.path, is_passing)
        if answer.status_code != 200:
            raise of_result(answer)
        picture = picture_of(answer)
        found = picture.found
        data = await self._downloads.picture(found.url) if isinstance(found, Address) else found
        return Result(data, seed=picture.seed)

    async def cancel(self, ticket: Ticket) -> None:
        """Silent for a call that has ended or is not known; raises Unavailable when fal cannot be asked."""
        place = place_of(ticket.external_id)
        if place is None:
            return
        try:
            answer = await self._http.put(f"{self._base}/{place.path}/cancel")
        except httpx.HTTPError as exc:
            raise Unavailable(f"{type(exc).__name__}: {exc}") from exc
        if answer.status_code >= 500:
            raise Unavailable(f"{answer.status_code} to a cancel")

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        """The queue lists no calls and takes no key of ours, so it cannot be asked."""
        raise UnknownOutcome("fal keeps no list of calls to look in")

    async def check(self) -> Health:
        """Raises Misconfigured, OutOfCredit or Unavailable; which endpoints still exist is not told for free."""
        nobody = Place(self._setup.models[0].at_provider, NOBODY)
        try:
            answer = await self._http.get(f"{self._base}/{nobody.path}/status")
            answer.raise_for_status()
        except httpx.HTTPError as exc:
            problem = translated(exc)
            if isinstance(problem, Misconfigured | OutOfCredit):
                raise problem from exc
            if not isinstance(exc, httpx.HTTPStatusError) or exc.response.status_code >= 500:
                raise Unavailable(problem.detail) from exc
        return Health("the key is good; which models are served is not told for free")

    async def aclose(self) -> None:
        await self._http.aclose()

    async def _ended(self, place: Place) -> None:
        while True:
            status = await self._asked(f"{place.path}/status", lambda it: it.status_code >= 500 or is_passing(it))
            if is_finished(status):
                return
            await asyncio.sleep(self._pace.look)

    async def _asked(self, path: str, passing: Callable[[httpx.Response], bool]) -> httpx.Response:
        """The queue's answer; while it cannot be reached or cannot answer, it is asked again."""
        while True:
            try:
                answer = await self._http.get(f"{self._base}/{path}")
            except httpx.HTTPError:
                answer = None
            if answer is not None and not passing(answer):
                return answer
            await asyncio.sleep(self._pace.look)


def body_of(request: Request, model: Model, spelling: Spelling) -> bytes:
    """The body of a submit; raises BadInput.

    The photos are inside it, so that none lies on fal's public file server; the model list keeps them small.
    """
    photos = [f"data:{one.media_type};base64,{base64.b64encode(one.data).decode()}" for one in request.references]
    inputs = arguments(request, model, spelling, photos)
    if spelling.aspect and not inputs.get(spelling.aspect):
        del inputs[spelling.aspect]  # spelled as nothing: this model has no word for it and is not told
    return json.dumps(inputs).encode()
