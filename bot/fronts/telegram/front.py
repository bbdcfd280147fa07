"""Telegram as a front end: fetches what people do there, and posts what the core says."""

import asyncio

import structlog
from telegram import Bot, Message, Update
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.core.chat.messages import MessageRef, Outgoing, Place
from bot.fronts.common.app_port import ChatApp, FrontFacts, FrontState
from bot.fronts.common.background_tasks import BackgroundTasks, SerialQueues
from bot.fronts.common.rate_limiter import RateLimiter
from bot.fronts.telegram import PLATFORM, command_menu
from bot.fronts.telegram.connection.api_calls import ApiCalls
from bot.fronts.telegram.connection.migrated_chats import MigratedChats
from bot.fronts.telegram.connection.polling import Poller
from bot.fronts.telegram.connection.timing import Timing
from bot.fronts.telegram.connection.transport import Transport
from bot.fronts.telegram.connection.webhook import WebhookReceiver, webhook_of
from bot.fronts.telegram.receiving.acknowledgement import Acknowledgements
from bot.fronts.telegram.receiving.albums import Albums
from bot.fronts.telegram.receiving.callback_queries import CallbackQueries
from bot.fronts.telegram.receiving.event_contexts import EventContexts
from bot.fronts.telegram.receiving.group_membership import GroupMembership
from bot.fronts.telegram.receiving.membership import Membership
from bot.fronts.telegram.receiving.message_receiver import MessageReceiver
from bot.fronts.telegram.receiving.people import People
from bot.fronts.telegram.receiving.reactions import Reactions
from bot.fronts.telegram.sending.message_store import LayoutStore
from bot.fronts.telegram.sending.message_writer import MessageWriter
from bot.fronts.telegram.sending.outgoing import Post
from bot.fronts.telegram.sending.poster import Poster
from bot.settings import SettingError, TelegramSettings

log = structlog.get_logger(__name__)


class TelegramFront:
    """Fulfils bot.core.ports.Front for the platform "telegram"."""

    platform = PLATFORM

    def __init__(
        self, app: ChatApp, facts: FrontFacts, settings: TelegramSettings, timing: Timing | None = None
    ) -> None:
        self._settings = settings
        self._timing = timing or Timing()
        self._app = app
        self.bot = Bot(
            settings.token, settings.base_url, settings.base_file_url,
            request=Transport(), get_updates_request=Transport(),
        )  # fmt: skip
        self._store = store = LayoutStore(facts)
        chats = MigratedChats(store)
        calls = ApiCalls(RateLimiter(self._timing.rates, is_group=lambda chat: chat < 0), chats)
        self._membership = Membership(self.bot, chats)
        self._people = People(self.bot, app, store)
        writer = MessageWriter(self.bot, app, calls, store)
        self._poster = Poster(writer, chats, self._timing, official=settings.official)
        contexts = EventContexts(self._people, store, chats, self._poster)
        self._messages = MessageReceiver(contexts)
        self._presses = CallbackQueries(contexts, self._messages, self._timing)
        self._reactions = Reactions(contexts)
        self._groups = GroupMembership(contexts)
        self._acknowledged = Acknowledgements()
        self._tasks = BackgroundTasks()
        self._queues = SerialQueues(self._tasks)
        self._albums = Albums(self._queues, self._messages.take, self._timing.album)
        self._poller: Poller | None = None
        self.ready = asyncio.Event()
        """Set once Telegram knows us and updates are taken."""

    async def send(
        self, place: Place, outgoing: Outgoing, key: str, *, instead_of: MessageRef | None = None, to: str | None = None
    ) -> MessageRef | None:
        """Send a message or put it in the place of an earlier one; None: not delivered. Raises TelegramError.

        A key that was first used with `instead_of` edits that message again, also when it comes without. Telegram
        itself knows no keys: a message that a crash cut off between sending and noting may stand there twice.
        """
        await self.ready.wait()
        instead_of = await self._store.keyed(place.chat, key, instead_of)
        who = await self._people.recalled(to or place.chat)
        locale = await self._people.locale(who)
        post = Post(place=place, outgoing=outgoing, reader=who, locale=locale, instead_of=instead_of)
        return await asyncio.shield(self._tasks.spawn(self._poster.send(post)))

    async def readable(self, who: str, chat: str, threads: frozenset[str]) -> frozenset[str]:
        await self.ready.wait()
        return await self._membership.readable(who, chat, threads)

    async def remove(self, ref: MessageRef) -> None:
        await self.ready.wait()
        await self._poster.remove(ref)

    async def run(self) -> None:
        """Take updates until cancelled; raises SettingError for a token nobody knows or that another program uses."""
        try:
            await self._hello()
            self.ready.set()
            self._tasks.spawn(self._settle())
            await self._listening()
        finally:
            await self._tasks.stop(self._timing.last_words)
            if self._poller:
                await self._poller.confirm()
            await self._poster.progress.stop()
            await self.bot.shutdown()

    async def _listening(self) -> None:
        if webhook := webhook_of(self._settings):
            await WebhookReceiver(self.bot, self._app, self._take, webhook).run()
        else:
            await self.bot.delete_webhook()
            self._poller = Poller(self.bot, self._take, self._timing)
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
                raise SettingError("TELEGRAM_TOKEN", fix) from exc
            except NetworkError as exc:
                log.warning("telegram cannot be reached", reason=str(exc))
            except TelegramError as exc:
                log.warning("telegram refuses us", reason=str(exc))
            await asyncio.sleep(self._timing.retry)

    async def _settle(self) -> None:
        """What need not be done before the first answer."""
        try:
            await command_menu.publish(self.bot, self._app)
            await self._groups.look()
        except TelegramError as exc:
            log.warning("menus not published", reason=str(exc))

    def _take(self, update: Update) -> "asyncio.Task[None]":
        """Deal with an update in its queue; the task ends when that is done."""
        event = str(update.update_id)
        message = update.message
        if message:
            self._acknowledged.give(self._tasks.spawn(self._messages.acknowledge(message)))
        if message and message.media_group_id:
            return self._albums.add(_queue_of(message), message)
        if message:
            return self._queues.put(_queue_of(message), lambda: self._written(message, event))
        if update.callback_query:  # a press is answered soon, whatever the one before it still waits for
            return self._queues.put(update.update_id, lambda: self._other(update, event))
        chat = update.effective_chat.id if update.effective_chat else 0
        user = update.effective_user.id if update.effective_user else 0
        return self._queues.put((chat, user, "other"), lambda: self._other(update, event))

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


def build(app: ChatApp, state: FrontState, settings: TelegramSettings) -> TelegramFront:
    """Build the front."""
    return TelegramFront(app, state.facts, settings)


def _queue_of(message: Message) -> tuple[int, int]:
    author = message.sender_chat or message.from_user
    return message.chat.id, author.id if author else 0
