"""The settings every provider has: the key of the operator's account, and the address its API is at."""

from collections.abc import Mapping

from yarl import URL

from providers.contract.errors import BadSetup


def key_of(settings: Mapping[str, str], name: str, looks: str) -> str:
    """The key in a setting, without the blanks around it; raises BadSetup, which says what a key `looks` like."""
    if key := written(settings, name):
        return key
    raise BadSetup(name, f"copy it again from your account; it looks like {looks}")


def written(settings: Mapping[str, str], name: str) -> str:
    """The same, or "" where no key is set. Raises BadSetup for one that could not even be sent as a header."""
    key = settings.get(name, "").strip()
    if key.isascii() and key.isprintable() and " " not in key:
        return key
    raise BadSetup(name, "copy the key again: it has characters that no key has")


def address_of(settings: Mapping[str, str], name: str, usual: str) -> str:
    """The http or https address in a setting, or the `usual` one, without a slash at its end; raises BadSetup."""
    text = (settings.get(name, "").strip() or usual).rstrip("/")
    if is_address(text):
        return text
    raise BadSetup(name, f"write an address such as {usual}")  # its own text may hold a password


def is_address(text: str) -> bool:
    """Whether requests can be sent there at all."""
    try:
        url = URL(text)
        return url.scheme in ("http", "https") and bool(url.host) and url.port != 0
    except ValueError:
        return False
