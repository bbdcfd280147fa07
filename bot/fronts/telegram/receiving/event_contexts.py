"""Makes the context of each update, and sends what the core answers there."""

from telegram import Chat, Message, User

from bot.core.chat.messages import Audience, Form, Incoming, MessageRef, Outgoing, Place, Speak, Who
from bot.fronts.telegram import PLATFORM
from bot.fronts.telegram.connection.migrated_chats import MigratedChats
from bot.fronts.telegram.receiving.event_context import EventContext
from bot.fronts.telegram.receiving.form_dialogue import FormDialogue
from bot.fronts.telegram.receiving.people import People
from bot.fronts.telegram.sending.message_store import LayoutStore
from bot.fronts.telegram.sending.outgoing import Target
from bot.fronts.telegram.sending.poster import Poster


class EventContexts:
    """Makes contexts of updates and answers them; holds what every receiver of updates works with."""

    def __init__(self, people: People, store: LayoutStore, chats: MigratedChats, poster: Poster) -> None:
        self.bot, self.app = poster.bot, poster.app
        self.people = people
        self.store = store
        self.chats = chats
        self.poster = poster
        self.forms = FormDialogue(poster.bot, poster.app, poster.calls)

    async def of_message(self, message: Message, event: str) -> EventContext | None:
        """What somebody wrote; None for what comes from other bots or was forwarded by itself."""
        who = await self.people.author(message)
        if who is None:
            return None
        thread = message.message_thread_id if message.is_topic_message else None
        target = Target(message.chat.id, thread, message.message_id)
        return await self._context(event, target, who, message.from_user)

    async def of_user(self, user: User, chat: Chat, thread: int | None, event: str) -> EventContext:
        """What somebody did in a chat without writing."""
        return await self._context(event, Target(chat.id, thread), await self.people.who(user, chat), user)

    async def _context(self, event: str, target: Target, who: Who, user: User | None) -> EventContext:
        client = (user.language_code if user else None) or "en"
        first = await self.chats.first(target.chat)
        thread = str(target.thread) if target.thread else None
        place = Place(PLATFORM, str(first), thread, Audience.PRIVATE if target.chat > 0 else Audience.GROUP)
        return EventContext(
            event_id=f"tg:{self.bot.id}:{event}", place=place, here=place, target=target, who=who,
            client=client, locale=await self.people.locale(who),
        )  # fmt: skip

    async def handle(self, context: EventContext, incoming: Incoming) -> None:
        """Hand a value to the core and send its answers."""
        await self.app.handle(incoming, self.speaker(context))

    def speaker(self, context: EventContext) -> Speak:
        """How the core answers an event."""

        async def speak(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef | None:
            if isinstance(outgoing, Form):
                return await self.forms.begin(context, outgoing)
            return await self.poster.send(context.post(outgoing, instead_of))

        return speak
