"""What a call of the Gemini API cost, from the tokens it reports."""

import math
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from providers.gemini.request import GeminiWire


class Modality(BaseModel):
    """How many tokens were of one kind, such as IMAGE."""

    model_config = ConfigDict(alias_generator=to_camel)

    modality: str = ""
    token_count: int = 0


class Usage(BaseModel):
    """The `usageMetadata` of an answer, in tokens; a count that is not told is 0."""

    model_config = ConfigDict(alias_generator=to_camel)

    prompt_token_count: int | None = None
    tool_use_prompt_token_count: int | None = None
    candidates_token_count: int | None = None
    candidates_tokens_details: Sequence[Modality] | None = None
    thoughts_token_count: int | None = None
    total_token_count: int | None = None


def cost_of(usage: Usage | None, wire: GeminiWire, *, drawn: bool, searches: int = 0) -> int | None:
    """Whole microdollars, rounded up; None where no usage is told.

    By Google's price list (2026-09-20): thinking counts as text whether it is shown or not, a refused call pays for its
    prompt and its thinking, and every web search has its own price. Without details a drawn answer is all picture.
    """
    if usage is None:
        return None
    asked = (usage.prompt_token_count or 0) + (usage.tool_use_prompt_token_count or 0)
    answered = usage.candidates_token_count or 0
    told = [one.token_count for one in usage.candidates_tokens_details or () if one.modality == "IMAGE"]
    picture = sum(told) if told else answered * drawn
    words = max(0, answered - picture) + (usage.thoughts_token_count or 0)
    # dollars per million tokens are microdollars per token
    return math.ceil(
        asked * wire.text_in + picture * wire.image_out + words * wire.text_out + searches * wire.search * 10**6
    )
