"""Which template a request is made from: a shipped one, or a prompt the person saved."""

from dataclasses import replace
from difflib import get_close_matches

from bot.core.chat.errors import UserError
from bot.core.chat.image_request import ImageRequest
from bot.core.runtime.context import Context
from prompts.enhance import Quality, enhance
from prompts.labels import Label
from prompts.library import SUBJECT, Template, template, templates
from providers.contract.model import Model
from storage.db.database import Transaction
from storage.tables import saved_prompts
from storage.tables.personas import name_key

USUAL = Quality.PLAIN


async def find(tx: Transaction, user: str, name: str) -> Template | None:
    """The person's own prompt of that name as a template, or a shipped one by its id or name."""
    if own := await saved_prompts.find(tx, user, name):
        words = own.words if SUBJECT in own.words else f"{SUBJECT}\n{own.words}"
        return Template(own.name, "", "", Label(own.name, own.name), Label("", ""), words)
    if found := template(name.casefold()):
        return found
    by_name = {name_key(label): one for one in templates() for label in (one.name.en, one.name.fr)}
    return by_name.get(name_key(name))


async def chosen(context: Context, tx: Transaction, name: str | None) -> Template | None:
    """The template a person named; raises UserError naming near ones."""
    if name is None:
        return None
    found = await find(tx, context.user.id, name)
    if found is None:
        own = [one.name for one in await saved_prompts.owned(tx, context.user.id)]
        ids = [*own, *(one.id for one in templates())]
        near = get_close_matches(name.casefold(), ids, n=3, cutoff=0.5) or ids[:5]
        raise UserError("template-unknown", name=name[:60], choices=", ".join(near))
    return found


def quality_of(context: Context, named: str | None) -> Quality:
    """How much is added to a person's words: as named, as they or their place chose, else nothing."""
    preferred = named or context.own.get("quality") or context.shared.get("quality")
    return next((one for one in Quality if one == preferred), USUAL)


def framed(request: ImageRequest, template_: Template | None, model: Model) -> ImageRequest:
    """The request in the template's aspect, where none was named and the model has it."""
    aspect = template_.aspect if template_ else None
    if request.aspect != "auto" or aspect is None or aspect not in model.capabilities.aspects:
        return request
    return replace(request, aspect=aspect)


def words_of(context: Context, request: ImageRequest, template_: Template | None) -> str:
    """What a model is told in place of the person's bare words."""
    return enhance(request.prompt, quality_of(context, request.quality), template_)
