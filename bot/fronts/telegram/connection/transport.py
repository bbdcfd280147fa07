"""ApiCalls to the Bot API over aiohttp, which costs a third to a fifth of the library's default."""

import json
from io import BytesIO

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

_TIMEOUT = 20.0
"""Seconds for an answer; uploads get longer, and long polls bring their own."""
_UPLOAD = 120.0
_CONNECT = 10.0


class Flooded(TelegramError):
    """Telegram wants us to be silent for some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many requests, silent for {seconds} s")
        self.seconds = seconds


class Transport(BaseRequest):
    """What telegram.Bot sends its requests with."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return _TIMEOUT

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of an answer; raises Flooded, TimedOut or NetworkError."""
        if self._session is None:
            raise NetworkError("not connected")
        uploads = request_data is not None and request_data.contains_files
        seconds = read_timeout if isinstance(read_timeout, int | float) else _UPLOAD if uploads else _TIMEOUT
        timeout = aiohttp.ClientTimeout(total=seconds + _CONNECT, sock_connect=_CONNECT)
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=timeout) as response:
                payload = await response.read()
        except TimeoutError as exc:
            raise TimedOut from exc
        except aiohttp.ClientError as exc:
            raise NetworkError(f"{type(exc).__name__}: {exc}") from exc
        if response.status == 429:
            raise Flooded(_seconds(payload))
        return response.status, payload


def _body(request_data: RequestData | None) -> aiohttp.FormData | None:
    if request_data is None:
        return None
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, data, media_type) in request_data.multipart_data.items():
        form.add_field(
            name, BytesIO(bytes(data)) if isinstance(data, bytes) else data, filename=filename, content_type=media_type
        )
    return form


def _seconds(payload: bytes) -> float:
    """How long to be silent (Bot API: ResponseParameters, retry_after); a second where it does not say."""
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0
