"""What the Gemini API is asked for: the photos in their order, the words after them, and a picture's settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from google.genai import types

from providers.contract.errors import BadInput
from providers.contract.model import Model
from providers.contract.provider import Request

Threshold: TypeAlias = Literal["BLOCK_ONLY_HIGH", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_LOW_AND_ABOVE"]
"""Google's names of its thresholds, without the two that switch the filter off (OFF and BLOCK_NONE)."""
CATEGORIES = (
    types.HarmCategory.HARM_CATEGORY_HARASSMENT,
    types.HarmCategory.HARM_CATEGORY_HATE_SPEECH,
    types.HarmCategory.HARM_CATEGORY_SEXUALLY_EXPLICIT,
    types.HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT,
)
"""All that an API key may set a threshold for (docstrings of google-genai 3.3)."""
SHORTEST = 10
"""Seconds below which the server refuses a deadline."""
EARLIER = 5.0
"""Seconds the server gives up before we do, so that its answer, which is proof of an unpaid call, comes in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeminiWire:
    """What the model list says of one model's requests and of its prices in dollars per million tokens."""

    text_in: Decimal
    """Photos count as text."""
    text_out: Decimal
    """Also for what the model thinks."""
    image_out: Decimal
    search: Decimal = Decimal(0)
    """Dollars for each web search."""
    thinking: Literal["minimal", "low", "medium", "high"] | None = None
    safety_threshold: Threshold = "BLOCK_ONLY_HIGH"


def contents_of(request: Request, marks: Sequence[bytes]) -> types.Content:
    """One turn of the person; `marks` stand for the bytes of the photos, see gemini_body.py.

    A picture that is to be changed is a photo like the others: a turn of the model would need the signatures of its
    earlier answer, which nobody keeps.
    """
    photos = [
        types.Part.from_bytes(data=mark, mime_type=photo.media_type)
        for mark, photo in zip(marks, request.references, strict=True)
    ]
    return types.Content(role="user", parts=[*photos, types.Part.from_text(text=request.prompt)])


def config_of(request: Request, model: Model, wire: GeminiWire) -> types.GenerateContentConfig:
    """The settings of one picture; raises BadInput for a parameter the model does not take.

    Text is allowed beside the picture since a web search needs it, and since the model then says why it drew nothing.
    """
    return types.GenerateContentConfig(
        response_modalities=["TEXT", "IMAGE"],
        image_config=_image(request, model),
        safety_settings=[
            types.SafetySetting(category=category, threshold=types.HarmBlockThreshold(wire.safety_threshold))
            for category in CATEGORIES
        ],
        thinking_config=_thinking(wire),
        tools=[types.Tool(google_search=types.GoogleSearch())] if _searches(request, model) else None,
        http_options=_in_time(model.capabilities.deadline),
        should_return_http_response=True,  # read off the loop, and with finishMessage, which the SDK drops
        automatic_continuation=False,  # nor may the SDK ever buy the rest of an answer
        automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
    )


def _image(request: Request, model: Model) -> types.ImageConfig:
    """A ratio of `auto` is left out, and so is the size where there is but one: not every model knows the field."""
    return types.ImageConfig(
        aspect_ratio=None if request.aspect == "auto" else request.aspect,
        image_size=request.size if len(model.capabilities.sizes) > 1 else None,
    )


def _thinking(wire: GeminiWire) -> types.ThinkingConfig | None:
    if wire.thinking is None:
        return None
    return types.ThinkingConfig(thinking_level=types.ThinkingLevel(wire.thinking.upper()), include_thoughts=False)


def _searches(request: Request, model: Model) -> bool:
    if unknown := set(request.parameters) - set(model.capabilities.parameters):
        raise BadInput(f"{model.id} takes no {', '.join(sorted(unknown))}")
    wish = request.parameters.get("web_search", "off")
    if wish not in ("on", "off"):
        raise BadInput(f"web_search is on or off, not {wish!r}")
    return wish == "on"


def _in_time(seconds: float) -> types.HttpOptions:
    """Our own deadline, and the server's a little before it."""
    server = max(SHORTEST, int(seconds - EARLIER))
    return types.HttpOptions(timeout=int(seconds * 1000), headers={"X-Server-Timeout": str(server)})
