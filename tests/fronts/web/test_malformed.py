"""Requests that no browser sends: refused with 400 or another status of the sender's fault, and without a traceback."""

import asyncio
import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
import structlog
from structlog.testing import capture_logs

from tests.fronts.web.serving import Served, history

ID = "6f2c1a34-0000-4000-8000-000000000000"
EVENT = json.dumps({"type": "typed", "id": ID, "text": "hi"}).encode()
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(autouse=True)
def no_traceback() -> Iterator[list[structlog.typing.EventDict]]:
    """Nothing is logged as an error of ours."""
    with capture_logs() as logs:
        yield logs
    assert [line for line in logs if line["log_level"] in ("error", "critical")] == []


async def raw(chat: Served, request: bytes) -> bytes:
    """The head of the answer to bytes that are no proper request."""
    reader, writer = await asyncio.open_connection("127.0.0.1", chat.front.port)
    writer.write(request)
    try:
        return await reader.readuntil(b"\r\n\r\n")
    finally:
        writer.close()


def post(chat: Served, path: str, head: bytes, body: bytes, length: int | None = None) -> bytes:
    return (
        (
            f"POST {path} HTTP/1.1\r\nHost: {chat.host}\r\nOrigin: {chat.url}\r\nConnection: close\r\n"
            f"Content-Length: {len(body) if length is None else length}\r\n"
        ).encode()
        + head
        + b"\r\n"
        + body
    )


BODIES = {
    "an unknown charset": (b"Content-Type: application/json; charset=zip\r\n", EVENT),
    "another charset": (b"Content-Type: application/json; charset=utf-16\r\n", EVENT.decode().encode("utf-16")),
    "broken UTF-8": (b"Content-Type: application/json\r\n", EVENT.replace(b"hi", b"\xff\xfe")),
    "half a surrogate": (b"Content-Type: application/json\r\n", EVENT.replace(b"hi", b"\\ud800")),
    "deep nesting": (b"Content-Type: application/json\r\n", b"[" * 100_000),
    "no boundary": (b"Content-Type: multipart/form-data\r\n", EVENT),
    "an empty boundary": (b'Content-Type: multipart/form-data; boundary=""\r\n', EVENT),
    "a long boundary": (b"Content-Type: multipart/form-data; boundary=" + b"x" * 500 + b"\r\n", EVENT),
    "a wrong boundary": (b"Content-Type: multipart/form-data; boundary=a\r\n", b"--b\r\n\r\nhi\r\n--b--\r\n"),
    "parts within a part": (
        b"Content-Type: multipart/form-data; boundary=a\r\n",
        b"--a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n--a--\r\n",
    ),
    "a part without an end": (
        b"Content-Type: multipart/form-data; boundary=a\r\n",
        b'--a\r\nContent-Disposition: form-data; name="event"\r\n\r\n{"type"',
    ),
    "a part with odd headers": (
        b"Content-Type: multipart/form-data; boundary=a\r\n",
        b"--a\r\n\xff\xfe: \x00\r\n\r\nx\r\n--a--\r\n",
    ),
    "bytes that are no gzip": (b"Content-Type: application/json\r\nContent-Encoding: gzip\r\n", EVENT),
    "an unknown encoding": (b"Content-Type: application/json\r\nContent-Encoding: rot13\r\n", b"\x00\x01"),
    "no type at all": (b"", b"\x00" * 10),
}  # fmt: skip


async def test_a_malformed_body_is_refused(home: Served) -> None:
    for name, (head, body) in BODIES.items():
        answer = await raw(home, post(home, "/api/events", head, body))
        assert answer.startswith(b"HTTP/1.1 400"), (name, answer[:200])
    assert home.app.heard == []


STRANGERS = {
    "broken UTF-8 in the form": ("/sign-in", FORM, b"token=%ff&name=\xff"),
    "a form of many fields": ("/sign-in", FORM, b"&".join(b"a=1" for _ in range(1000))),
    "a form that is JSON": ("/sign-in", b"Content-Type: application/json\r\n", EVENT),
    "a form in parts": ("/sign-in", b"Content-Type: multipart/form-data; boundary=x\r\n", b"--x--"),
    "an unknown charset": ("/join/AAAA", b"Content-Type: text/plain; charset=zip\r\n", b"name=x"),
    "a type that is none": ("/join/AAAA", b"Content-Type: \xff/;;;=\r\n", b"name=x"),
}


