""" "Ask for more": a person at a limit asks, an operator grants or denies by one press."""

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Ask, Button, MessageRef, Place, Say, Text, say
from bot.core.people import notify_operators
from bot.core.runtime.context import Context
from bot.core.runtime.open_questions import button, draft_of
from storage.db.database import Transaction
from storage.tables import drafts, ledger, people
from storage.tables.drafts import Draft

GRANTS: dict[str, tuple[int, int]] = {"images": (20, 50), "dollars": (5, 10)}
"""Amounts that one press grants: pictures for today, or dollars for this month."""
LIFE = 3 * 86_400_000


def offer(want: str) -> Button:
    """The button under the sentence that names a limit."""
    return Button(label=say("button-more"), action=str(Action("more", want)))


async def ask(context: Context, want: str) -> None:
    """Ask the operators, once while the request is open; raises UserError when no operator can be reached."""
    if want not in GRANTS:
        raise UserError("button-unknown")
    async with context.services.database.read() as tx:
        waiting = await drafts.latest(tx, *context.owner, "more", context.now)
    if waiting:
        raise UserError("more-waiting")
    if not await notify_operators.reachable(context.services):
        raise UserError("more-nobody")
    data = {"want": want, "user": context.user.id, "place": [context.place.platform, context.place.chat]}
    draft = await draft_of(context, "more", data, LIFE)
    await notify_operators.tell(context.services, _question(context, draft, want), f"more:{draft.id}")
    await context.say(Say(lines=(say("more-asked"),), tone="good", private=True))


async def answer(context: Context, id_: str, arg: str, message: MessageRef) -> None:
    """Grant or deny as an operator; only the amounts on the buttons are granted. Raises UserError."""
    if not context.operates:
        raise UserError("operator-only")
    async with context.services.database.write() as tx:
        draft = await drafts.get(tx, id_)
        if draft is None or draft.kind != "more":
            raise UserError("button-unknown")
        amounts = {str(amount): amount for amount in GRANTS[draft.data["want"]]}
        if arg not in {*amounts, "deny"}:
            raise UserError("button-unknown")
        if not await drafts.settle(tx, draft.id, context.now):
            raise UserError("button-over")
        if arg in amounts:
            await _grant(context, tx, draft, amounts[arg])
        asker = await people.get(tx, draft.user)
    name = asker.name if asker else ""
    told = _granted(draft, arg) if arg in amounts else say("more-denied")
    await context.speak(Say(lines=(say("more-answered", name=name, answer=told),)), instead_of=message)
    platform, chat = draft.data["place"]
    if front := context.services.fronts.get(platform):
        await front.send(Place(platform, chat), Say(lines=(told,), private=True), f"more:{draft.id}:answer")


async def _grant(context: Context, tx: Transaction, draft: Draft, amount: int) -> None:
    account = f"user:{draft.user}"
    unit, value = ("image", amount) if draft.data["want"] == "images" else ("microdollar", amount * 1_000_000)
    await ledger.grant(tx, account, unit, value, draft.id, context.now)


def _question(context: Context, draft: Draft, want: str) -> Ask:
    grants = tuple(
        button(f"button-grant-{want}", "grant", draft.id, str(amount), amount=amount) for amount in GRANTS[want]
    )
    line = say(f"more-question-{want}", name=context.user.name)
    return Ask(lines=(line,), buttons=((*grants, button("button-deny", "grant", draft.id, "deny")),))


def _granted(draft: Draft, arg: str) -> Text:
    return say(f"more-granted-{draft.data['want']}", amount=arg)
