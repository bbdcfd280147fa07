"""Our messages in channels and private chats: sent, edited and deleted.

A private message is never written where others read: it goes by the token of an event that only its person sees, or to
their private chat.
"""

from dataclasses import dataclass
from typing import Any

import discord
import structlog

from bot.core.chat.messages import Audience, MessageRef, Outgoing, Place, Progress, Say, Show, Who, say
from bot.fronts.common.app_port import ChatApp, FrontFacts
from bot.fronts.common.languages import Languages
from bot.fronts.common.message_edits import MessageEdits
from bot.fronts.common.message_store import MessageStore
from bot.fronts.common.private_redirect import NotAllowed, Routes, deliver, is_private_in_group
from bot.fronts.common.recent import Recent
from bot.fronts.discord.permissions import is_not_allowed
from bot.fronts.discord.places import PLATFORM, channel_of, ref
from bot.fronts.discord.sending.message_renderer import MessageRenderer, Reader, RenderedMessage
from bot.fronts.discord.sending.message_state import MOST, MessageState
from bot.fronts.discord.sending.missing_permissions import MissingPermissions
from bot.fronts.discord.sending.preset_reactions import PresetReactions
from bot.fronts.discord.sending.upload_files import EACH

EVERY = 3.0
"""Seconds between two edits of a message that shows progress."""
LATE = 15 * 60
"""Seconds after which a result is posted anew: nobody looks at the old message any more."""
_GOING = {"type": "going"}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """Something to send: where, what, and whom it concerns."""

    place: Place
    outgoing: Outgoing
    who: Who | None

    @property
    def hidden(self) -> bool:
        """Whether only one person may read it though others read in the place."""
        return is_private_in_group(self.outgoing, self.place)


