""" "Ask for more": a person at a limit asks, an operator grants or denies by one press."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Ask, Button, MessageRef, Place, Say, Text, say
from bot.core.people import notify_operators
from bot.core.runtime import drafts, open_questions
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import MoreAsked
from bot.core.runtime.open_questions import button, draft_of
from storage.db.database import Transaction
from storage.tables import drafts as rows
from storage.tables import ledger, people
from storage.tables.drafts import Draft
from storage.tables.enums import Unit
from storage.tables.ledger import Grant
from storage.tables.owners import Account

Want: TypeAlias = Literal["images", "dollars"]
GRANTS: Mapping[Want, tuple[int, int]] = {"images": (20, 50), "dollars": (5, 10)}
"""Amounts that one press grants: pictures for today, or dollars for this month."""
LIFE = 3 * 86_400_000


def offer(want: Want) -> Button:
    """The button under the sentence that names a limit."""
    return Button(label=say("button-more"), action=str(Action("more", want)))


async def ask(context: Context, named: str) -> None:
    """Ask the operators, once while the request is open; raises UserError when no operator can be reached."""
    if (want := next((one for one in GRANTS if one == named), None)) is None:
        raise UserError("button-unknown")
    async with context.services.database.read() as tx:
        waiting = await open_questions.latest(context, tx, MoreAsked)
    if waiting:
        raise UserError("more-waiting")
    if not await notify_operators.reachable(context.services):
        raise UserError("more-nobody")
    place = Place(context.place.platform, context.place.chat)
    draft = await draft_of(context, MoreAsked(want=want, place=place), LIFE)
    await notify_operators.tell(context.services, _question(context, draft, want), f"more:{draft.id}")
    await context.say(Say(lines=(say("more-asked"),), tone="good", private=True))


async def answer(context: Context, action: Action, message: MessageRef) -> None:
    """Grant or deny as an operator; only the amounts on the buttons are granted. Raises UserError."""
    if not context.operates:
        raise UserError("operator-only")
    async with context.services.database.write() as tx:
        draft = await drafts.get(tx, action.row, MoreAsked)
        amounts = {str(amount): amount for amount in GRANTS[draft.data.want]}
        arg = action.arg
        if arg not in {*amounts, "deny"}:
            raise UserError("button-unknown")
        if not await rows.settle(tx, draft.id, context.now):
            raise UserError("button-over")
        if arg in amounts:
            await _grant(context, tx, draft, amounts[arg])
        asker = await people.get(tx, draft.user)
    name = asker.name if asker else ""
    told = _granted(draft, arg) if arg in amounts else say("more-denied")
    await context.speak(Say(lines=(say("more-answered", name=name, answer=told),)), instead_of=message)
    place = draft.data.place
    if front := context.services.fronts.get(place.platform):
        await front.send(place, Say(lines=(told,), private=True), f"more:{draft.id}:answer")


async def _grant(context: Context, tx: Transaction, draft: Draft[MoreAsked], amount: int) -> None:
    account = Account.user(draft.user)
    if draft.data.want == "images":
        given = Grant(draft.id, account, Unit.IMAGE, amount)
    else:
        given = Grant(draft.id, account, Unit.MICRODOLLAR, amount * 1_000_000)
    await ledger.grant(tx, given, context.now)


def _question(context: Context, draft: Draft[MoreAsked], want: Want) -> Ask:
    grants = tuple(
        button(f"button-grant-{want}", "grant", draft.id, str(amount), amount=amount) for amount in GRANTS[want]
    )
    line = say(f"more-question-{want}", name=context.user.name)
    return Ask(lines=(line,), buttons=((*grants, button("button-deny", "grant", draft.id, "deny")),))


def _granted(draft: Draft[MoreAsked], arg: str) -> Text:
    return say(f"more-granted-{draft.data.want}", amount=arg)
