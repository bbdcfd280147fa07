"""Forms as dialogues: one question after the other, answered in words, by a button, or with photos.

The state is kept by the core, so a restart in the middle loses nothing.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any
from weakref import WeakValueDictionary

from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.chat import codec
from bot.core.chat.messages import Field, Form, MessageRef, Place, Submit, Text, say
from bot.fronts.telegram.app_port import PLATFORM, ChatApp
from bot.fronts.telegram.connection.api_calls import Calls
from bot.fronts.telegram.receiving.event_context import Arrival
from bot.fronts.telegram.receiving.photos import TelegramPhoto, recalled
from bot.fronts.telegram.sending.outgoing import Target
from bot.fronts.telegram.sending.renderer import Viewer
from bot.fronts.telegram.sending.senders import answering
from bot.fronts.telegram.sending.text_limits import MESSAGE, cut

ANSWER = "t:f:"
"""What the buttons of a dialogue send: this, the dialogue's tag, the field's number, and the answer."""
SKIP, DONE, STOP = "skip", "done", "stop"
_HINT = 64
"""Characters of the placeholder of a reply (Bot API: ForceReply)."""


@dataclass(slots=True)
class State:
    """A dialogue: its form, where its answer belongs, which field is asked, and what was answered."""

    form: Form
    place: Place
    at: int = 0
    values: dict[str, str] = field(default_factory=dict)
    photos: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0
    """The message that asks."""

    @property
    def asking(self) -> Field:
        return self.form.fields[self.at]

    @property
    def tag(self) -> str:
        """Tells the buttons of this dialogue from those of others."""
        return sha256(self.form.id.encode()).hexdigest()[:8]

    def data(self) -> dict[str, Any]:
        return {
            "form": codec.dump(self.form), "place": asdict(self.place), "at": self.at,
            "values": self.values, "photos": self.photos, "asked": self.asked,
        }  # fmt: skip


class Dialogues:
    """Asks for what forms want to know."""

    def __init__(self, bot: Bot, app: ChatApp, calls: Calls) -> None:
        self._bot = bot
        self._app = app
        self._calls = calls
        self._asking: WeakValueDictionary[tuple[str, Place], asyncio.Lock] = WeakValueDictionary()

    async def begin(self, arrival: Arrival, form: Form) -> MessageRef:
        """Ask the first question of a form, in place of a dialogue that was open here before."""
        state = State(form, arrival.place)
        return await self._ask(arrival, state, form.title)

    async def open(self, arrival: Arrival) -> State | None:
        """The dialogue that is open for this person here, once a question that stands there already is noted."""
        async with self._turn(arrival):
            data = await self._app.dialogue(arrival.who, arrival.here)
        if not data or "form" not in data:
            return None
        form = codec.load(data["form"])
        assert isinstance(form, Form)
        rest = {name: data[name] for name in ("at", "values", "photos", "asked")}
        return State(form, Place(**data["place"]), **rest)

    async def leave(self, arrival: Arrival) -> None:
        """End the dialogue."""
        await self._app.keep_dialogue(arrival.who, arrival.here, None)

    async def written(
        self, arrival: Arrival, state: State, text: str, photos: tuple[TelegramPhoto, ...]
    ) -> Submit | None:
        """Take an answer in words or photos; the filled form once it was the last, else None."""
        asking = state.asking
        if asking.kind == "photos":
            state.photos += [photo.data() for photo in photos]
            await self._ask(arrival, state, say("telegram-photos-so-far", count=len(state.photos)))
            return None
        value = _chosen(asking, text, Viewer(self._app, arrival.locale)) if asking.choices else text.strip()
        if not value or len(value) > asking.longest:
            problem = say("telegram-field-long", length=len(text), most=asking.longest) if value else None
            await self._ask(arrival, state, problem or say("telegram-field-again"))
            return None
        return await self._answered(arrival, state, value)

    async def pressed(self, arrival: Arrival, state: State, answer: str) -> Submit | None:
        """Take an answer by button ("skip", "done", or the number of a choice)."""
        asking = state.asking
        if answer.isdecimal() and int(answer) < len(asking.choices):
            return await self._answered(arrival, state, asking.choices[int(answer)].value)
        if answer == SKIP:
            return await self._answered(arrival, state, asking.value)
        if answer == DONE and (state.photos or not asking.required):
            return await self._answered(arrival, state, "")
        return None

    async def _answered(self, arrival: Arrival, state: State, value: str) -> Submit | None:
        if state.asking.kind != "photos":
            state.values[state.asking.name] = value
        state.at += 1
        if state.at < len(state.form.fields):
            await self._ask(arrival, state, None)
            return None
        await self.leave(arrival)
        event = {**arrival.event, "place": state.place}
        return Submit(form=state.form.id, fields=state.values, photos=recalled(self._bot, state.photos), **event)

    async def _ask(self, arrival: Arrival, state: State, head: Text | None) -> MessageRef:
        viewer = Viewer(self._app, arrival.locale)
        text = "\n".join([*([viewer.words(head)] if head else []), *_question(state.asking, viewer)])
        group = arrival.here.audience == "group"
        spot = Target(arrival.spot.chat, arrival.spot.thread, arrival.spot.answers if group else None)
        markup = _markup(state, viewer)
        async with self._turn(arrival):  # the quickest answer waits until it is known what it answers
            message = await self._calls.paced(
                spot.chat,
                lambda now: self._bot.send_message(
                    now, cut(text, MESSAGE), reply_markup=markup, message_thread_id=spot.thread,
                    reply_parameters=answering(spot),
                ),
            )  # fmt: skip
            state.asked = message.message_id
            await self._app.keep_dialogue(arrival.who, arrival.here, state.data())
        return MessageRef(PLATFORM, str(spot.chat), str(message.message_id))

    def _turn(self, arrival: Arrival) -> asyncio.Lock:
        return self._asking.setdefault((arrival.who.id, arrival.here), asyncio.Lock())


def is_answer(state: State, group: bool, replied: int | None) -> bool:
    """Whether words are meant for a dialogue: in a group only an answer to its question is."""
    return replied == state.asked if group else replied in (None, state.asked)


def parsed(data: str) -> tuple[str, str, str]:
    """The tag, the field's number and the answer that a button sent."""
    tag, _, rest = data.removeprefix(ANSWER).partition(":")
    at, _, answer = rest.partition(":")
    return tag, at, answer


