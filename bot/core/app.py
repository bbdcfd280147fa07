"""The bot: takes what comes in, answers it, and turns every error into words. The one place that does."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias, assert_never

import structlog

from bot.core import (
    admin,
    archive,
    attending,
    borrow,
    cancel,
    curate,
    dialogue,
    forms,
    gallery,
    greet,
    imagine,
    iterate,
    joining,
    link,
    more,
    parsing,
    personas,
    preferences,
    press,
    privacy,
    privacy_archive,
    quota,
    recipe,
    references,
    reply,
    suggestions,
    vote,
    vote_settings,
)
from bot.core import help as help_
from bot.core.catalogue import find
from bot.core.cleaning import cleaned
from bot.core.context import Context, Parts, arrive
from bot.core.errors import Sorry
from bot.core.messages import (
    Borrow,
    Command,
    Dollars,
    Incoming,
    Inspect,
    Joined,
    MessageRef,
    Photo,
    Place,
    Press,
    Reaction,
    Reply,
    Say,
    Speak,
    Submit,
    Text,
    Upload,
    Who,
    say,
)
from bot.core.options import Options, check
from bot.core.pictures import NoSuchPicture, PictureFile, Size, picture
from bot.core.react import react
from bot.core.suggestions import Asking, Suggestion
from bot.locales import words as locales
from storage import people, settings
from storage.errors import StorageError

__all__ = ["App", "Asking", "NoSuchPicture", "PictureFile", "Suggestion"]

UseCase: TypeAlias = Callable[[Context, Options, tuple[Photo, ...]], Awaitable[None]]

log = structlog.get_logger()


class App:
    """What front ends talk to."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.started = False

    def ready(self) -> bool:
        """Whether requests are taken and drawn."""
        return self.started

    async def handle(self, incoming: Incoming, speak: Speak) -> None:
        """Answer an event; every error ends in words for the person and its cause in the log."""
        with structlog.contextvars.bound_contextvars(event_id=incoming.event_id, platform=incoming.place.platform):
            try:
                await _dispatch(await arrive(self._parts, incoming, speak), cleaned(incoming))
            except Sorry as exc:
                await speak(_error(exc.text, exc.more))
            except StorageError as exc:
                log.exception("storage failed")
                await speak(_error(say(f"error-{exc.code}")))
            except Exception:
                log.exception("unexpected error")
                await speak(_error(say("error-unexpected")))

    async def picture(self, id: str, viewer: Who, size: Size) -> PictureFile:
        """The bytes of a picture; raises NoSuchPicture when there is none that `viewer` may see."""
        if id.startswith("z:"):
            return await archive.kept(self._parts, id.removeprefix("z:"), viewer)
        if id.startswith("x:"):
            return await privacy_archive.exported(self._parts, id.removeprefix("x:"), viewer)
        return await picture(self._parts, id, viewer, size)

    async def suggest(self, asking: Asking) -> tuple[Suggestion, ...]:
        """What could stand in an option, for autocomplete."""
        return await suggestions.suggest(self._parts, asking)

    async def dialogue(self, who: Who, place: Place) -> Mapping[str, Any] | None:
        """What a front end kept of its dialogue with somebody in a place, or None."""
        return await dialogue.recall(self._parts, who, place)

    async def keep_dialogue(self, who: Who, place: Place, data: Mapping[str, Any] | None) -> None:
        """Keep plain JSON data of a dialogue over a restart; None ends it."""
        await dialogue.keep(self._parts, who, place, data)

    async def open_messages(self, platform: str) -> tuple[MessageRef, ...]:
        """The results on a platform that people may still be judging, newest first: reactions may have been missed."""
        return await attending.open_messages(self._parts, platform)

    async def locale(self, who: Who, client: str) -> str:
        """The language a person reads: the one they chose, else their client's."""
        async with self._parts.database.read() as tx:
            user = await people.find(tx, who.platform, who.id)
            scope = f"user:{user.id}" if user else ""
            chosen = (await settings.of(tx, [scope]))[scope].get("language")
        return str(chosen or client)

    def words(self, text: Text, locale: str) -> str:
        """A text in words, plain; values that are texts are put in as words first."""
        return locales.render(text.key, {key: self._value(value, locale) for key, value in text.args.items()}, locale)

    def _value(self, value: Any, locale: str) -> str | int:
        match value:
            case Text():
                return self.words(value, locale)
            case Dollars(micro):
                return locales.dollars(micro, locale)
            case _:
                return value  # type: ignore[no-any-return]  # str or int, by the type of Text.args


