"""Answering an event of Discord's by its token: acknowledged first, within 3 seconds, whatever follows.

Sources of the rules: Discord, Receiving and Responding to Interactions.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any

import discord
import structlog
from discord import ui

from bot.core.chat.messages import Audience, Form, MessageRef, Outgoing, Place, Progress, Who
from bot.fronts.discord.permissions import is_not_allowed
from bot.fronts.discord.places import ref
from bot.fronts.discord.receiving.modals import Forms
from bot.fronts.discord.sending.message_renderer import RenderedMessage
from bot.fronts.discord.sending.message_sender import Message, MessageSender
from bot.fronts.discord.sending.message_state import MessageState

PATIENCE = 1.5
"""Seconds a press may take before it is acknowledged without its answer; a form must be the very first response."""
_ENDED = (10_062, 40_060)
"""Unknown Interaction, Interaction Already Acknowledged (Discord: Opcodes and Status Codes)."""
_OF_THE_SOURCE = (
    discord.InteractionResponseType.deferred_message_update,
    discord.InteractionResponseType.message_update,
)
"""Responses after which the event's own answer is the message under the button; a form is none."""

_log = structlog.get_logger(__name__)


class InteractionResponder:
    """How the core answers one command, press or filled form; called with each thing it says."""

    def __init__(
        self, interaction: discord.Interaction[Any], messages: MessageSender, forms: Forms, event: tuple[Place, Who]
    ) -> None:
        self._interaction = interaction
        self._messages = messages
        self._forms = forms
        self._place, self._who = event
        self._source = interaction.message
        self._thinking: bool | None = None
        self._hush = False
        self._over = False
        self._turn = asyncio.Lock()
        self._called: list[discord.abc.User] = []

    def call(self, user: discord.abc.User) -> None:
        """Ping somebody with what is said to all: it is they who are asked."""
        self._called.append(user)

    async def think(self, *, private: bool) -> None:
        """Acknowledge with "thinking…", seen by all or by the person alone; nothing else may come before."""
        alone = private and self._place.audience == Audience.GROUP
        self._hush = alone
        await self._responded(self._interaction.response.defer(ephemeral=alone, thinking=True))
        self._thinking = None if self._over else alone

    async def wait(self) -> None:
        """Acknowledge without an answer when none came in time; to be cancelled once one did."""
        await asyncio.sleep(PATIENCE)
        await asyncio.shield(self._late())  # a response that is under way must end, or nobody knows whether it came

    async def close(self) -> None:
        """Leave nothing waiting: what was acknowledged and never answered goes away."""
        async with self._turn:
            await self._acknowledged()
            if self._thinking is not None:
                await self._take_back()

    async def __call__(self, outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef | None:
        async with self._turn:
            if isinstance(outgoing, Form):
                if not (self._interaction.response.is_done() or self._over):
                    return await self._form(outgoing)
                outgoing = await self._forms.keep(outgoing, self._who, self._place)
            to = Message(self._place, outgoing, self._who)
            await self._acknowledged()
            if instead_of is not None:
                return await self._instead(to, instead_of)
            return await self._said(to)

    async def _late(self) -> None:
        async with self._turn:
            await self._acknowledged()

    async def _form(self, form: Form) -> MessageRef:
        await self._responded(self._forms.show(self._interaction, form, self._who, self._place))
        return ref(self._interaction.channel_id or 0, self._interaction.id)

    async def _instead(self, to: Message, old: MessageRef) -> MessageRef | None:
        """Replace a message; what all could read and now only one may is taken away instead."""
        ours = self._source is not None and old.id == str(self._source.id)
        if ours and to.hidden and self._source and not self._source.flags.ephemeral:
            await self._messages.remove(old)
            return await self._followed(to, private=True)
        return await self._messages.edit(old, to)

    async def _said(self, to: Message) -> MessageRef | None:
        private = to.hidden or (self._hush and not isinstance(to.outgoing, Progress))
        if self._over:
            return await self._messages.send(to)
        thinking = self._thinking
        try:
            return await self._answered(to, private=private)
        except discord.HTTPException as exc:  # a server may take from answers, too, what it takes from us
            if not is_not_allowed(exc):
                raise
            _log.warning("not answered", code=exc.code)
            self._thinking = thinking
            return await self._messages.send_home(to)

    async def _answered(self, to: Message, *, private: bool) -> MessageRef | None:
        if self._thinking is None:
            return await self._followed(to, private=private)
        if self._thinking != private:  # the first answer takes the form of the acknowledgement, so that one goes
            await self._take_back()
            return await self._followed(to, private=private)
        self._thinking = None
        rendered = await self._rendered(to, private=private)
        sent = await self._interaction.edit_original_response(view=rendered.view, attachments=rendered.attachments)
        state = MessageState(token=self._interaction, original=True, ephemeral=private)
        return await self._messages.remember(to, rendered, sent, state)

    async def _followed(self, to: Message, *, private: bool) -> MessageRef:
        rendered = await self._rendered(to, private=private)
        sent = await self._interaction.followup.send(
            view=rendered.view, files=rendered.files, ephemeral=private, wait=True,
            allowed_mentions=discord.AllowedMentions(users=list(self._called), everyone=False, roles=False),
        )  # fmt: skip
        return await self._messages.remember(
            to, rendered, sent, MessageState(token=self._interaction, ephemeral=private)
        )

    async def _rendered(self, to: Message, *, private: bool) -> RenderedMessage:
        above = "" if private else " ".join(user.mention for user in self._called)
        reader = await self._messages.reader(to, self._interaction, private=private, above=above)
        return await self._messages.renderer.render(to.outgoing, reader)

    async def _acknowledged(self) -> None:
        """Make sure that something was responded; then the message under a pressed button is our own answer."""
        if not (self._interaction.response.is_done() or self._over):
            if self._source is None:
                await self.think(private=True)
            else:
                await self._responded(self._interaction.response.defer())
        if self._source is not None and self._interaction.response.type in _OF_THE_SOURCE:
            state = self._messages.states.made(self._source.id, MessageState)
            state.token, state.original = self._interaction, True
            state.ephemeral = self._source.flags.ephemeral

    async def _responded(self, response: Awaitable[object]) -> None:
        """Respond; an event that Discord no longer waits for is answered as if it had no token."""
        try:
            await response
        except discord.HTTPException as exc:
            if exc.code not in _ENDED:
                raise
            _log.warning("too late to respond", code=exc.code)
            self._over = True

    async def _take_back(self) -> None:
        """Take our first response away.

        One that still says "thinking…" is given words first: until it has some, the next message would become it.
        """
        thinking, self._thinking = self._thinking, None
        try:
            if thinking is not None:
                await self._interaction.edit_original_response(view=_nothing())
            await self._interaction.delete_original_response()
        except discord.NotFound:
            return


def _nothing() -> ui.LayoutView:
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay("…"))
    return view
