"""Bounds the connections of the web server, so that strangers cannot use up its file descriptors or its log."""

import asyncio
import resource
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.fronts.web.access.headers import SERVER
from bot.fronts.web.access.rare_log import RareLog

MOST = 2000
LEAST = 16
IDLE = 20.0
"""Seconds in which a connection must have sent the headers of its next request."""
LINGERING = 5.0
"""Seconds for which the rest of a refused body is still read, so that its sender can read why."""
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nServer: " + SERVER.encode() + b"\r\nRetry-After: 5\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)


def bound() -> int:
    """The connections to hold at once: half the file descriptors the process may have, at most MOST.

    The other half is for files, databases, platforms, and for connections between accepting and refusing them.
    """
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else max(LEAST, min(MOST, soft // 2))


class Connections:
    """The open connections. When there are too many, the one that has been idle longest makes room for a new one; while
    all of them are at work, a new one is refused with 503."""

    def __init__(self, most: int, log: RareLog) -> None:
        self._most = most
        self._log = log
        self._idle: dict[Connection, None] = {}
        self._busy: dict[Connection, int] = {}

    def factory(self, server: web.Server) -> Callable[[], asyncio.Protocol]:
        """Makes a protocol for every accepted connection."""
        loop = asyncio.get_running_loop()

        def accept() -> asyncio.Protocol:
            while self._idle and len(self._idle) + len(self._busy) >= self._most:
                self._log.warning("web_connections_full", most=self._most)
                longest_idle = next(iter(self._idle))
                self.lost(longest_idle)
                longest_idle.force_close()
            if len(self._busy) >= self._most:
                self._log.warning("web_connections_refused", most=self._most)
                return _Refusal()
            connection = Connection(self, server, loop)
            self._idle[connection] = None
            return connection

        return accept

    def lost(self, connection: "Connection") -> None:
        """Forget a connection that is closed."""
        self._idle.pop(connection, None)
        self._busy.pop(connection, None)

    def failed(self, status: int, exc: BaseException | None) -> None:
        """Log what the protocol could not answer: a stranger's nonsense once a minute, an error of ours with its
        traceback."""
        if exc is not None and status >= 500:
            self._log.exception("web_protocol_failed", exc)
        else:
            self._log.warning("web_request_malformed")

    @web.middleware
    async def track(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Count a connection as busy while its request is answered."""
        connection = request.protocol
        if not isinstance(connection, Connection):
            return await handler(request)
        self._idle.pop(connection, None)
        self._busy[connection] = self._busy.get(connection, 0) + 1
        try:
            return await handler(request)
        finally:
            if connection in self._busy:  # it may be lost by now
                del self._busy[connection]
                self._idle[connection] = None


class Connection(web.RequestHandler):
    """aiohttp's protocol of one connection, which reports its end and answers malformed requests without a version."""

    __slots__ = ("_connections",)

    def __init__(self, connections: Connections, server: web.Server, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            server, loop=loop, keepalive_timeout=IDLE, lingering_time=LINGERING, auto_decompress=False,
            access_log=None,  # type: ignore[arg-type]  # as web.AppRunner(access_log=None), which its annotation forgot
        )  # fmt: skip
        self._connections = connections

    def connection_lost(self, exc: BaseException | None) -> None:
        self._connections.lost(self)
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """A short answer to what never reached the application."""
        self._connections.failed(status, exc)
        response = web.Response(status=status, text="This request was not understood.\n", headers={"Server": SERVER})
        response.force_close()
        return response

    def log_exception(self, *args: object, **kwargs: object) -> None:
        exc = kwargs.get("exc_info")
        self._connections.failed(500, exc if isinstance(exc, BaseException) else None)


class _Refusal(asyncio.Protocol):
    """Tells a connection that there is no room, and closes it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(_FULL)
        transport.close()
