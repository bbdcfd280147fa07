"""Telegram as a front end: fetches what people do there, and posts what the core says."""

import asyncio
from collections.abc import Mapping

import structlog
from telegram import Bot, Message, Update
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.core.chat.errors import BadSetting
from bot.core.chat.messages import MessageRef, Outgoing, Place
from bot.fronts.telegram import command_menu
from bot.fronts.telegram.app_port import PLATFORM, ChatApp, ChatMemory
from bot.fronts.telegram.connection.api_calls import Calls
from bot.fronts.telegram.connection.migrated_chats import Chats
from bot.fronts.telegram.connection.polling import Poller
from bot.fronts.telegram.connection.rate_limiter import Pace, Timing
from bot.fronts.telegram.connection.transport import Transport
from bot.fronts.telegram.connection.webhook import Receiver
from bot.fronts.telegram.receiving.acknowledgement import Acknowledgements
from bot.fronts.telegram.receiving.albums import Albums
from bot.fronts.telegram.receiving.callback_queries import Presses
from bot.fronts.telegram.receiving.event_context import Arrivals
from bot.fronts.telegram.receiving.form_dialogue import Dialogues
from bot.fronts.telegram.receiving.group_membership import Groups
from bot.fronts.telegram.receiving.membership import Membership
from bot.fronts.telegram.receiving.message_receiver import Messages
from bot.fronts.telegram.receiving.people import People
from bot.fronts.telegram.receiving.reactions import Reactions
from bot.fronts.telegram.receiving.serial_queues import Lanes
from bot.fronts.telegram.sending.message_store import Memory
from bot.fronts.telegram.sending.message_writer import Placing
from bot.fronts.telegram.sending.outgoing import Post
from bot.fronts.telegram.sending.poster import Poster
from bot.fronts.telegram.settings import TelegramSettings, parse

log = structlog.get_logger(__name__)


