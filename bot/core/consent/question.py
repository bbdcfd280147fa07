"""Asking who is on photos with faces nobody answered for."""

from bot.core.chat.messages import Ask, say
from bot.core.consent.rules import ANSWERS, photo_key
from bot.core.media.pictures import reference_picture
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import Consent, Then
from bot.core.runtime.open_questions import button, draft_of
from storage.tables.enums import Answer
from storage.tables.references import ReferencePhoto


async def ask_consent(context: Context, then: Then, photos: tuple[ReferencePhoto, ...], *, for_persona: bool) -> None:
    """Ask who is on these photos, showing them; a persona is never made of a child."""
    keys = tuple(photo_key(photo) for photo in photos if photo.faces)
    draft = await draft_of(context, Consent(keys=keys, then=then))
    answers = [answer for answer in ANSWERS if not (for_persona and answer == Answer.CHILD)]
    rows = tuple((button(f"consent-answer-{answer}", "consent", draft.id, answer),) for answer in answers)
    pictures = tuple(reference_picture(photo, number) for number, photo in enumerate(photos[:4], 1))
    question = say("consent-question-persona") if for_persona else say("consent-question")
    await context.say(Ask(lines=(question,), buttons=rows, pictures=pictures, private=True))
