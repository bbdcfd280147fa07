"""An S3 server on loopback: buckets in memory, signatures checked, errors with Amazon's codes.

It speaks what the blob store asks for (put, get, head, delete, list); uploads in parts are not among that.
"""

import hashlib
import hmac
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote
from xml.sax.saxutils import escape, unescape

from aiohttp import web

REGION = "us-east-1"
KEY, SECRET = "AKIDEXAMPLE", "wJalr/XUtn@FEMI:K7%20$x"
_AUTHORIZATION = re.compile(r"AWS4-HMAC-SHA256 Credential=(.+?)/(.+?), ?SignedHeaders=(.+?), ?Signature=(\w+)")
_STATUS = {
    "NoSuchKey": 404, "NoSuchBucket": 404, "InvalidAccessKeyId": 403, "SignatureDoesNotMatch": 403, "AccessDenied": 403,
    "InternalError": 500, "SlowDown": 503,
}  # fmt: skip
_PAGE = 1_000
_GONE = re.compile(r"<Key>(.*?)</Key>")


class S3Error(Exception):
    """What the server answers instead, by Amazon's code."""


@dataclass(slots=True)
class S3:
    """A running server. `trouble` is the code of the error that it answers everything with."""

    key: str = KEY
    secret: str = SECRET
    url: str = ""
    buckets: dict[str, dict[str, tuple[bytes, datetime]]] = field(default_factory=lambda: {"likeness": {}})
    trouble: str | None = None

    @property
    def settings(self) -> dict[str, str]:
        """The settings with which a bot keeps its pictures here."""
        return {
            "BLOB_URL": "s3://likeness", "AWS_ENDPOINT_URL": self.url, "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": self.key, "AWS_SECRET_ACCESS_KEY": self.secret,
        }  # fmt: skip

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        try:
            _check_signature(request, self)
            return self._served(request, body)
        except S3Error as exc:
            code = str(exc)
            words = f"<Error><Code>{code}</Code><Message>It is {code}.</Message></Error>"
            return web.Response(status=_STATUS[code], text=words, content_type="application/xml")

    def _served(self, request: web.Request, body: bytes) -> web.StreamResponse:
        if self.trouble:
            raise S3Error(self.trouble)
        bucket, _, key = request.path.removeprefix("/").partition("/")
        if bucket not in self.buckets:
            raise S3Error("NoSuchBucket")
        held = self.buckets[bucket]
        match request.method:
            case "PUT":
                held[key] = (body, datetime.now(UTC))
                return web.Response(headers={"ETag": _etag(body)})
            case "POST":  # of ?delete, which is how several keys go
                gone = _GONE.findall(body.decode())
                for name in gone:
                    held.pop(unescape(name), None)
                told = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in gone)
                return web.Response(text=f"<DeleteResult>{told}</DeleteResult>", content_type="application/xml")
            case _ if not key:
                return _listed(held, request.query)
            case _:
                return _object(held, key)


def _object(held: Mapping[str, tuple[bytes, datetime]], key: str) -> web.Response:
    if key not in held:
        raise S3Error("NoSuchKey")
    data, when = held[key]
    changed = when.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return web.Response(body=data, headers={"ETag": _etag(data), "Last-Modified": changed})


def _listed(held: Mapping[str, tuple[bytes, datetime]], query: Mapping[str, str]) -> web.Response:
    after = query.get("continuation-token") or query.get("start-after", "")
    keys = [key for key in sorted(held) if key.startswith(query.get("prefix", "")) and key > after]
    shown = keys[:_PAGE]
    entries = "".join(
        f"<Contents><Key>{escape(key)}</Key><LastModified>{held[key][1]:%Y-%m-%dT%H:%M:%S.000Z}</LastModified>"
        f"<ETag>{_etag(held[key][0])}</ETag><Size>{len(held[key][0])}</Size></Contents>"
        for key in shown
    )
    more = f"<NextContinuationToken>{escape(shown[-1])}</NextContinuationToken>" if len(keys) > _PAGE else ""
    text = f"<ListBucketResult><KeyCount>{len(shown)}</KeyCount>{more}{entries}</ListBucketResult>"
    return web.Response(text=text, content_type="application/xml")


def _etag(data: bytes) -> str:
    return f'"{hashlib.md5(data).hexdigest()}"'


def _check_signature(request: web.Request, s3: S3) -> None:
    """AWS Signature Version 4, as Amazon's manual of S3 describes it."""
    found = _AUTHORIZATION.fullmatch(request.headers.get("Authorization", ""))
    if not found:
        raise S3Error("AccessDenied")
    access, scope, signed, signature = found.groups()
    if access != s3.key:
        raise S3Error("InvalidAccessKeyId")
    query = "&".join(f"{quote(key, '')}={quote(value, '')}" for key, value in sorted(request.query.items()))
    headers = "".join(f"{name}:{' '.join(request.headers[name].split())}\n" for name in signed.split(";"))
    canonical = "\n".join(
        [request.method, request.rel_url.raw_path, query, headers, signed, request.headers["x-amz-content-sha256"]]
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = "\n".join(["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, digest])
    key = f"AWS4{s3.secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    if not hmac.compare_digest(hmac.digest(key, text.encode(), "sha256").hex(), signature):
        raise S3Error("SignatureDoesNotMatch")


@asynccontextmanager
async def serving_s3(key: str = KEY, secret: str = SECRET) -> AsyncIterator[S3]:
    """A server until the end of the block."""
    s3 = S3(key, secret)
    app = web.Application(client_max_size=64 * 2**20)
    app.router.add_route("*", "/{path:.*}", s3.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        host, port = runner.addresses[0][:2]
        s3.url = f"http://{host}:{port}"
        yield s3
    finally:
        await runner.cleanup()