class MessageSender:
    """Sends, edits and deletes messages of ours."""

    def __init__(self, client: discord.Client, app: ChatApp, languages: Languages, facts: FrontFacts) -> None:
        self._client = client
        self._languages = languages
        self._store = MessageStore(facts, PLATFORM)
        """Notes the messages that show progress, since Discord does not tell after a restart what a message was for."""
        self.states: Recent[int, MessageState] = Recent(MOST)
        self.renderer = MessageRenderer(app)
        self._edits = MessageEdits()
        self._preset = PresetReactions(client)
        self._missing_permissions = MissingPermissions(client, app, languages, self._tell)

    async def send(
        self, to: Message, *, nonce: str | None = None, reply: discord.Message | None = None
    ) -> MessageRef | None:
        """A new message in the place, or in the person's private chat when it is hidden or cannot be posted here."""
        more: dict[str, Any] = {"nonce": nonce} if nonce else {}
        if reply:
            more["reference"] = reply.to_reference(fail_if_not_exists=False)

        async def here() -> MessageRef:
            try:
                return await self._sent(to, self._channel(to.place), mention_author=False, **more)
            except NotAllowed:
                if to.who and to.place.audience == Audience.GROUP:
                    await self._missing_permissions.posting(to.place, to.who)
                raise

        return await deliver(self._routes(to, here), private=to.hidden)

    async def send_home(self, to: Message) -> MessageRef | None:
        """A message that may not stand where it belongs: tell what is missing, and send it to the private chat."""
        if to.who is None or to.place.audience != Audience.GROUP:
            return None
        await self._missing_permissions.posting(to.place, to.who)
        return await deliver(self._routes(to), private=True)

    async def edit(self, old: MessageRef, to: Message) -> MessageRef | None:
        """Put something in the place of an earlier message; returns where it stands now."""
        state = self.state_of(old)

        async def change() -> MessageRef | None:
            return await self._change(old, to, state)

        if isinstance(to.outgoing, Progress) and (wait := state.edited + EVERY - _now()) > 0:
            self._edits.put_off(old, wait, change)
            return old
        return await self._edits.edit(old, change)

    async def remove(self, old: MessageRef) -> None:
        """Delete a message; silent when it is gone already."""
        state = self.state_of(old)
        self._edits.drop(old)
        try:
            if state.live and state.original:
                await state.live.delete_original_response()
            elif state.live:
                await state.live.followup.delete_message(int(old.id))
            else:
                await self._message(old).delete()
        except (discord.NotFound, discord.Forbidden):
            return
        finally:
            self.states.forget(int(old.id))
            await self._note_progress(old, going=False)

    def state_of(self, message: MessageRef) -> MessageState:
        """What is known of a message, to be added to."""
        return self.states.made(int(message.id), MessageState)

    async def reader(
        self, to: Message, token: discord.Interaction[Any] | None = None, *, private: bool = False, above: str = ""
    ) -> Reader:
        """Who reads a message, in which language, and how large its files may be."""
        guild = self._client.get_guild(int(to.place.chat)) if to.place.thread else None
        if guild:
            self._languages.hear(to.place.chat, guild.preferred_locale.value)
        locale = await self._languages.of(to.place, to.who, private=private or to.hidden)
        limit = token.filesize_limit if token else guild.filesize_limit if guild else EACH
        return Reader(who=to.who, locale=locale, limit=limit, above=above)

    async def remember(
        self, to: Message, rendered: RenderedMessage, sent: discord.Message, fresh: MessageState | None = None
    ) -> MessageRef:
        """Note what a message of ours shows now."""
        here = ref(sent.channel.id, sent.id)
        state = self.state_of(here)
        if fresh and fresh.token:
            state.token, state.original, state.ephemeral = fresh.token, fresh.original, fresh.ephemeral
        state.attachments = rendered.remembered(sent)
        if isinstance(to.outgoing, Progress) and not await self._goes_on(here, state):
            await self._note_progress(here, going=True)
        state.going = isinstance(to.outgoing, Progress)
        state.edited = _now()
        if isinstance(to.outgoing, Show) and to.outgoing.reactions and not (state.reacted or state.ephemeral):
            state.reacted = True
            self._edits.tasks.spawn(self._offer(to, sent, to.outgoing.reactions))
        return here

    def _routes(self, to: Message, here: Any = None) -> Routes:
        in_group = to.who is not None and (to.hidden or to.place.audience == Audience.GROUP)
        return Routes(
            here=here or (lambda: self._sent(to, self._channel(to.place))),
            home=(lambda: self._at_home(to)) if in_group else None,
            notice=(lambda: self._notice(to)) if in_group else None,
        )

    async def _sent(self, to: Message, channel: discord.abc.Messageable, **more: Any) -> MessageRef:
        """Send to a channel; raises NotAllowed where Discord does not let us."""
        rendered = await self.renderer.render(to.outgoing, await self.reader(to))
        try:
            sent = await channel.send(view=rendered.view, files=rendered.files, **more)
        except discord.HTTPException as exc:
            if not is_not_allowed(exc):
                raise
            raise NotAllowed(f"{to.outgoing.type} in {to.place.chat}: {exc.code}") from exc
        return await self.remember(to, rendered, sent)

    async def _at_home(self, to: Message) -> MessageRef:
        """Send to the person's private chat; raises NotAllowed when it is closed to us."""
        assert to.who, "a way home has somebody at its end"
        try:
            channel = await self._client.create_dm(discord.Object(int(to.who.id)))
        except discord.HTTPException as exc:
            raise NotAllowed(f"private chat: {exc.code}") from exc
        return await self._sent(Message(Place(PLATFORM, to.who.id), to.outgoing, to.who), channel)

    async def _notice(self, to: Message) -> MessageRef:
        """Say in the place that something waits for the person; raises NotAllowed."""
        assert to.who, "a notice names somebody"
        name = f"<@{to.who.id}>"  # shown as a name; it pings nobody, since no message of ours may
        line = say("discord-waits", name=name) if isinstance(to.outgoing, Show) else say("discord-closed", name=name)
        return await self._sent(Message(to.place, Say(lines=(line,)), to.who), self._channel(to.place))

    async def _change(self, old: MessageRef, to: Message, state: MessageState) -> MessageRef | None:
        if isinstance(to.outgoing, Progress) or not await self._goes_on(old, state):
            return await self._replace(old, to, state, first=False)
        stands = await self._replace(old, to, state, first=True)
        state.going = False
        await self._note_progress(old, going=False)
        return stands

    async def _goes_on(self, old: MessageRef, state: MessageState) -> bool:
        """Whether a message shows progress; one from before a restart is looked up in the store."""
        return state.going or (not state.edited and await self._store.fact(old.chat, old.id) is not None)

    async def _note_progress(self, message: MessageRef, *, going: bool) -> None:
        """Note that a message shows progress, or no longer does; what cannot be noted is only logged."""
        try:
            if going:
                await self._store.note(message.chat, message.id, _GOING)
            else:
                await self._store.forget(message.chat, message.id)
        except Exception:
            _log.exception("progress not noted", going=going)

    async def _replace(self, old: MessageRef, to: Message, state: MessageState, *, first: bool) -> MessageRef | None:
        """Show something in place of a message; `first` says that it is what the message was there for."""
        if state.live:
            try:
                return await self._edit_by_token(state.live, old, to, state)
            except discord.HTTPException as exc:
                _log.info("not edited by its token", code=exc.code)  # it ended early, or Discord stumbles over it
                state.token = None
        if to.hidden and old.chat == str(channel_of(to.place)):
            return await self.send(to) if first else old
        if first and _age(old) > LATE:
            posted = await self.send(to)
            await self.remove(old)
            return posted
        try:
            rendered = await self.renderer.render(to.outgoing, await self.reader(to), state)
            sent = await self._message(old).edit(view=rendered.view, attachments=rendered.attachments)
        except discord.HTTPException as exc:
            if not is_not_allowed(exc):
                raise
            _log.info("message lost", channel=old.chat, message=old.id, code=exc.code)
            return await self.send(to) if first else old
        await self.remember(to, rendered, sent)
        return old

    async def _edit_by_token(
        self, token: discord.Interaction[Any], old: MessageRef, to: Message, state: MessageState
    ) -> MessageRef:
        rendered = await self.renderer.render(to.outgoing, await self.reader(to, token), state)
        sent: discord.Message
        if state.original:
            sent = await token.edit_original_response(view=rendered.view, attachments=rendered.attachments)
        else:
            sent = await token.followup.edit_message(int(old.id), view=rendered.view, attachments=rendered.attachments)
        await self.remember(to, rendered, sent)
        return old

    async def _offer(self, to: Message, sent: discord.Message, emoji: tuple[str, ...]) -> None:
        if not await self._preset.offer(to.place, sent.channel.id, sent.id, emoji) and to.who:
            await self._missing_permissions.reacting(to.place, to.who)

    async def _tell(self, place: Place, words: Say, who: Who) -> None:
        await deliver(self._routes(Message(place, words, who)), private=True)

    def _channel(self, place: Place) -> discord.abc.Messageable:
        """The channel of a place; of a server without one, where it greets newcomers."""
        guild = self._client.get_guild(int(place.chat)) if place.thread is None else None
        if guild and guild.system_channel:
            return guild.system_channel
        return self._client.get_partial_messageable(
            channel_of(place), guild_id=int(place.chat) if place.thread else None
        )

    def _message(self, old: MessageRef) -> discord.PartialMessage:
        return self._client.get_partial_messageable(int(old.chat)).get_partial_message(int(old.id))


def _now() -> float:
    """Unix seconds, by the clock that tokens end by, too."""
    return discord.utils.utcnow().timestamp()


def _age(old: MessageRef) -> float:
    """Seconds since a message was made."""
    return (discord.utils.utcnow() - discord.utils.snowflake_time(int(old.id))).total_seconds()