class TelegramFront:
    """Fulfils bot.core.ports.Front for the platform "telegram"."""

    platform = PLATFORM

    def __init__(
        self, app: ChatApp, memory: ChatMemory, settings: TelegramSettings, tempo: Timing | None = None
    ) -> None:
        self._settings = settings
        self._tempo = tempo = tempo or Timing()
        self._app = app
        self.bot = Bot(
            settings.token, settings.base_url, settings.base_file_url,
            request=Transport(), get_updates_request=Transport(),
        )  # fmt: skip
        self._memory = kept = Memory(memory)
        self._chats = Chats(kept)
        self._membership = Membership(self.bot, self._chats)
        calls = Calls(Pace(tempo), self._chats)
        self._people = People(self.bot, app, kept)
        self._poster = Poster(self.bot, app, Placing(self.bot, app, calls, kept), calls, self._chats, tempo)
        self._poster.official = settings.official
        arrivals = Arrivals(self.bot, self._people, self._chats, self._poster)
        dialogues = Dialogues(self.bot, app, calls)
        self._messages = Messages(self.bot, app, arrivals, dialogues, kept)
        self._presses = Presses(self.bot, app, arrivals, dialogues, self._messages, kept, tempo)
        self._reactions = Reactions(self.bot, app, arrivals, dialogues, kept, calls, self._chats)
        self._groups = Groups(self.bot, app, arrivals, dialogues, kept, self._chats)
        self._acknowledged = Acknowledgements()
        self._lanes = Lanes()
        self._albums = Albums(self._lanes, self._messages.take, tempo.album)
        self._poller: Poller | None = None
        self.ready = asyncio.Event()
        """Set once Telegram knows us and updates are taken."""

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef:
        """Post a message or put it in the place of an earlier one; raises TelegramError.

        What first came with an earlier message goes there again, when it comes without. Telegram itself knows no keys:
        what a crash cut off between sending and noting may stand there twice.
        """
        await self.ready.wait()
        instead_of = await self._memory.keyed(place.chat, key, instead_of)
        who = await self._people.recalled(to or place.chat)
        locale = await self._people.locale(who)
        post = Post(place=place, outgoing=outgoing, reader=who, locale=locale, instead_of=instead_of)
        return await asyncio.shield(self._lanes.send(self._poster.post(post)))

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        await self.ready.wait()
        return await self._membership.readable(who, chat, threads)

    async def remove(self, ref: MessageRef) -> None:
        await self.ready.wait()
        await self._poster.remove(ref)

    async def run(self) -> None:
        """Take updates until cancelled; raises BadSetting for a token nobody knows or that another program uses."""
        try:
            await self._hello()
            self.ready.set()
            self._lanes.send(self._settle())
            await self._listening()
        finally:
            await self._lanes.stop(self._tempo.last_words)
            if self._poller:
                await self._poller.confirm()
            await self._poster.progresses.stop()
            await self.bot.shutdown()

    async def _listening(self) -> None:
        if self._settings.webhook:
            await Receiver(self.bot, self._app, self._take, self._settings.webhook).run()
        else:
            await self.bot.delete_webhook()
            self._poller = Poller(self.bot, self._take, self._tempo)
            await self._poller.run()

    async def _hello(self) -> None:
        """Learn who we are; waits for Telegram when it cannot be reached."""
        while True:
            try:
                await self.bot.initialize()
                log.info("telegram_listening", bot=f"@{self.bot.username}")
                return
            except InvalidToken as exc:
                fix = "Telegram does not know this token: copy it again from @BotFather, or ask there for a new one"
                raise BadSetting("TELEGRAM_TOKEN", fix) from exc
            except NetworkError as exc:
                log.warning("telegram cannot be reached", reason=str(exc))
            except TelegramError as exc:
                log.warning("telegram refuses us", reason=str(exc))
            await asyncio.sleep(self._tempo.retry)

    async def _settle(self) -> None:
        """What need not be done before the first answer."""
        try:
            await command_menu.publish(self.bot, self._app)
            await self._groups.look()
        except TelegramError as exc:
            log.warning("menus not published", reason=str(exc))

    def _take(self, update: Update) -> "asyncio.Task[None]":
        """Deal with an update in its lane; the task ends when that is done."""
        event = str(update.update_id)
        message = update.message
        if message:
            self._acknowledged.give(self._lanes.send(self._messages.acknowledge(message)))
        if message and message.media_group_id:
            return self._albums.add(_lane(message), message)
        if message:
            return self._lanes.put(_lane(message), lambda: self._written(message, event))
        if update.callback_query:  # a press is answered soon, whatever the one before it still waits for
            return self._lanes.put(update.update_id, lambda: self._other(update, event))
        chat = update.effective_chat.id if update.effective_chat else 0
        user = update.effective_user.id if update.effective_user else 0
        return self._lanes.put((chat, user, "other"), lambda: self._other(update, event))

    async def _written(self, message: Message, event: str) -> None:
        await self._acknowledged.given()
        if not await self._groups.moved(message):
            await self._messages.take([message], event)

    async def _other(self, update: Update, event: str) -> None:
        if update.callback_query:
            await self._presses.take(update.callback_query, event)
        elif update.edited_message:
            await self._messages.edited(update.edited_message, event)
        elif update.message_reaction:
            await self._reactions.take(update.message_reaction, event)
        elif update.message_reaction_count:
            await self._reactions.count(update.message_reaction_count)
        elif update.my_chat_member:
            await self._groups.changed(update.my_chat_member, event)
        elif update.chat_member:
            self._groups.member_changed(update.chat_member)
            self._membership.changed()


def build(app: ChatApp, transcript: ChatMemory, settings: Mapping[str, str]) -> TelegramFront:
    """Telegram as the settings want it; raises BadSetting."""
    return TelegramFront(app, transcript, parse(settings))


def _lane(message: Message) -> tuple[int, int]:
    author = message.sender_chat or message.from_user
    return message.chat.id, author.id if author else 0
