"""Groups that add us, make us an administrator or remove us, and what their owners are told."""

from dataclasses import replace

import structlog
from telegram import Chat, ChatMember, ChatMemberUpdated, Message
from telegram.error import TelegramError

from bot.core.chat.messages import Joined, Place, Say, say
from bot.fronts.telegram import PLATFORM
from bot.fronts.telegram.receiving.event_context import EventContext
from bot.fronts.telegram.receiving.event_contexts import EventContexts
from bot.fronts.telegram.sending.message_store import BOT
from bot.fronts.telegram.sending.outgoing import Post

_IN = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER, ChatMember.RESTRICTED)
log = structlog.get_logger(__name__)


class GroupMembership:
    """Keeps track of the groups we are in."""

    def __init__(self, contexts: EventContexts) -> None:
        self._contexts = contexts
        self._bot, self._store, self._chats = contexts.bot, contexts.store, contexts.chats

    async def changed(self, told: ChatMemberUpdated, event: str) -> None:
        """What we are in a chat has changed: greet where we are new, and tell whether reactions will arrive."""
        self._contexts.people.changed(told.chat.id)
        if told.chat.type == Chat.PRIVATE:
            log.info("private chat", status=told.new_chat_member.status)
            return
        was, now = (_is_in(member) for member in (told.old_chat_member, told.new_chat_member))
        if not now:
            log.info("out of a group", chat=told.chat.id)
            await self._store.forget(BOT, f"group:{await self._chats.first(told.chat.id)}")
            return
        context = await self._contexts.of_user(told.from_user, told.chat, None, event)
        if not was:
            joined = Joined(title=told.chat.title or "", **context.event)
            await self._contexts.handle(context, joined)
        reacts = told.new_chat_member.status == ChatMember.ADMINISTRATOR
        if not was or reacts != (told.old_chat_member.status == ChatMember.ADMINISTRATOR):
            await self._tell(context, told.chat.title or "", reacts)

    def member_changed(self, told: ChatMemberUpdated) -> None:
        """Somebody else's rights changed."""
        self._contexts.people.changed(told.chat.id)

    async def moved(self, message: Message) -> bool:
        """Follow a group that became a supergroup; False for any other message."""
        if message.migrate_to_chat_id:
            await self._chats.moved(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id:
            await self._chats.moved(message.migrate_from_chat_id, message.chat.id)
        return bool(message.migrate_to_chat_id or message.migrate_from_chat_id)

    async def look(self) -> None:
        """At start: tell owners where it changed meanwhile whether reactions arrive."""
        for fact in await self._store.facts(BOT):
            if fact.get("type") != "group":
                continue
            try:
                member = await self._bot.get_chat_member(await self._chats.now(fact["chat"]), self._bot.id)
            except TelegramError:
                continue
            reacts = member.status == ChatMember.ADMINISTRATOR
            log.info("reactions", chat=fact["chat"], arrive=reacts)
            if reacts != fact["reacts"]:
                await self._say(fact["owner"], fact["title"], reacts)
                await self._store.note(BOT, f"group:{fact['chat']}", {**fact, "reacts": reacts})

    async def _tell(self, context: EventContext, title: str, reacts: bool) -> None:
        chat = int(context.place.chat)
        fact = {"type": "group", "chat": chat, "title": title, "owner": context.who.id, "reacts": reacts}
        await self._store.note(BOT, f"group:{chat}", fact)
        line = say("telegram-reactions-on", title=title) if reacts else say("telegram-reactions-off", title=title)
        await self._contexts.poster.send(replace(context.post(Say(lines=(line,))), answers=None))

    async def _say(self, owner: str, title: str, reacts: bool) -> None:
        who = await self._contexts.people.recalled(owner)
        line = say("telegram-reactions-on", title=title) if reacts else say("telegram-reactions-off", title=title)
        post = Post(
            place=Place(PLATFORM, owner), outgoing=Say(lines=(line,)), reader=who,
            locale=await self._contexts.people.locale(who),
        )  # fmt: skip
        try:
            await self._contexts.poster.send(post)
        except TelegramError:
            log.info("owner not reached", chat=owner)


def _is_in(member: ChatMember) -> bool:
    return member.status in _IN and getattr(member, "is_member", True)