async def _dispatch(context: Context, incoming: Incoming) -> None:
    match incoming:
        case Command(name=name, options=options, photos=photos):
            await _command(context, name, options, photos)
        case Upload(text=text, photos=photos):
            await _typed(context, text.strip(), photos)
        case Reply(to=to, text=text, photos=photos):
            await _replied(context, to, text.strip(), photos)
        case Press():
            await press.press(context, incoming)
        case Submit():
            await forms.submit(context, incoming)
        case Reaction(message=message, emoji=emoji, added=added):
            await react(context, message, emoji, added=added)
        case Borrow() | Inspect() | Joined():
            await _noticed(context, incoming)
        case _:
            assert_never(incoming)


async def _noticed(context: Context, incoming: Borrow | Inspect | Joined) -> None:
    match incoming:
        case Borrow():
            await borrow.borrow(context, incoming)
        case Inspect(message=message):
            await recipe.of_message(context, message)
        case Joined(title=title):
            await joining.joined(context, title)


async def _typed(context: Context, text: str, photos: tuple[Photo, ...]) -> None:
    if text.startswith("/"):
        typed = parsing.parse(text)
        await _command(context, typed.name, typed.options, photos)
    else:
        await imagine.words(context, text, photos)


async def _replied(context: Context, to: MessageRef, text: str, photos: tuple[Photo, ...]) -> None:
    """Words in answer to a result are about its pictures; in answer to anything else they are ordinary words."""
    if photos or text.startswith("/") or not text or not await reply.about(context, to, text):
        await _typed(context, text, photos)


async def _command(context: Context, name: str, given: Mapping[str, str], photos: tuple[Photo, ...]) -> None:
    spec = find(name)
    if spec is None:
        raise parsing.unknown_command(name)
    await _USE_CASES[name](context, check(spec, given, len(photos)), photos)


def _error(text: Text, wanted: str | None = None) -> Say:
    buttons = ((more.offer(wanted),),) if wanted else ()
    return Say(lines=(text,), buttons=buttons, tone="error", private=True)


_USE_CASES: Mapping[str, UseCase] = {
    "start": lambda context, options, photos: greet.greet(context),
    "imagine": imagine.imagine,
    "edit": iterate.edit,
    "blend": iterate.blend,
    "persona create": personas.create,
    "persona show": lambda context, options, photos: personas.show(context, options),
    "persona list": lambda context, options, photos: personas.list_(context),
    "persona delete": lambda context, options, photos: personas.ask_delete(context, options),
    "reference add": references.add,
    "reference list": lambda context, options, photos: references.list_(context, options),
    "reference remove": lambda context, options, photos: references.remove(context, options),
    "gallery browse": lambda context, options, photos: gallery.browse(context, options),
    "curate": lambda context, options, photos: curate.curate(context, options),
    "quota": lambda context, options, photos: quota.quota(context),
    "queue": lambda context, options, photos: cancel.queue(context),
    "cancel": lambda context, options, photos: cancel.cancel_all(context),
    "settings": lambda context, options, photos: preferences.preferences(context, options),
    "admin allow": lambda context, options, photos: admin.allow(context, options),
    "admin block": lambda context, options, photos: admin.block(context, options),
    "admin limits": lambda context, options, photos: admin.limits(context, options),
    "admin models": lambda context, options, photos: admin.models(context, options),
    "admin health": lambda context, options, photos: admin.health(context, options),
    "vote settings": lambda context, options, photos: vote_settings.settings_(context, options),
    "vote start": lambda context, options, photos: vote.start(context),
    "vote close": lambda context, options, photos: vote.close(context),
    "link": lambda context, options, photos: link.link(context, options),
    "privacy export": lambda context, options, photos: privacy.export(context),
    "privacy delete": lambda context, options, photos: privacy.ask_delete(context),
    "help": lambda context, options, photos: help_.help_(context, options),
}
