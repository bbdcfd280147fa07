"""/prompt enhance, classify, templates, save and forget: better words for pictures."""

from itertools import groupby

from bot.core.chat.errors import UserError
from bot.core.chat.image_request import ImageRequest
from bot.core.chat.messages import Ask, Say, say
from bot.core.chat.options import Options
from bot.core.consent import content_rules
from bot.core.requests import templates
from bot.core.requests.submit import offer_of
from bot.core.runtime import open_questions
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import Confirm
from bot.core.runtime.open_questions import button, draft_of
from prompts import library
from prompts.classify import classify as classified
from prompts.enhance import Quality
from prompts.enhance import enhance as enhanced
from storage.tables import saved_prompts
from storage.tables.saved_prompts import SavedPrompt

MOST = 50
"""Prompts a person can save."""
NEAR = 3
"""Templates named beside a classification."""


async def enhance(context: Context, options: Options) -> None:
    """/prompt enhance: the words with what helps added, and a button that draws them. Raises UserError."""
    text = options.text("text")
    await content_rules.check(context, text)
    async with context.services.database.read() as tx:
        template = await templates.chosen(context, tx, options.texts.get("template"))
    quality = templates.quality_of(context, options.texts.get("quality") or Quality.BEST)
    words = enhanced(text, quality, template)
    request = ImageRequest(prompt=words, quality=Quality.PLAIN)
    offer = await offer_of(context, request)
    draft = await draft_of(context, Confirm(request=request))
    make = button("button-make-price", "confirm", draft.id, price=open_questions.cost(offer.each))
    await context.say(Ask(lines=(say("prompt-enhanced", words=words),), buttons=((make,),), private=True))


async def classify(context: Context, options: Options) -> None:
    """/prompt classify: what kind of picture the words ask for, and templates of that kind."""
    found = classified(options.text("text"))
    lines = [say("prompt-kind", kind=found.kind, percent=round(100 * found.score))]
    if found.alternatives:
        lines.append(say("prompt-kinds", kinds=", ".join(found.alternatives)))
    near = [one for one in library.templates() if one.kind == found.kind] or [
        one for one in library.templates() if one.domain == found.domain
    ]
    lines += [
        say("template-line", id=one.id, name=one.name.of(context.locale), about=one.about.of(context.locale))
        for one in near[:NEAR]
    ]
    await context.say(Say(lines=tuple(lines), private=True))


async def list_(context: Context) -> None:
    """/prompt templates: the person's own prompts and the shipped templates, kind by kind."""
    async with context.services.database.read() as tx:
        own = await saved_prompts.owned(tx, context.user.id)
    lines = [say("prompt-own", name=one.name, words=one.words[:120]) for one in own]
    lines.append(say("templates-head"))
    by_kind = sorted(library.templates(), key=lambda one: one.kind)
    for kind, some in groupby(by_kind, key=lambda one: one.kind):
        names = ", ".join(f"{one.id} ({one.name.of(context.locale)})" for one in some)
        lines.append(say("templates-kind", kind=kind, names=names))
    await context.say(Say(lines=tuple(lines), private=True))


async def save(context: Context, options: Options) -> None:
    """/prompt save: keep words under a name, to be used as a template. Raises UserError."""
    prompt = SavedPrompt(options.text("name"), options.text("text"))
    await content_rules.check(context, prompt.words)
    async with context.services.database.write() as tx:
        if await saved_prompts.count(tx, context.user.id) >= MOST:
            raise UserError("prompt-many", most=MOST)
        await saved_prompts.put(tx, context.user.id, prompt, context.now)
    await context.say(Say(lines=(say("prompt-saved", name=prompt.name),), tone="good", private=True))


async def forget(context: Context, options: Options) -> None:
    """/prompt forget: delete a saved prompt. Raises UserError."""
    name = options.text("name")
    async with context.services.database.write() as tx:
        if not await saved_prompts.remove(tx, context.user.id, name):
            raise UserError("prompt-none", name=name)
    await context.say(Say(lines=(say("prompt-forgotten", name=name),), tone="good", private=True))
