"""Asking Replicate about predictions that were bought: nothing that passes may lose one."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from itertools import islice
from urllib.parse import quote

from providers.contract.errors import ProviderError, RateLimited, Unavailable, UnknownOutcome
from providers.replicate.answer import has_ended
from providers.replicate.errors import FOREIGN, translated
from providers.replicate.search import created, next_page
from providers.replicate.transport import Json, ReplicateApi, Timing

PAGES = 50
"""Pages of the account's predictions that are looked through for a lost call."""
TRIES = 5
"""For one page of them."""


def path_of(id_: str) -> str:
    return f"/v1/predictions/{quote(id_, safe='')}"


class Reader:
    """Reads the API; nothing here is paid for, so a question may be asked again."""

    def __init__(self, api: ReplicateApi, timing: Timing) -> None:
        self._api = api
        self._timing = timing

    async def asked(self, path: str, params: Mapping[str, str] | None = None) -> Json:
        """The answer to one question; raises a ProviderError."""
        try:
            return await self._api.ask(path, params)
        except FOREIGN as exc:
            raise translated(exc, buying=False) from exc

    async def ended(self, id_: str, news: asyncio.Event) -> Json:
        """The prediction once it has ended, asked for after each pause and whenever there is news.

        Trouble that passes is waited out; raises UnknownOutcome for any other.
        """
        told_to_wait = 0.0
        for pause in self._timing.pauses():
            await _until(news, max(pause, told_to_wait))
            told_to_wait = 0.0
            try:
                prediction = await self.asked(path_of(id_))
            except (Unavailable, RateLimited) as exc:
                told_to_wait = exc.retry_after or 0.0
            except ProviderError as exc:
                raise UnknownOutcome(f"the prediction cannot be asked for: {exc.detail}") from exc
            else:
                if has_ended(prediction):
                    return prediction
        raise AssertionError("there is always another pause")

    async def predictions(self, since: int) -> AsyncGenerator[Json, None]:
        """The account's predictions from the newest back to Unix milliseconds `since`; raises UnknownOutcome."""
        cursor: str | None = None
        for _ in range(PAGES):
            page = await self._page(cursor)
            for prediction in page["results"]:
                if created(prediction, default=since) < since:
                    return
                yield prediction
            cursor = next_page(page)
            if cursor is None:
                return
        raise UnknownOutcome("the account has too many predictions to look through")

    async def _page(self, cursor: str | None) -> Json:
        problem = ""
        for pause in islice(self._timing.pauses(), TRIES):
            try:
                page = await self.asked("/v1/predictions", {"cursor": cursor} if cursor else None)
            except (Unavailable, RateLimited) as exc:
                problem = exc.detail
                await asyncio.sleep(max(pause, exc.retry_after or 0.0))
            except ProviderError as exc:
                raise UnknownOutcome(f"the predictions cannot be listed: {exc.detail}") from exc
            else:
                if _is_list(page):
                    return page
                problem = "the list has another shape"
        raise UnknownOutcome(f"the predictions cannot be listed: {problem}")


def _is_list(page: Json) -> bool:
    results = page.get("results")
    return isinstance(results, list) and all(
        isinstance(one, dict) and isinstance(one.get("id"), str) for one in results
    )


async def _until(news: asyncio.Event, seconds: float) -> None:
    """Wait for news, but no longer than so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await news.wait()
    except TimeoutError:
        return
    news.clear()
