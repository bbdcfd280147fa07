"""Our messages in channels and private chats: posted, changed, and taken away.

What is private is never written where others read: it goes by the token of an event that only its person sees, or to
their private chat.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

import discord
import structlog

from bot.core.chat.messages import MessageRef, Outgoing, Place, Progress, Say, Show, Who, say
from bot.core.incoming.app import App
from bot.fronts.discord.languages import Languages
from bot.fronts.discord.places import PLATFORM, channel_of, ref
from bot.fronts.discord.sending.message_renderer import Drawer, Drawn, Reader
from bot.fronts.discord.sending.message_state import Note, Notes
from bot.fronts.discord.sending.missing_permissions import Lacking
from bot.fronts.discord.sending.pending_progress import Memory, Waiting
from bot.fronts.discord.sending.preset_reactions import Reacting
from bot.fronts.discord.sending.upload_files import EACH

EVERY = 3.0
"""Seconds between two changes of a message that shows progress."""
LATE = 15 * 60
"""Seconds after which a result is posted anew: nobody looks at the old message any more."""
NOWHERE = "0"
"""The id of a message that could not be posted; what it showed waits in the gallery."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Addressed:
    """Something to say: where, and whom it concerns."""

    place: Place
    outgoing: Outgoing
    who: Who | None

    @property
    def hidden(self) -> bool:
        """Whether only one person may read it though others read in the place."""
        return self.place.audience == "group" and getattr(self.outgoing, "private", False)


