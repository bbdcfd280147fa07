"""Outgoing values as JSON and back, for transcripts, scripts and front ends with a wire of their own."""

from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from bot.core.chat.messages import Outgoing

_OUTGOING: TypeAdapter[Outgoing] = TypeAdapter(Annotated[Outgoing, Field(discriminator="type")])


def dump(outgoing: Outgoing) -> dict[str, Any]:
    """The value as plain JSON data; `type` names the class."""
    data: dict[str, Any] = _OUTGOING.dump_python(outgoing, mode="json")
    return data


def load(data: Any) -> Outgoing:
    """The value that `dump` wrote; raises pydantic.ValidationError on anything else."""
    return _OUTGOING.validate_python(data)
