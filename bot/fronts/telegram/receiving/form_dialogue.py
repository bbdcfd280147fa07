"""Forms as a dialogue: one question after the other, answered in words, by a button, or with photos."""

import asyncio
from hashlib import sha256
from weakref import WeakValueDictionary

from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.chat.messages import Audience, Field, Form, MessageRef, Place, Submit, Text, say
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.form_steps import OpenForm, OpenForms, chosen, problem_of
from bot.fronts.telegram import PLATFORM
from bot.fronts.telegram.connection.api_calls import ApiCalls
from bot.fronts.telegram.receiving.event_context import EventContext
from bot.fronts.telegram.receiving.photos import TelegramPhoto, recalled
from bot.fronts.telegram.sending.outgoing import Target
from bot.fronts.telegram.sending.renderer import Renderer
from bot.fronts.telegram.sending.senders import answering
from bot.fronts.telegram.sending.text_limits import MESSAGE, cut

ANSWER = "t:f:"
"""What the buttons of a dialogue send: this, the dialogue's tag, the field's number, and the answer."""
SKIP, DONE, STOP = "skip", "done", "stop"
ONE = 1
"""Fields that are asked for at once."""
_HINT = 64
"""Characters of the placeholder of a reply (Bot API: ForceReply)."""


class FormDialogue:
    """Asks for the fields of a form one by one."""

    def __init__(self, bot: Bot, app: ChatApp, calls: ApiCalls) -> None:
        self._bot = bot
        self._app = app
        self._open = OpenForms(app)
        self._calls = calls
        self._asking: WeakValueDictionary[tuple[str, Place], asyncio.Lock] = WeakValueDictionary()

    async def begin(self, context: EventContext, form: Form) -> MessageRef:
        """Ask the first question of a form, in place of a form that was open here before."""
        return await self._ask(context, OpenForm(form, context.place), form.title)

    async def open(self, context: EventContext) -> OpenForm | None:
        """The form that is open for this person here, once a question that stands there already is noted."""
        async with self._turn(context):
            return await self._open.recall(context.who, context.here)

    async def leave(self, context: EventContext) -> None:
        """End the dialogue."""
        await self._open.end(context.who, context.here)

    async def written(
        self, context: EventContext, state: OpenForm, text: str, photos: tuple[TelegramPhoto, ...]
    ) -> Submit | None:
        """Take an answer in words or photos; the filled form once it was the last, else None."""
        asking = asking_of(state)
        if asking.kind == "photos":
            state.photos += [photo.data() for photo in photos]
            await self._ask(context, state, say("telegram-photos-so-far", count=len(state.photos)))
            return None
        value = chosen(asking, text, Renderer(self._app, context.locale).words)
        problem = problem_of(asking, value)
        if problem == "long":
            await self._ask(context, state, say("telegram-field-long", length=len(text), most=asking.longest))
            return None
        if problem or not value:
            await self._ask(context, state, say("telegram-field-again"))
            return None
        return await self._answered(context, state, value)

    async def pressed(self, context: EventContext, state: OpenForm, answer: str) -> Submit | None:
        """Take an answer by button ("skip", "done", or the number of a choice)."""
        asking = asking_of(state)
        if answer.isdecimal() and int(answer) < len(asking.choices):
            return await self._answered(context, state, asking.choices[int(answer)].value)
        if answer == SKIP:
            return await self._answered(context, state, asking.value)
        if answer == DONE and (state.photos or not asking.required):
            return await self._answered(context, state, "")
        return None

    async def _answered(self, context: EventContext, state: OpenForm, value: str) -> Submit | None:
        if asking_of(state).kind != "photos":
            state.values[asking_of(state).name] = value
        if not state.is_last(ONE):
            state.step += 1
            await self._ask(context, state, None)
            return None
        await self.leave(context)
        event = {**context.event, "place": state.place}
        return Submit(form=state.form.id, fields=state.values, photos=recalled(self._bot, state.photos), **event)

    async def _ask(self, context: EventContext, state: OpenForm, head: Text | None) -> MessageRef:
        renderer = Renderer(self._app, context.locale)
        text = "\n".join([*([renderer.words(head)] if head else []), *_question(asking_of(state), renderer)])
        group = context.here.audience == Audience.GROUP
        target = Target(context.target.chat, context.target.thread, context.target.answers if group else None)
        markup = _markup(state, renderer)
        async with self._turn(context):  # the quickest answer waits until it is known what it answers
            message = await self._calls.paced(
                target.chat,
                lambda now: self._bot.send_message(
                    now, cut(text, MESSAGE), reply_markup=markup, message_thread_id=target.thread,
                    reply_parameters=answering(target),
                ),
            )  # fmt: skip
            state.asked = message.message_id
            await self._open.keep(context.who, context.here, state)
        return MessageRef(PLATFORM, str(target.chat), str(message.message_id))

    def _turn(self, context: EventContext) -> asyncio.Lock:
        return self._asking.setdefault((context.who.id, context.here), asyncio.Lock())


def asking_of(state: OpenForm) -> Field:
    """The field that is asked for."""
    return state.fields(ONE)[0]


def tag_of(state: OpenForm) -> str:
    """Tells the buttons of this form from those of others."""
    return sha256(state.form.id.encode()).hexdigest()[:8]


def is_answer(state: OpenForm, group: bool, replied: int | None) -> bool:
    """Whether words are meant for a dialogue: in a group only an answer to its question is."""
    return replied == state.asked if group else replied in (None, state.asked)


def parsed(data: str) -> tuple[str, str, str]:
    """The tag, the field's number and the answer that a button sent."""
    tag, _, rest = data.removeprefix(ANSWER).partition(":")
    at, _, answer = rest.partition(":")
    return tag, at, answer


def _question(asking: Field, renderer: Renderer) -> list[str]:
    lines = [renderer.words(asking.label)]
    if asking.value and not asking.choices:
        lines.append(renderer.words(say("telegram-field-now", value=asking.value)))
    return lines


def _markup(state: OpenForm, renderer: Renderer) -> InlineKeyboardMarkup | ForceReply:
    """Buttons for what can be chosen, skipped or ended; for words that must come, a reply begun in the client."""
    asking = asking_of(state)

    def row(label: Text, answer: str) -> list[InlineKeyboardButton]:
        return [
            InlineKeyboardButton(renderer.words(label), callback_data=f"{ANSWER}{tag_of(state)}:{state.step}:{answer}")
        ]

    if not asking.choices and asking.required and not asking.value and asking.kind != "photos":
        return ForceReply(selective=True, input_field_placeholder=cut(renderer.words(asking.label), _HINT))
    rows = [row(choice.label, str(number)) for number, choice in enumerate(asking.choices)]
    if asking.kind == "photos" and (state.photos or not asking.required):
        rows.append(row(say("telegram-done"), DONE))
    elif asking.kind != "photos" and not asking.choices:
        rows.append(row(say("telegram-keep") if asking.value else say("telegram-skip"), SKIP))
    return InlineKeyboardMarkup([*rows, row(say("telegram-stop"), STOP)])
