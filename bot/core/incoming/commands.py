"""Run the commands of the catalogue."""

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

Plain: TypeAlias = Callable[[Context], Awaitable[None]]
WithOptions: TypeAlias = Callable[[Context, Options], Awaitable[None]]
WithPhotos: TypeAlias = Callable[[Context, Options, tuple[Photo, ...]], Awaitable[None]]


async def run(context: Context, name: str, given: Mapping[str, str], photos: tuple[Photo, ...]) -> None:
    """Run a command; one named in part is answered with buttons or a form for the rest. Raises UserError."""
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
    options = check(spec, given, len(photos))
    if plain := _PLAIN.get(name):
        await plain(context)
    elif with_options := _WITH_OPTIONS.get(name):
        await with_options(context, options)
    else:
        await _WITH_PHOTOS[name](context, options, photos)


async def _cancel(context: Context) -> None:
    """/cancel: close the open collection of photos, or else cancel the running request."""
    if not await photo_collection.give_up(context):
        await queue_commands.cancel_all(context)


_PLAIN: Mapping[str, Plain] = {
    "start": greeting.greet,
    "persona list": persona_commands.list_,
    "gallery web": web_links.gallery_web,
    "gallery stats": gallery_stats.stats,
    "prompt templates": prompt_commands.list_,
    "quota": quota.quota,
    "queue": queue_commands.queue,
    "admin models": status_commands.models,
    "admin stats": status_commands.stats,
    "admin health": status_commands.health,
    "vote start": vote_commands.start,
    "vote close": vote_commands.close,
    "privacy export": privacy.export,
    "privacy likeness": likeness.mine,
    "privacy delete": privacy.ask_delete,
    "cancel": _cancel,
}
_WITH_OPTIONS: Mapping[str, WithOptions] = {
    "persona show": persona_commands.show,
    "persona edit": editing.edit,
    "persona traits": traits.show,
    "persona share": editing.share,
    "persona delete": persona_commands.ask_delete,
    "reference list": references.list_,
    "reference remove": references.remove,
    "gallery browse": gallery.browse,
    "curate": review_round.curate,
    "prompt enhance": prompt_commands.enhance,
    "prompt classify": prompt_commands.classify,
    "prompt save": prompt_commands.save,
    "prompt forget": prompt_commands.forget,
    "settings": preferences.preferences,
    "admin invite": web_links.invite,
    "admin allow": access_commands.allow,
    "admin block": access_commands.block,
    "admin limits": limit_commands.limits,
    "admin quota": limit_commands.quota,
    "admin claim": access_commands.claim,
    "vote settings": vote_settings.settings_,
    "link": link.link,
    "help": help_.help_,
}
_WITH_PHOTOS: Mapping[str, WithPhotos] = {
    "imagine": imagine.imagine,
    "edit": variations.edit,
    "blend": variations.blend,
    "persona create": persona_commands.create,
    "reference add": photo_collection.reference_add,
}
