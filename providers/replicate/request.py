"""What Replicate is sent for a picture: where, with which input, and until when it may work on it."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from providers.contract.errors import BadInput
from providers.contract.model import Model
from providers.contract.provider import Reference, Request
from providers.replicate.transport import Json
from providers.shared.json_input import Spelling, arguments
from providers.shared.model_wire import bad, wire_of

INLINE = 256_000
"""Characters of a data URI; a larger photo is uploaded (Replicate's page "Input files")."""
_MARGIN = 10.0
"""Seconds by which Replicate gives a call up before we do, so that we still see how it ended."""
_SHORTEST = 5.0
_REMOTE = re.compile(r"(?P<name>[\w.-]+/[\w.-]+)(:(?P<version>[0-9a-f]+))?")


@dataclass(frozen=True, slots=True)
class Call:
    """One create; `path` is below the base address."""

    path: str
    body: Json
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A model of the list as it is called: `name` is owner/name, `version` the hash of one's own training."""

    model: Model
    name: str
    version: str | None
    spelling: Spelling

    @property
    def path(self) -> str:
        """Where its description is."""
        return f"/v1/models/{self.name}" + (f"/versions/{self.version}" if self.version else "")

    @property
    def by_the_second(self) -> bool:
        """Trained versions are paid for the time they run, official models by the picture."""
        return self.version is not None


def entry_of(model: Model) -> Entry:
    """Raises SettingError for an id or a `wire` that cannot be used."""
    named = _REMOTE.fullmatch(model.at_provider)
    if named is None:
        raise bad(model, "write its remote as owner/name or owner/name:version")
    return Entry(model, named["name"], named["version"], wire_of(model, Spelling))


def check_photos(request: Request, model: Model) -> None:
    """Raise BadInput unless the model takes so many photos; one left out unsaid would cost a wrong picture."""
    count, can = len(request.references), model.capabilities
    if count < can.min_references:
        raise BadInput(f"{model.id} needs {can.min_references} photos, not {count}", problem="needs_reference")
    if count > can.max_references:
        raise BadInput(f"{model.id} takes {can.max_references} photos, not {count}", problem="photo")


def create(request: Request, entry: Entry, photos: Sequence[str], webhook: str | None) -> Call:
    """The paid call; `photos` are addresses or data URIs. Raises BadInput.

    Replicate stops the work itself after `Cancel-After`, also when nobody here is left to do so.
    """
    body: dict[str, object] = {"input": arguments(request, entry.model, entry.spelling, photos)}
    if entry.version:
        body["version"] = entry.version
    if webhook:
        body |= {"webhook": webhook, "webhook_events_filter": ["completed"]}
    path = "/v1/predictions" if entry.version else f"/v1/models/{entry.name}/predictions"
    seconds = max(_SHORTEST, entry.model.capabilities.deadline - _MARGIN)
    return Call(path, body, {"Cancel-After": f"{seconds:.0f}s"})


def inline(photo: Reference) -> str | None:
    """The photo as a data URI, or None when it must be uploaded."""
    start = f"data:{photo.media_type};base64,"
    if len(start) + -(-len(photo.data) // 3) * 4 > INLINE:
        return None
    return start + base64.b64encode(photo.data).decode("ascii")
