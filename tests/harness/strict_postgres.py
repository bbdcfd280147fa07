"""A PostgreSQL as managed services run it: with passwords, TLS, and roles that may not do everything.

The server of the tests is built without TLS and listens on a socket of the file system alone, so a relay on loopback
speaks TLS in its place.
"""

import asyncio
import ssl
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TypeAlias
from urllib.parse import parse_qs, quote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.harness.postgres import Postgres

PASSWORD = "p/a@s:s%20w#o?r&d"
"""One that no address holds as it is."""
_ROLES = ("keeper", "locked", "guest", "single")
_SETUP = f"""\
CREATE ROLE keeper LOGIN PASSWORD '{PASSWORD}';
CREATE ROLE locked NOLOGIN PASSWORD '{PASSWORD}';
CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}';
CREATE ROLE single LOGIN PASSWORD '{PASSWORD}' CONNECTION LIMIT 1;
"""
Ends: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_TLS_WANTED = struct.pack("!ii", 8, 80877103)
"""The message SSLRequest (chapter 54.7 of PostgreSQL's manual)."""


@dataclass(frozen=True, slots=True)
class StrictPostgres:
    """The databases `pictures`, which is keeper's, and `closed`, which nobody but its owner may enter."""

    socket: Path

    def url(self, user: str = "keeper", database: str = "pictures", password: str = PASSWORD) -> str:
        """An address of the socket."""
        return f"postgresql://{_login(user, password)}@/{database}?host={self.socket.parent}"


@dataclass(slots=True)
class Relay:
    """The same server on loopback; `certificate` is the file of the one it shows, which signed itself for 127.0.0.1."""

    certificate: Path
    port: int = 0
    encrypted: int = 0
    """Connections that asked for TLS and got it."""

    def url(self, query: str, password: str = PASSWORD) -> str:
        """An address; the query begins with a question mark."""
        return f"postgresql://{_login('keeper', password)}@127.0.0.1:{self.port}/pictures{query}"


def _login(user: str, password: str) -> str:
    return f"{user}:{quote(password, safe='')}" if password else user


@contextmanager
def made_strict(postgres: Postgres) -> Iterator[StrictPostgres]:
    """Roles with passwords on a server that trusts everybody else."""
    data = Path(postgres.server.pgdata)
    rules = data / "pg_hba.conf"
    before = rules.read_text("utf-8")
    postgres.server.psql(_SETUP)
    postgres.server.psql("CREATE DATABASE pictures OWNER keeper;")
    postgres.server.psql("CREATE DATABASE closed; REVOKE CONNECT ON DATABASE closed FROM PUBLIC;")
    rules.write_text(f"local all {','.join((*_ROLES, 'nobody'))} scram-sha-256\n{before}", "utf-8")
    postgres.server.psql("SELECT pg_reload_conf();")
    (folder,) = parse_qs(urlsplit(postgres.server.get_uri()).query)["host"]
    yield StrictPostgres(Path(folder) / ".s.PGSQL.5432")
    rules.write_text(before, "utf-8")


@asynccontextmanager
async def relayed(socket: Path, certificate: Path) -> AsyncIterator[Relay]:
    """A relay that speaks TLS with whoever asks for it, until the end; its key lies beside the certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    relay, open_ = Relay(certificate), set[asyncio.Task[None]]()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_.add(asyncio.create_task(_serve(relay, context, str(socket), (reader, writer))))

    async with await asyncio.start_server(begin, "127.0.0.1", 0) as listening:
        relay.port = listening.sockets[0].getsockname()[1]
        yield relay
    await asyncio.gather(*open_)


async def _serve(relay: Relay, context: ssl.SSLContext, socket: str, client: Ends) -> None:
    reader, writer = client
    server_reader, server = await asyncio.open_unix_connection(socket)
    with suppress(OSError, ssl.SSLError):  # of a client that does not trust the certificate
        if (first := await reader.readexactly(8)) == _TLS_WANTED:
            writer.write(b"S")
            await writer.start_tls(context)
            relay.encrypted += 1
        else:
            server.write(first)
        await asyncio.gather(_carry(reader, server), _carry(server_reader, writer))
    for end in (server, writer):
        end.close()
        with suppress(OSError, ssl.SSLError):
            await end.wait_closed()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


def signed(folder: Path) -> Path:
    """A new certificate for 127.0.0.1 that signs itself; its key lies beside it."""
    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(secret.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(secret, hashes.SHA256())
    )  # fmt: skip
    certificate, key = folder / "server.crt", folder / "server.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    key.write_bytes(secret.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return certificate
