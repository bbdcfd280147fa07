"""Replicate: a prediction is created, asked for until it has ended, and its picture fetched within the hour."""

import asyncio
import time
from collections.abc import Awaitable, Collection, Iterable, Mapping
from contextlib import aclosing
from typing import TypeVar

from providers.contract.errors import BadInput, Gone, Misconfigured, SettingError, UnknownOutcome
from providers.contract.provider import Fault, Health, Provider, Reference, Request, Result, Setup, Ticket
from providers.replicate.answer import id_of, picture_of, seed_of
from providers.replicate.declaration import ADDRESS, PUBLIC_URL, TOKEN
from providers.replicate.errors import FOREIGN, translated
from providers.replicate.reader import Reader, path_of
from providers.replicate.request import Entry, check_photos, create, entry_of, inline
from providers.replicate.search import Search
from providers.replicate.transport import ReplicateApi, Timing
from providers.replicate.webhooks import Hooks
from providers.shared.download import Downloads
from providers.shared.picture_reader import Address

AT_ONCE = 4
"""Photos uploaded or models asked for at the same time."""
_T = TypeVar("_T")


def build(setup: Setup, timing: Timing | None = None) -> Provider:
    """Replicate with the token REPLICATE_API_TOKEN, at REPLICATE_BASE_URL; told of results at PUBLIC_URL if https.

    Raises SettingError.
    """
    token = TOKEN.read(setup.settings)
    base = ADDRESS.read(setup.settings)
    if base.endswith("/v1"):
        raise SettingError(ADDRESS.key, f"write the address without /v1, like {ADDRESS.usual}")
    timing = timing or Timing()
    public = PUBLIC_URL.read(setup.settings).rstrip("/")
    hook = f"{public}/hooks/replicate" if public.startswith("https://") else None
    entries = {model.id: entry_of(model) for model in setup.models}
    return Replicate(ReplicateApi(token, base, timing), entries, Downloads(base, pause=timing.download), hook, timing)


class Replicate:
    """Official models by their name, and versions the operator trained by their hash."""

    def __init__(
        self, api: ReplicateApi, entries: Mapping[str, Entry], downloads: Downloads, hook: str | None, timing: Timing
    ) -> None:
        self._api = api
        self._entries = entries
        self._downloads = downloads
        self._hook = hook
        self._reader = Reader(api, timing)
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._hooks = Hooks(self._secret, timing.secret, time.monotonic)

    async def submit(self, request: Request, key: str) -> Ticket:
        """The prediction's id; it is known before the picture is begun."""
        entry = self._entry(request.model)
        check_photos(request, entry.model)
        photos = await _together(self._photo(photo) for photo in request.references)
        call = create(request, entry, photos, f"{self._hook}?key={key}" if self._hook else None)
        try:
            return Ticket(id_of(await self._api.post(call.path, call.body, call.headers)), model=request.model)
        except FOREIGN as exc:
            raise translated(exc, buying=True, photos=len(photos)) from exc

    async def collect(self, ticket: Ticket) -> Result:
        """Ask until the prediction has ended, at once when news of it comes; Replicate keeps it for an hour."""
        if ticket.external_id is None:
            raise UnknownOutcome("the ticket names no prediction")
        with self._hooks.listening(ticket.external_id) as news:
            prediction = await self._reader.ended(ticket.external_id, news)
        entry = self._entries.get(ticket.model)
        found = picture_of(prediction, by_the_second=entry is not None and entry.by_the_second)
        data = await self._downloads.picture(found.url) if isinstance(found, Address) else found
        return Result(data, seed=seed_of(prediction))

    async def cancel(self, ticket: Ticket) -> None:
        """What has not begun then costs nothing, what runs is charged; silent for one that has ended or is unknown."""
        if not ticket.external_id:
            return
        try:
            await self._api.post(f"{path_of(ticket.external_id)}/cancel")
        except FOREIGN as exc:
            error = translated(exc, buying=False)
            if not isinstance(error, BadInput | Gone):
                raise error from exc

    async def find(self, request: Request, key: str, known: Collection[str]) -> Ticket | None:
        """By the key where the prediction shows whom it reports to, else by model, prompt and seed if only one fits."""
        search = Search(self._entry(request.model), request, key, known)
        likely = []
        async with aclosing(self._reader.predictions(search.since)) as predictions:
            async for prediction in predictions:
                if search.is_surely_it(prediction):
                    return Ticket(prediction["id"], model=request.model)
                if search.is_it(prediction):
                    likely.append(prediction)
        match likely:
            case []:
                return None
            case [one] if one.get("input"):
                return Ticket(one["id"], model=request.model)
            case _:
                raise UnknownOutcome(f"{len(likely)} predictions may be the lost call")

    async def check(self) -> Health:
        """Raises Misconfigured for a bad token, and for an address where nobody has an account."""
        try:
            await self._api.ask("/v1/account")
        except FOREIGN as exc:
            error = translated(exc, buying=False)
            if isinstance(error, Gone) or isinstance(exc, ValueError):
                raise Misconfigured(f"REPLICATE_BASE_URL leads elsewhere: {error.detail}") from exc
            raise error from exc
        entries = list(self._entries.values())
        served = await _together(self._is_served(entry) for entry in entries)
        gone = [Fault(entry.model.id) for entry, there in zip(entries, served, strict=True) if not there]
        return Health("the key is good", gone)

    async def hooked(self, headers: Mapping[str, str], body: bytes) -> bool:
        """A signed prediction, sent once it has ended; polling goes on all the same."""
        return await self._hooks.heard(headers, body)

    async def aclose(self) -> None:
        await self._api.aclose()

    def _entry(self, id_: str) -> Entry:
        if id_ not in self._entries:
            raise Gone(f"{id_} is no model of Replicate's in the model list")
        return self._entries[id_]

    async def _photo(self, photo: Reference) -> str:
        """A small photo as it is, a larger one lent to Replicate; nothing is bought yet."""
        if (uri := inline(photo)) is not None:
            return uri
        try:
            async with self._gate:
                return await self._api.upload(photo.data, photo.media_type)
        except FOREIGN as exc:
            raise translated(exc, buying=False) from exc

    async def _is_served(self, entry: Entry) -> bool:
        async with self._gate:
            try:
                await self._reader.asked(entry.path)
            except Gone:
                return False
        return True

    async def _secret(self) -> str | None:
        try:
            return await self._api.secret()
        except FOREIGN:
            return None


async def _together(works: Iterable[Awaitable[_T]]) -> list[_T]:
    """What all of them return, or the first failure once all have come to their end."""
    done = await asyncio.gather(*works, return_exceptions=True)
    return [_unless_failed(one) for one in done]


def _unless_failed(outcome: _T | BaseException) -> _T:
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome
