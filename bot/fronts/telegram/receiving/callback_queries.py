"""Buttons: each press is answered, soon, and where there is little to say right above the button."""

import asyncio
from dataclasses import dataclass

import structlog
from telegram import Bot, CallbackQuery
from telegram.error import Forbidden, TelegramError

from bot.core.chat.action_ids import Action
from bot.core.chat.messages import Button, Form, MessageRef, Outgoing, Picture, Press, Rows, Say, Show, Speak, say
from bot.fronts.telegram import links
from bot.fronts.telegram.app_port import PLATFORM, ChatApp
from bot.fronts.telegram.connection.rate_limiter import Timing
from bot.fronts.telegram.receiving.event_context import Arrival, Arrivals
from bot.fronts.telegram.receiving.form_dialogue import ANSWER, STOP, Dialogues, parsed
from bot.fronts.telegram.receiving.message_receiver import WANTED, Messages
from bot.fronts.telegram.sending.message_store import Memory
from bot.fronts.telegram.sending.renderer import OPEN, Viewer
from bot.fronts.telegram.sending.text_limits import POPUP, length

_GLANCE = 60
"""Characters somebody reads while a notice flies by; longer ones wait to be closed."""
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class CallbackAnswer:
    """The answer of one press, given once."""

    bot: Bot
    query: CallbackQuery
    given: bool = False

    async def give(self, text: str | None = None, *, alert: bool = False, url: str | None = None) -> None:
        """Answer the press; one that is too old for that is left."""
        if self.given:
            return
        self.given = True
        try:
            await self.bot.answer_callback_query(self.query.id, text, show_alert=alert or None, url=url)
        except TelegramError as exc:
            log.info("press not answered", reason=str(exc))


class Presses:
    """Hands presses to the core, and does what only concerns Telegram itself."""

    def __init__(
        self, bot: Bot, app: ChatApp, arrivals: Arrivals, dialogues: Dialogues, messages: Messages, memory: Memory,
        tempo: Timing,
    ) -> None:  # fmt: skip
        self._bot = bot
        self._app = app
        self._arrivals = arrivals
        self._dialogues = dialogues
        self._messages = messages
        self._memory = memory
        self._tempo = tempo

    async def take(self, query: CallbackQuery, event: str) -> None:
        """Do what a button says, and answer the press before the client gives up waiting."""
        popup = CallbackAnswer(self._bot, query)
        work = asyncio.ensure_future(self._pressed(query, event, popup))
        try:
            await asyncio.wait([work], timeout=self._tempo.prompt)
            await popup.give()
            await work
        finally:
            work.cancel()

    async def _pressed(self, query: CallbackQuery, event: str, popup: CallbackAnswer) -> None:
        message, data = query.message, query.data or ""
        if message is None:
            return
        thread = getattr(message, "message_thread_id", None) if getattr(message, "is_topic_message", None) else None
        arrival = await self._arrivals.of_user(query.from_user, message.chat, thread, event)
        said = MessageRef(PLATFORM, str(message.chat.id), str(message.message_id))
        ref, _ = await self._memory.whole(said)
        arrival = arrival.belonging_to((await self._memory.standing(ref)).place)
        if data.startswith(ANSWER):
            await self._answered(arrival, data, ref, popup)
        elif data.startswith(WANTED):
            await self._wanted(arrival, data, ref)
        elif data.startswith(OPEN):
            await self._open(arrival, data.removeprefix(OPEN))
        else:
            await self._app.handle(
                Press(action=data, message=ref, **arrival.event), self._speaker(arrival, data, popup)
            )

    def _speaker(self, arrival: Arrival, action: str, popup: CallbackAnswer) -> Speak:
        """How the core answers a press: few words to the one who pressed stand above the button."""

        async def speak(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef:
            if isinstance(outgoing, Form):
                return await self._dialogues.begin(arrival, outgoing)
            here = MessageRef(PLATFORM, str(arrival.spot.chat), "0")
            shared = instead_of is not None and arrival.spot.chat < 0
            if (words := self._glance(arrival, outgoing)) and not popup.given and (instead_of is None or shared):
                alert = len(words) > _GLANCE or (isinstance(outgoing, Say) and outgoing.tone == "error")
                await popup.give(words, alert=alert)
                if instead_of is not None:
                    await self._arrivals.poster.remove(instead_of)
                return instead_of or here
            post = arrival.post(outgoing, instead_of)
            if post.ephemeral and not popup.given and not await self._reachable(arrival):
                await popup.give(url=links.link(self._bot.username, links.of_action(action)))
                return here
            return await self._arrivals.poster.post(post)

        return speak

    async def _reachable(self, arrival: Arrival) -> bool:
        """Whether we may write to somebody in private; an action there shows it and bothers nobody."""
        try:
            await self._bot.send_chat_action(int(arrival.who.id), "typing")
        except Forbidden:
            return False
        except TelegramError:
            return True
        return True

    def _glance(self, arrival: Arrival, outgoing: Outgoing) -> str | None:
        """The words that fit above a button, or None; what has several lines is for keeping."""
        if not isinstance(outgoing, Say) or outgoing.buttons or not outgoing.private or len(outgoing.lines) > 1:
            return None
        if arrival.here.audience == "private" and outgoing.tone != "error":
            return None  # nobody else reads there, and it can be read again
        words = Viewer(self._app, arrival.locale).text(outgoing)
        return words if length(words) <= POPUP else None

    async def _answered(self, arrival: Arrival, data: str, ref: MessageRef, popup: CallbackAnswer) -> None:
        """A button of a dialogue, by the person who is asked."""
        tag, at, answer = parsed(data)
        state = await self._dialogues.open(arrival)
        if state is None or state.tag != tag or str(state.at) != at:
            words = Viewer(self._app, arrival.locale).words(say("button-over"))
            await popup.give(words, alert=True)
            return
        await self._arrivals.poster.remove(ref)
        if answer == STOP:
            await self._dialogues.leave(arrival)
            await popup.give(Viewer(self._app, arrival.locale).words(say("telegram-left")))
        elif submit := await self._dialogues.pressed(arrival, state, answer):
            await self._messages.submit(arrival, submit)

    async def _wanted(self, arrival: Arrival, data: str, ref: MessageRef) -> None:
        id_, _, answer = data.removeprefix(WANTED).partition(":")
        await self._arrivals.poster.remove(ref)
        await self._messages.wanted(arrival, id_, answer)

    async def _open(self, arrival: Arrival, id_: str) -> None:
        """One picture of several, alone, with what can be done with it."""
        picture = Picture(id=id_, number=1, width=0, height=0, alt=say("telegram-open", number=1))
        await self._arrivals.poster.post(
            arrival.post(Show(lines=(), pictures=(picture,), buttons=_deeds(id_.partition(":")[2]), private=True))
        )


def _deeds(image: str) -> Rows:
    """The buttons of a picture that stands alone."""

    def deed(verb: str) -> str:
        return str(Action(verb, image))

    return (
        (
            Button(label=say("button-keep"), action=deed("keep")),
            Button(label=say("button-reject"), action=deed("reject")),
            Button(label=say("button-best"), action=deed("best")),
        ),
        (
            Button(label=say("button-edit"), action=deed("edit")),
            Button(label=say("button-recipe"), action=deed("recipe")),
            Button(label=say("button-original"), action=deed("original")),
            Button(label=say("button-trash"), action=deed("trash")),
        ),
    )
