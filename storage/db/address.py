"""The address of a database, as managed services hand it out, for both drivers.

Ours (aiosqlite, asyncpg) and the job engine's (sqlite3, psycopg) spell schemes and TLS differently; here that of
libpq is read, and each gets what it takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

SCHEMES: Mapping[str, str] = {
    "sqlite": "sqlite", "sqlite+aiosqlite": "sqlite",
    "postgres": "postgresql", "postgresql": "postgresql", "postgresql+asyncpg": "postgresql",
}  # fmt: skip
"""The schemes that are read, and whose database each names."""
MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
"""What `sslmode` may be (chapter 32.19 of PostgreSQL's manual)."""
_SPOKEN: Mapping[str, str] = {"true": "require", "on": "require", "1": "require", "false": "disable", "0": "disable"}
"""What else `ssl` is given as."""
_FOR_BOTH = ("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "application_name")
"""Parameters that both drivers take under libpq's names."""
_WHERE = ("host", "port")
"""Parameters that SQLAlchemy itself reads."""


class BadAddress(ValueError):
    """An address that cannot be used; the message is a fix."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is: `url` without a driver, and what its drivers are told beside it, under libpq's names."""

    url: URL = field(repr=False)
    options: Mapping[str, str]

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite's, in this process."""
        return self.url.drivername == "sqlite"

    def for_asyncio(self) -> tuple[URL, dict[str, Any]]:
        """The address for our engines, and what to connect with: asyncpg reads libpq's parameters from a DSN alone."""
        if self.is_sqlite:
            return self.url.set(drivername="sqlite+aiosqlite"), {}
        url = self.url.set(drivername="postgresql+asyncpg")
        return url, {"dsn": f"postgresql://?{urlencode(self.options)}"} if self.options else {}

    def for_threads(self) -> URL:
        """The address for the job engine."""
        if self.is_sqlite:
            return self.url
        return self.url.set(drivername="postgresql+psycopg").update_query_dict(self.options)


def read(text: str, password: str | None = None) -> Address:
    """Read an address; `password`, unescaped, is used where the address has none. Raises BadAddress."""
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError) as exc:
        raise BadAddress("write it like postgresql://user@host/database, its password in DATABASE_PASSWORD") from exc
    if url.drivername not in SCHEMES:
        raise BadAddress("begin it with sqlite:// or postgresql://")
    url = url.set(drivername=SCHEMES[url.drivername])
    if url.drivername == "sqlite":
        return Address(url, {})
    if not url.database:
        raise BadAddress("name the database at its end, as in postgresql://user@host/database")
    query = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
    options = _options({name: value for name, value in query.items() if name not in _WHERE})
    url = url.set(query={name: value for name, value in url.query.items() if name in _WHERE})
    return Address(_with_password(url, password), options)


def _with_password(url: URL, password: str | None) -> URL:
    if not password:
        return url
    if url.password is not None:
        raise BadAddress("it has a password, and DATABASE_PASSWORD another: take one of them out")
    return url.set(password=password)


def _options(query: Mapping[str, str]) -> dict[str, str]:
    """The parameters of an address under libpq's names."""
    given = dict(query)
    if (spoken := given.pop("ssl", None)) is not None:
        given.setdefault("sslmode", _SPOKEN.get(spoken.lower(), spoken))
    if strange := sorted(given.keys() - set(_FOR_BOTH)):
        raise BadAddress(f"take {', '.join(strange)} out: besides its user and place, {', '.join(_FOR_BOTH)} are read")
    if (mode := given.get("sslmode")) is not None and mode not in MODES:
        raise BadAddress(f"give sslmode one of {', '.join(MODES)}, not {mode!r}")
    return given