class Messages:
    """Posts, changes and removes messages of ours."""

    def __init__(self, client: discord.Client, app: App, languages: Languages, memory: Memory) -> None:
        self._client = client
        self._app = app
        self._languages = languages
        self._waiting = Waiting(memory)
        self.notes = Notes()
        self.drawer = Drawer(app)
        self._reacting = Reacting(client)
        self._lacking = Lacking(client, app, languages, self._tell)
        self._tasks: set[asyncio.Task[Any]] = set()

    async def post(
        self, to: Addressed, *, nonce: str | None = None, reply: discord.Message | None = None
    ) -> MessageRef:
        """A new message in the place, or in the person's private chat when it is hidden or cannot be posted here."""
        if to.hidden:
            return await self._whisper(to)
        channel = self._channel(to.place)
        drawn = await self.drawer.draw(to.outgoing, await self.reader(to))
        more: dict[str, Any] = {"nonce": nonce} if nonce else {}
        if reply:
            more["reference"] = reply.to_reference(fail_if_not_exists=False)
        try:
            sent = await channel.send(view=drawn.view, files=drawn.files, mention_author=False, **more)
        except (discord.Forbidden, discord.NotFound) as exc:
            _log.warning("not posted", place=to.place.chat, code=exc.code)
            return await self.elsewhere(to)
        return await self.remember(to, drawn, sent, Note())

    async def edit(self, old: MessageRef, to: Addressed) -> MessageRef:
        """Put something in the place of an earlier message; returns where it stands now."""
        if old.id == NOWHERE:
            return old
        note = self.notes.of(int(old.id))
        if isinstance(to.outgoing, Progress) and (wait := note.edited + EVERY - _now()) > 0:
            self._put_off(old, to, wait)
            return old
        async with note.turn:
            note.drop_later()
            return await self._changed(old, to, note)

    async def remove(self, old: MessageRef) -> None:
        """Take a message away; silent when it is gone already."""
        note = self.notes.of(int(old.id))
        note.drop_later()
        try:
            if note.live and note.original:
                await note.live.delete_original_response()
            elif note.live:
                await note.live.followup.delete_message(int(old.id))
            else:
                await self._message(old).delete()
        except (discord.NotFound, discord.Forbidden):
            return
        finally:
            self.notes.forget(int(old.id))
            await self._waiting.end(old)

    async def reader(
        self, to: Addressed, token: discord.Interaction[Any] | None = None, *, private: bool = False, above: str = ""
    ) -> Reader:
        """Who reads it, in which language, and what the place takes."""
        guild = self._client.get_guild(int(to.place.chat)) if to.place.thread else None
        if guild:
            self._languages.hear(to.place.chat, guild.preferred_locale.value)
        locale = await self._languages.of(to.place, to.who, private=private or to.hidden)
        limit = token.filesize_limit if token else guild.filesize_limit if guild else EACH
        return Reader(who=to.who, locale=locale, limit=limit, above=above)

    async def remember(self, to: Addressed, drawn: Drawn, sent: discord.Message, fresh: Note) -> MessageRef:
        """Note what a message of ours shows now."""
        note, here = self.notes.of(sent.id), ref(sent.channel.id, sent.id)
        if fresh.token:
            note.token, note.original, note.ephemeral = fresh.token, fresh.original, fresh.ephemeral
        note.hanging = drawn.remembered(sent)
        if isinstance(to.outgoing, Progress) and not await self._goes_on(here, note):
            await self._waiting.begin(here)
        note.going = isinstance(to.outgoing, Progress)
        note.edited = _now()
        if isinstance(to.outgoing, Show) and to.outgoing.reactions and not (note.reacted or note.ephemeral):
            note.reacted = True
            self._spawn(self._offer(to, sent, to.outgoing.reactions))
        return here

    async def _changed(self, old: MessageRef, to: Addressed, note: Note) -> MessageRef:
        if isinstance(to.outgoing, Progress) or not await self._goes_on(old, note):
            return await self._shown(old, to, note, first=False)
        stands = await self._shown(old, to, note, first=True)
        note.going = False
        await self._waiting.end(old)
        return stands

    async def _goes_on(self, old: MessageRef, note: Note) -> bool:
        """Whether a message shows progress; one from before a restart is asked about where it is kept."""
        return note.going or (not note.edited and await self._waiting.known(old))

    async def _shown(self, old: MessageRef, to: Addressed, note: Note, *, first: bool) -> MessageRef:
        """Show something in place of a message; `first` says that it is what the message was there for."""
        if note.live:
            try:
                return await self._changed_by_token(note.live, old, to, note)
            except discord.HTTPException as exc:
                _log.info("not changed by its token", code=exc.code)  # it ended early, or Discord stumbles over it
                note.token = None
        if to.hidden and old.chat == str(channel_of(to.place)):
            return await self._whisper(to) if first else old
        if first and _age(old) > LATE:
            posted = await self.post(to)
            await self.remove(old)
            return posted
        try:
            drawn = await self.drawer.draw(to.outgoing, await self.reader(to), note)
            sent = await self._message(old).edit(view=drawn.view, attachments=drawn.attachments)
        except (discord.Forbidden, discord.NotFound) as exc:
            return await self._lost(exc, old, to, first=first)
        await self.remember(to, drawn, sent, note)
        return old

    async def _changed_by_token(
        self, token: discord.Interaction[Any], old: MessageRef, to: Addressed, note: Note
    ) -> MessageRef:
        drawn = await self.drawer.draw(to.outgoing, await self.reader(to, token), note)
        sent: discord.Message
        if note.original:
            sent = await token.edit_original_response(view=drawn.view, attachments=drawn.attachments)
        else:
            sent = await token.followup.edit_message(int(old.id), view=drawn.view, attachments=drawn.attachments)
        await self.remember(to, drawn, sent, note)
        return old

    async def _lost(self, exc: discord.HTTPException, old: MessageRef, to: Addressed, *, first: bool) -> MessageRef:
        """A message that cannot be changed: a result is shown elsewhere, what it showed before is let go."""
        _log.info("message lost", channel=old.chat, message=old.id, code=exc.code)
        return await self.post(to) if first else old

    def _put_off(self, old: MessageRef, to: Addressed, wait: float) -> None:
        """Show progress a little later, unless something newer comes."""
        note = self.notes.of(int(old.id))
        note.drop_later()

        async def show() -> None:
            async with note.turn:
                if note.later is not None:
                    note.later = None
                    await self._changed(old, to, note)

        note.later = asyncio.get_running_loop().call_later(wait, lambda: self._spawn(show()))

    async def elsewhere(self, to: Addressed) -> MessageRef:
        """Where we may not write, the person is told what is missing and gets the rest in private."""
        if to.who is None or to.place.audience != "group":
            return self._undelivered(to)
        await self._lacking.posting(to.place, to.who)
        return await self._whisper(to)

    async def _offer(self, to: Addressed, sent: discord.Message, emoji: tuple[str, ...]) -> None:
        if not await self._reacting.offer(to.place, sent.channel.id, sent.id, emoji) and to.who:
            await self._lacking.reacting(to.place, to.who)

    async def _tell(self, place: Place, words: Say, who: Who) -> None:
        await self._whisper(Addressed(place, words, who))

    async def _whisper(self, to: Addressed) -> MessageRef:
        """Write to the person's private chat; when it is closed, say in the place that something waits."""
        if to.who is None:
            return self._undelivered(to)
        home = Addressed(Place(PLATFORM, to.who.id), to.outgoing, to.who)
        try:
            channel = await self._client.create_dm(discord.Object(int(to.who.id)))
            drawn = await self.drawer.draw(to.outgoing, await self.reader(home))
            sent = await channel.send(view=drawn.view, files=drawn.files)
        except discord.Forbidden:
            return await self._noticed(to)
        return await self.remember(home, drawn, sent, Note())

    async def _noticed(self, to: Addressed) -> MessageRef:
        assert to.who, "a whisper has somebody to hear it"
        name = f"<@{to.who.id}>"  # shown as a name; it calls nobody, since nothing of ours may
        line = say("discord-waits", name=name) if isinstance(to.outgoing, Show) else say("discord-closed", name=name)
        notice = Say(lines=(line,))
        reader = await self.reader(Addressed(to.place, notice, to.who))
        drawn = await self.drawer.draw(notice, reader)
        try:
            sent = await self._channel(to.place).send(view=drawn.view)
        except (discord.Forbidden, discord.NotFound):
            return self._undelivered(to)
        return ref(sent.channel.id, sent.id)

    def _undelivered(self, to: Addressed) -> MessageRef:
        _log.warning("nowhere to say it", place=to.place.chat, kind=to.outgoing.type)
        return MessageRef(PLATFORM, str(channel_of(to.place)), NOWHERE)

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

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (exc := task.exception()):
            _log.warning("message not changed", exc_info=exc)


def _now() -> float:
    """Unix seconds, by the clock that tokens end by, too."""
    return discord.utils.utcnow().timestamp()


def _age(old: MessageRef) -> float:
    """Seconds since a message was made."""
    return (discord.utils.utcnow() - discord.utils.snowflake_time(int(old.id))).total_seconds()