async def test_a_strangers_malformed_form_is_refused(team: Served) -> None:
    for name, (path, head, body) in STRANGERS.items():
        answer = await raw(team, post(team, path, head, body))
        assert answer.startswith(b"HTTP/1.1 400"), (name, answer[:200])


HEADS = {
    "NUL in a file's path": b"GET /static/%00.js HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "NUL in a picture's id": b"GET /pictures/i:%00/full HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "NUL in a code": b"GET /join/%00 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "NUL in a query": b"GET /api/history?before=%00 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a line break in a query": b"GET /api/suggest?typed=%0d%0a HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a raw NUL": b"GET /\x00 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "no method": b"\r\n \r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 50,
    "a header without a name": b"GET / HTTP/1.1\r\nHost: {host}\r\n: x\r\n\r\n",
    "a header too long": b"GET / HTTP/1.1\r\nHost: {host}\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
    "too many headers": b"GET / HTTP/1.1\r\nHost: {host}\r\n" + b"X: x\r\n" * 500 + b"\r\n",
    "two lengths": b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a negative length": b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n",
    "a length and chunks": (
        b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
    "broken chunks": (
        b"POST /sign-in HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n"
    ),
}


async def test_a_malformed_head_is_refused_without_a_version(team: Served) -> None:
    for name, head in HEADS.items():
        answer = await raw(team, head.replace(b"{host}", team.host.encode()).replace(b"{origin}", team.url.encode()))
        assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400")), (name, answer[:200])
        assert b"Server: Likeness" in answer, name


ODD = {
    "cookies": b"Cookie: =; ;;; likeness; \xff\xfe=\xff; likeness=\x80\x81; a=b=c; $Version=1\r\n",
    "languages": b"Accept-Language: ;;q=9,\xff,-,*;q=x\r\n",
    "an unknown range": b"Range: lines=1-2\r\n",
    "a broken range": b"Range: bytes=9-1,zz\r\n",
    "a broken date": b"If-Modified-Since: never\r\nIf-None-Match: \xff\r\n",
    "a broken upgrade": b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: x\r\n",
    "an odd expectation": b"Expect: tea\r\n",
    "odd forwarders": b"X-Forwarded-For: ,,\xff, 999.1.1.1\r\nX-Forwarded-Proto: \xff\r\n",
}


async def test_odd_headers_are_no_error_of_ours(team: Served) -> None:
    host = team.host.encode()
    for name, header in ODD.items():
        for path in (b"/sign-in", b"/static/favicon.svg", b"/ws", b"/healthz", b"/api/session"):
            answer = await raw(team, b"GET " + path + b" HTTP/1.1\r\nHost: " + host + b"\r\n" + header + b"\r\n")
            assert answer.startswith(b"HTTP/1.1 "), (name, path, answer[:100])
            assert int(answer.split()[1]) < 500, (name, path)


async def test_a_range_that_is_none_is_refused_or_ignored(home: Served) -> None:
    async with home.tab() as tab:
        for given in ("bytes=9-1", "bytes=zz", "lines=1-2", "bytes=99999999-", "bytes=-0"):
            async with tab.get("/static/js/main.js", headers={"Range": given}) as response:
                assert response.status in (200, 206, 416), given


async def test_nul_in_words_and_names_is_left_out(home: Served) -> None:
    async with home.tab() as tab:
        event = {"type": "typed", "id": str(uuid4()), "text": "a\0b"}
        async with tab.post("/api/events", data=json.dumps(event)) as response:
            assert response.status == 200
        assert (await history(tab))[0]["body"]["text"] == "ab"
        for field in ("message", "action"):
            event = {"type": "pressed", "id": str(uuid4()), "message": "m", "action": "v1:keep:7", field: "a\0"}
            async with tab.post("/api/events", data=json.dumps(event)) as response:
                assert response.status == 400
