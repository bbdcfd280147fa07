"""Buttons: each press is answered, soon, and where there is little to say right above the button."""

import asyncio
from dataclasses import dataclass

import structlog
from telegram import Bot, CallbackQuery
from telegram.error import Forbidden, TelegramError

from bot.core.chat.action_ids import Action
from bot.core.chat.messages import (
    Audience,
    Button,
    Form,
    MessageRef,
    Outgoing,
    Picture,
    Press,
    Rows,
    Say,
    Show,
    Speak,
    say,
)
from bot.fronts.telegram import PLATFORM, links
from bot.fronts.telegram.connection.timing import Timing
from bot.fronts.telegram.receiving.event_context import EventContext
from bot.fronts.telegram.receiving.event_contexts import EventContexts
from bot.fronts.telegram.receiving.form_dialogue import ANSWER, STOP, parsed, tag_of
from bot.fronts.telegram.receiving.message_receiver import WANTED, MessageReceiver
from bot.fronts.telegram.sending.renderer import OPEN, Renderer
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


class CallbackQueries:
    """Hands presses to the core, and does what only concerns Telegram itself."""

    def __init__(self, contexts: EventContexts, messages: MessageReceiver, timing: Timing) -> None:
        self._contexts = contexts
        self._bot, self._app, self._forms = contexts.bot, contexts.app, contexts.forms
        self._messages = messages
        self._timing = timing

    async def take(self, query: CallbackQuery, event: str) -> None:
        """Do what a button says, and answer the press before the client gives up waiting."""
        answer = CallbackAnswer(self._bot, query)
        work = asyncio.ensure_future(self._pressed(query, event, answer))
        try:
            await asyncio.wait([work], timeout=self._timing.prompt)
            await answer.give()
            await work
        finally:
            work.cancel()

    async def _pressed(self, query: CallbackQuery, event: str, answer: CallbackAnswer) -> None:
        message, data = query.message, query.data or ""
        if message is None:
            return
        thread = getattr(message, "message_thread_id", None) if getattr(message, "is_topic_message", None) else None
        context = await self._contexts.of_user(query.from_user, message.chat, thread, event)
        said = MessageRef(PLATFORM, str(message.chat.id), str(message.message_id))
        ref, _ = await self._contexts.store.whole(said)
        context = context.belonging_to((await self._contexts.store.layout(ref)).place)
        if data.startswith(ANSWER):
            await self._answer_form(context, data, ref, answer)
        elif data.startswith(WANTED):
            await self._wanted(context, data, ref)
        elif data.startswith(OPEN):
            await self._open(context, data.removeprefix(OPEN))
        else:
            await self._app.handle(
                Press(action=data, message=ref, **context.event), self._speaker(context, data, answer)
            )

    def _speaker(self, context: EventContext, action: str, answer: CallbackAnswer) -> Speak:
        """How the core answers a press: few words to the one who pressed stand above the button."""

        async def speak(outgoing: Outgoing, *, instead_of: MessageRef | None = None) -> MessageRef | None:
            if isinstance(outgoing, Form):
                return await self._forms.begin(context, outgoing)
            shared = instead_of is not None and context.target.chat < 0
            if (words := self._glance(context, outgoing)) and not answer.given and (instead_of is None or shared):
                alert = len(words) > _GLANCE or (isinstance(outgoing, Say) and outgoing.tone == "error")
                await answer.give(words, alert=alert)
                if instead_of is not None:
                    await self._contexts.poster.remove(instead_of)
                return None
            post = context.post(outgoing, instead_of)
            if post.ephemeral and not answer.given and not await self._reachable(context):
                await answer.give(url=links.link(self._bot.username, links.of_action(action)))
                return None
            return await self._contexts.poster.send(post)

        return speak

    async def _reachable(self, context: EventContext) -> bool:
        """Whether we may write to somebody in private; an action there shows it and bothers nobody."""
        try:
            await self._bot.send_chat_action(int(context.who.id), "typing")
        except Forbidden:
            return False
        except TelegramError:
            return True
        return True

    def _glance(self, context: EventContext, outgoing: Outgoing) -> str | None:
        """The words that fit above a button, or None; what has several lines is for keeping."""
        if not isinstance(outgoing, Say) or outgoing.buttons or not outgoing.private or len(outgoing.lines) > 1:
            return None
        if context.here.audience == Audience.PRIVATE and outgoing.tone != "error":
            return None  # nobody else reads there, and it can be read again
        words = Renderer(self._app, context.locale).text(outgoing)
        return words if length(words) <= POPUP else None

    async def _answer_form(self, context: EventContext, data: str, ref: MessageRef, answer: CallbackAnswer) -> None:
        """A button of a dialogue, by the person who is asked."""
        tag, at, given = parsed(data)
        state = await self._forms.open(context)
        renderer = Renderer(self._app, context.locale)
        if state is None or tag_of(state) != tag or str(state.step) != at:
            await answer.give(renderer.words(say("button-over")), alert=True)
            return
        await self._contexts.poster.remove(ref)
        if given == STOP:
            await self._forms.leave(context)
            await answer.give(renderer.words(say("telegram-left")))
        elif submit := await self._forms.pressed(context, state, given):
            await self._messages.submit(context, submit)

    async def _wanted(self, context: EventContext, data: str, ref: MessageRef) -> None:
        id_, _, given = data.removeprefix(WANTED).partition(":")
        await self._contexts.poster.remove(ref)
        await self._messages.wanted(context, id_, given)

    async def _open(self, context: EventContext, id_: str) -> None:
        """One picture of several, alone, with what can be done with it."""
        picture = Picture(id=id_, number=1, width=0, height=0, alt=say("telegram-open", number=1))
        await self._contexts.poster.send(
            context.post(Show(lines=(), pictures=(picture,), buttons=_deeds(id_.partition(":")[2]), private=True))
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
