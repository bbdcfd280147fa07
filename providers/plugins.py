"""Providers of other distributions, found by their entry points in the group `likeness.providers`."""

from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points

from providers.contract.settings import Declaration

GROUP = "likeness.providers"


class BadPlugin(Exception):
    """A provider plug-in cannot be used; the message is a sentence that names it and the fix."""


def with_plugins(shipped: Mapping[str, Declaration]) -> dict[str, Declaration]:
    """Return the shipped providers and those of plug-ins by name; raises BadPlugin."""
    found = dict(shipped)
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, _owner(point))):
        if point.name in found:
            raise BadPlugin(
                f"The provider plug-in {_named(point)} has the name of another provider: uninstall one of them."
            )
        found[point.name] = _loaded(point)
    _check_settings(found)
    return found


def _loaded(point: EntryPoint) -> Declaration:
    try:
        declaration = point.load()
    except Exception as exc:  # a plug-in's module may raise anything while it is imported
        raise BadPlugin(
            f"The provider plug-in {_named(point)} cannot be loaded: update it or uninstall it "
            f"({type(exc).__name__}: {exc})."
        ) from exc
    if not isinstance(declaration, Declaration):
        raise BadPlugin(
            f"The provider plug-in {_named(point)} names {point.value}, which is no "
            f"{Declaration.__module__}.{Declaration.__name__}: update it or uninstall it."
        )
    return declaration


def _check_settings(found: Mapping[str, Declaration]) -> None:
    """Raise BadPlugin where two providers are turned on by one setting."""
    owners: dict[str, str] = {}
    for name, key in _switches(found):
        if owners.setdefault(key, name) != name:
            raise BadPlugin(f"The providers {owners[key]!r} and {name!r} both read {key}: uninstall one of them.")


def _switches(found: Mapping[str, Declaration]) -> Iterator[tuple[str, str]]:
    for name, declaration in found.items():
        for key in declaration.keys:
            yield name, key


def _named(point: EntryPoint) -> str:
    return f"{point.name!r} of {_owner(point)}"


def _owner(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "an unknown distribution"
