"""The bot: takes what comes in, answers it, and turns every error into words. The one place that does."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias, assert_never

import structlog

from bot.core.account import ask_for_more, data_export
from bot.core.account.web_accounts import WebAccounts
from bot.core.admin import joining
from bot.core.chat import parsing
from bot.core.chat.errors import UserError
from bot.core.chat.messages import (
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
from bot.core.chat.sanitizing import cleaned
from bot.core.curation import kept_archive
from bot.core.front_state import open_forms
from bot.core.incoming import autocomplete, button_presses, commands, form_submissions, replies
from bot.core.incoming.autocomplete import Asking, Suggestion
from bot.core.incoming.guests import guest_may
from bot.core.incoming.reactions import react
from bot.core.media.pictures import NoSuchPicture, PictureFile, Size, picture
from bot.core.requests import borrow, imagine, recipe
from bot.core.results import reactions_window
from bot.core.runtime.context import Context, Services, arrive, spoken
from bot.core.runtime.readiness import Readiness, Trouble
from bot.locales import words as locales
from storage.db.errors import StorageError
from storage.tables import people, settings, workspaces
from storage.tables.enums import WorkspaceRole
from storage.tables.owners import Scope

__all__ = ["App", "Asking", "NoSuchPicture", "PictureFile", "Suggestion"]

Listener: TypeAlias = Callable[[Mapping[str, str], bytes], Awaitable[bool]]
"""Takes the headers and the body of news; False when it is forged."""
log = structlog.get_logger()


class App:
    """What front ends talk to."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.started = False
        self.accounts = WebAccounts(services.database, services.now, services.sessions)
        self._readiness = Readiness(services.database, services.blobs)
        self._listeners: dict[str, Listener] = {}

    async def trouble(self) -> Trouble | None:
        """What keeps requests from being taken and drawn; None if nothing does."""
        return await self._readiness.trouble() if self.started else "starting"

    def excuse(self, exc: Exception) -> Text | None:
        """What people are told of an error below the core, such as a database that is away; None of any other."""
        return say(f"error-{exc.code}") if isinstance(exc, StorageError) else None

    async def handle(self, incoming: Incoming, speak: Speak) -> None:
        """Answer an event; every error ends in words for the person and its cause in the log."""
        with structlog.contextvars.bound_contextvars(event_id=incoming.event_id, platform=incoming.place.platform):
            try:
                context = await arrive(self._services, incoming, speak)
                if not (context.admitted or _for_everybody(incoming)):
                    raise UserError("error-not-allowed")
                if context.role == WorkspaceRole.GUEST and not guest_may(incoming):
                    raise UserError("guest-looks-and-votes")
                await _dispatch(context, cleaned(incoming))
            except UserError as exc:
                await speak(_error(exc.text, exc.more))
            except StorageError as exc:
                log.exception("storage failed")
                await speak(_error(say(f"error-{exc.code}")))
            except Exception:
                log.exception("unexpected error")
                await speak(_error(say("error-unexpected")))

    async def picture(self, id: str, viewer: Who, size: Size, number: int | None = None) -> PictureFile:
        """The bytes of a picture, a "preview" with `number` on it where one is given.

        Raises NoSuchPicture when there is none that `viewer` may see.
        """
        if id.startswith("z:"):
            return await kept_archive.kept(self._services, id.removeprefix("z:"), viewer)
        if id.startswith("x:"):
            return await data_export.exported(self._services, id.removeprefix("x:"), viewer)
        return await picture(self._services, id, viewer, size, number)

    async def suggest(self, asking: Asking) -> tuple[Suggestion, ...]:
        """What could stand in an option, for autocomplete."""
        return await autocomplete.suggest(self._services, asking)

    async def dialogue(self, who: Who, place: Place) -> Mapping[str, Any] | None:
        """What a front end kept of its dialogue with somebody in a place, or None."""
        return await open_forms.recall(self._services, who, place)

    async def keep_dialogue(self, who: Who, place: Place, data: Mapping[str, Any] | None) -> None:
        """Keep plain JSON data of a dialogue over a restart; None ends it."""
        await open_forms.keep(self._services, who, place, data)

    async def open_messages(self, platform: str) -> tuple[MessageRef, ...]:
        """The results on a platform that people may still be judging, newest first: reactions may have been missed."""
        return await reactions_window.open_messages(self._services, platform)

    def listen(self, name: str, listener: Listener) -> None:
        """Let web requests to /hooks/<name> be heard by a front end or a provider."""
        self._listeners[name] = listener

    def listens(self, name: str) -> bool:
        """Whether anybody hears web requests to /hooks/<name>."""
        return name in self._listeners

    async def hooked(self, name: str, headers: Mapping[str, str], body: bytes) -> bool | None:
        """Hand on news that came by web request: whether it is genuine, or None when nobody listens to it."""
        listener = self._listeners.get(name)
        return await listener(headers, body) if listener else None

    async def locale(self, who: Who, client: str) -> str:
        """The language a person reads: the one they chose, else their client's, where "" means that it is not known.

        While the database is away it is their client's, in which they are told so.
        """
        try:
            async with self._services.database.read() as tx:
                user = await people.find(tx, who.platform, who.id)
                scope = Scope.user(user.id) if user else None
                own = (await settings.of(tx, scope))[scope] if scope else {}
        except StorageError:
            return client or "en"
        return spoken(own, who.platform, client)

    async def place_language(self, place: Place, client: str) -> str:
        """The language of what a whole place reads: the one set for it, else that of whoever it is said to."""
        async with self._services.database.read() as tx:
            known = await workspaces.find(tx, place.platform, place.chat)
            scope = Scope.workspace(known.id) if known else None
            chosen = (await settings.of(tx, scope))[scope].get("language") if scope else None
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


def _for_everybody(incoming: Incoming) -> bool:
    """Whether an event is handled for people without access: joining a place, and the code that makes an operator."""
    match incoming:
        case Joined() | Command(name="admin claim"):
            return True
        case Upload(text=text) if text.startswith("/"):
            return _command_of(text) == "admin claim"
        case _:
            return False


def _command_of(text: str) -> str | None:
    """The name of a typed command, or None where it is none."""
    try:
        return parsing.parse(text).name
    except UserError:
        return None


async def _dispatch(context: Context, incoming: Incoming) -> None:
    match incoming:
        case Command(name=name, options=options, photos=photos):
            await commands.run(context, name, options, photos)
        case Upload(text=text, photos=photos):
            await _typed(context, text.strip(), photos)
        case Reply(to=to, text=text, photos=photos):
            await _replied(context, to, text.strip(), photos)
        case Press():
            await button_presses.press(context, incoming)
        case Submit():
            await form_submissions.submit(context, incoming)
        case Reaction():
            await react(context, incoming)
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
        await commands.run(context, typed.name, typed.options, photos)
    else:
        await imagine.words(context, text, photos)


async def _replied(context: Context, to: MessageRef, text: str, photos: tuple[Photo, ...]) -> None:
    """Words in answer to a result are about its pictures; in answer to anything else they are ordinary words."""
    if photos or not text or not await replies.about(context, to, text):
        await _typed(context, text, photos)


def _error(text: Text, more: ask_for_more.Want | None = None) -> Say:
    buttons = ((ask_for_more.offer(more),),) if more else ()
    return Say(lines=(text,), buttons=buttons, tone="error", private=True)