def _question(asking: Field, viewer: Viewer) -> list[str]:
    lines = [viewer.words(asking.label)]
    if asking.value and not asking.choices:
        lines.append(viewer.words(say("telegram-field-now", value=asking.value)))
    return lines


def _markup(state: State, viewer: Viewer) -> InlineKeyboardMarkup | ForceReply:
    """Buttons for what can be chosen, skipped or ended; for words that must come, a reply begun in the client."""
    asking = state.asking

    def row(label: Text, answer: str) -> list[InlineKeyboardButton]:
        return [InlineKeyboardButton(viewer.words(label), callback_data=f"{ANSWER}{state.tag}:{state.at}:{answer}")]

    if not asking.choices and asking.required and not asking.value and asking.kind != "photos":
        return ForceReply(selective=True, input_field_placeholder=cut(viewer.words(asking.label), _HINT))
    rows = [row(choice.label, str(number)) for number, choice in enumerate(asking.choices)]
    if asking.kind == "photos" and (state.photos or not asking.required):
        rows.append(row(say("telegram-done"), DONE))
    elif asking.kind != "photos" and not asking.choices:
        rows.append(row(say("telegram-keep") if asking.value else say("telegram-skip"), SKIP))
    return InlineKeyboardMarkup([*rows, row(say("telegram-stop"), STOP)])


def _chosen(asking: Field, text: str, viewer: Viewer) -> str:
    """The choice somebody typed instead of pressing it, or nothing."""
    wanted = text.strip().casefold()
    known: Mapping[str, str] = {
        spelt.casefold(): choice.value
        for choice in asking.choices
        for spelt in (choice.value, viewer.words(choice.label))
    }
    return known.get(wanted, "")
