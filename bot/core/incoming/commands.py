"""What each command of the catalogue does."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from bot.core.account import link, preferences, privacy, quota, web_links
from bot.core.admin import access_commands, greeting, limit_commands, status_commands
from bot.core.chat import parsing
from bot.core.chat.catalogue import find
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Photo
from bot.core.chat.options import Options, check
from bot.core.curation import gallery, gallery_stats, review_round, vote_commands, vote_settings
from bot.core.incoming import help as help_
from bot.core.incoming import menus
from bot.core.people.access import may_run
from bot.core.personas import editing, likeness, persona_commands, photo_collection, references, traits
from bot.core.requests import imagine, prompt_commands, queue_commands, variations
from bot.core.runtime.context import Context

UseCase: TypeAlias = Callable[[Context, Options, tuple[Photo, ...]], Awaitable[None]]


async def run(context: Context, name: str, given: Mapping[str, str], photos: tuple[Photo, ...]) -> None:
    """Do what a command says; one named in part is answered with buttons or a form for the rest. Raises UserError."""
    spec = find(name)
    if spec is None and menus.family(name):
        await menus.show(context, name)
        return
    if spec is None:
        raise parsing.unknown_command(name)
    if not may_run(context, spec):
        raise UserError("moderator-only" if spec.who == "moderator" else "operator-only")
    if menus.missing(spec, given, len(photos)):
        await menus.ask_missing(context, spec, given, photos)
        return
    await _USE_CASES[name](context, check(spec, given, len(photos)), photos)


async def _cancel(context: Context, options: Options, photos: tuple[Photo, ...]) -> None:
    """End the open collection of photos; without one, what runs."""
    if not await photo_collection.give_up(context):
        await queue_commands.cancel_all(context)


_USE_CASES: Mapping[str, UseCase] = {
    "start": lambda context, options, photos: greeting.greet(context),
    "imagine": imagine.imagine,
    "edit": variations.edit,
    "blend": variations.blend,
    "persona create": persona_commands.create,
    "persona show": lambda context, options, photos: persona_commands.show(context, options),
    "persona list": lambda context, options, photos: persona_commands.list_(context),
    "persona edit": lambda context, options, photos: editing.edit(context, options),
    "persona traits": lambda context, options, photos: traits.show(context, options),
    "persona share": lambda context, options, photos: editing.share(context, options),
    "persona delete": lambda context, options, photos: persona_commands.ask_delete(context, options),
    "reference add": photo_collection.reference_add,
    "reference list": lambda context, options, photos: references.list_(context, options),
    "reference remove": lambda context, options, photos: references.remove(context, options),
    "gallery web": lambda context, options, photos: web_links.gallery_web(context),
    "gallery stats": lambda context, options, photos: gallery_stats.stats(context),
    "gallery browse": lambda context, options, photos: gallery.browse(context, options),
    "curate": lambda context, options, photos: review_round.curate(context, options),
    "prompt enhance": lambda context, options, photos: prompt_commands.enhance(context, options),
    "prompt classify": lambda context, options, photos: prompt_commands.classify(context, options),
    "prompt templates": lambda context, options, photos: prompt_commands.list_(context),
    "prompt save": lambda context, options, photos: prompt_commands.save(context, options),
    "prompt forget": lambda context, options, photos: prompt_commands.forget(context, options),
    "quota": lambda context, options, photos: quota.quota(context),
    "queue": lambda context, options, photos: queue_commands.queue(context),
    "cancel": _cancel,
    "settings": lambda context, options, photos: preferences.preferences(context, options),
    "admin invite": lambda context, options, photos: web_links.invite(context, options),
    "admin allow": lambda context, options, photos: access_commands.allow(context, options),
    "admin block": lambda context, options, photos: access_commands.block(context, options),
    "admin limits": lambda context, options, photos: limit_commands.limits(context, options),
    "admin quota": lambda context, options, photos: limit_commands.quota(context, options),
    "admin claim": lambda context, options, photos: access_commands.claim(context, options),
    "admin models": lambda context, options, photos: status_commands.models(context),
    "admin stats": lambda context, options, photos: status_commands.stats(context),
    "admin health": lambda context, options, photos: status_commands.health(context),
    "vote settings": lambda context, options, photos: vote_settings.settings_(context, options),
    "vote start": lambda context, options, photos: vote_commands.start(context),
    "vote close": lambda context, options, photos: vote_commands.close(context),
    "link": lambda context, options, photos: link.link(context, options),
    "privacy export": lambda context, options, photos: privacy.export(context),
    "privacy likeness": lambda context, options, photos: likeness.mine(context),
    "privacy delete": lambda context, options, photos: privacy.ask_delete(context),
    "help": lambda context, options, photos: help_.help_(context, options),
}
