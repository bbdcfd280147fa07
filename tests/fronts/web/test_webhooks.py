"""News from providers and platforms comes in without a pass; whoever listens checks that it is genuine."""

from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from bot.fronts.web.webhooks import LARGEST
from tests.fronts.web.serving import TOKEN, Recorder, served

NEWS = b'{"id": "done"}'


async def told(folder: Path, app: Recorder, data: bytes | BytesIO = NEWS, method: str = "POST") -> int:
    async with (
        served(folder, app, WEB_TOKEN=TOKEN) as chat,
        aiohttp.ClientSession(chat.url) as provider,
        provider.request(method, "/hooks/replicate?key=7", data=data) as answer,
    ):
        return answer.status


@pytest.mark.parametrize(("genuine", "status"), [(True, 200), (False, 401), (None, 404)])
async def test_the_listener_decides(tmp_path: Path, genuine: bool | None, status: int) -> None:
    app = Recorder(genuine=genuine)
    assert await told(tmp_path, app) == status
    assert app.news == [("replicate", NEWS)]


async def test_more_than_news_can_be_is_not_read(tmp_path: Path) -> None:
    app = Recorder(genuine=True)
    assert await told(tmp_path, app, BytesIO(b"x" * (LARGEST + 1))) == 413
    assert app.news == []


async def test_news_that_comes_in_many_pieces_is_heard_whole(tmp_path: Path) -> None:
    app = Recorder(genuine=True)
    news = b'{"input": {"image_input": ["data:image/png;base64,' + b"A" * 3_000_000 + b'"]}}'
    assert await told(tmp_path, app, BytesIO(news)) == 200
    assert app.news == [("replicate", news)]


async def test_only_posts_are_news(tmp_path: Path) -> None:
    assert await told(tmp_path, Recorder(genuine=True), b"", "GET") == 405
