"""The depicted person's agreement: asked for in private, revocable at any time with immediate effect."""

from bot.core.chat.action_ids import Action
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Ask, MessageRef, Say, say
from bot.core.consent.checks import is_denied
from bot.core.consent.rules import WORDING
from bot.core.generation.cancelling import halt
from bot.core.media.blob_cleanup import dispose
from bot.core.people.find_person import person
from bot.core.people.notify_person import reach
from bot.core.runtime.context import Context, Services
from bot.core.runtime.open_questions import button
from storage.tables import consents, images, people, personas, references
from storage.tables.consents import Consent, Subject
from storage.tables.enums import Answer, SubjectKind
from storage.tables.personas import Persona


async def name(context: Context, persona: Persona, who: str) -> None:
    """Name the depicted person and ask them in private; raises UserError for an unknown person."""
    depicted = await person(context, who)
    async with context.services.database.write() as tx:
        if persona.depicts != depicted.id and await is_denied(tx, persona):
            raise UserError("consent-withdrawn")
        await personas.change(tx, persona.id, depicts=depicted.id)
    if depicted.id == context.user.id:
        await agree(context, persona.id, None)
        return
    buttons = (
        (button("button-agree", "depict", persona.id, "yes"), button("button-disagree", "depict", persona.id, "no")),
    )
    question = say("likeness-question", name=context.user.name, persona=persona.name)
    ask = Ask(lines=(question, say("likeness-explained")), buttons=buttons, private=True)
    near = context.place if context.in_group else None
    asked = await reach(context.services, depicted.id, ask, f"depict:{persona.id}", near)
    if asked:
        line = say("likeness-asked", name=depicted.name, persona=persona.name)
    else:
        line = say("likeness-unreachable", name=depicted.name, persona=persona.name)
    await context.say(Say(lines=(line,), private=True))


async def answer(context: Context, action: Action, message: MessageRef) -> None:
    """The depicted person answers; raises UserError for anybody else."""
    await (agree if action.arg == "yes" else refuse)(context, action.row, message)


async def agree(context: Context, id_: str, message: MessageRef | None) -> None:
    """The depicted person says yes; a button to withdraw stays under the answer. Raises UserError for anybody else."""
    persona = await _depicted(context, id_)
    subject = Subject(SubjectKind.PERSONA, persona.id)
    async with context.services.database.write() as tx:
        await consents.withdraw(tx, context.user.id, subject, context.now)
        await consents.add(tx, Consent(context.user.id, subject, Answer.ME, WORDING), context.now)
    line = say("likeness-agreed", persona=persona.name)
    withdraw_ = button("button-withdraw", "depict", persona.id, "no")
    await context.speak(Say(lines=(line,), buttons=((withdraw_,),), tone="good", private=True), instead_of=message)


async def refuse(context: Context, id_: str, message: MessageRef | None) -> None:
    """The depicted person says no, or no longer agrees; raises UserError for anybody else."""
    persona = await _depicted(context, id_)
    subject = Subject(SubjectKind.PERSONA, persona.id)
    async with context.services.database.write() as tx:
        await consents.withdraw(tx, context.user.id, subject, context.now)
        await consents.add(tx, Consent(context.user.id, subject, Answer.NO, WORDING), context.now)
    stopped = await stop_using(context.services, persona)
    lines = [say("likeness-withdrawn", persona=persona.name)]
    if stopped:
        lines.append(say("privacy-stopped", count=stopped))
    await context.speak(Say(lines=tuple(lines), tone="good", private=True), instead_of=message)
    told = Say(lines=(say("likeness-owner-told", persona=persona.name),), private=True)
    await reach(context.services, persona.owner, told, f"withdrawn:{persona.id}")


async def mine(context: Context) -> None:
    """/privacy likeness: the personas that depict this person, each with a button that withdraws."""
    async with context.services.database.read() as tx:
        found = await personas.depicting(tx, context.user.id)
        owners = await people.names(tx, [one.owner for one in found])
    if not found:
        await context.say(Say(lines=(say("likeness-none"),), private=True))
        return
    rows = tuple((button("button-withdraw-one", "depict", one.id, "no", name=one.name),) for one in found[:20])
    lines = [say("likeness-line", persona=one.name, name=owners.get(one.owner, "")) for one in found[:20]]
    await context.say(Say(lines=(say("likeness-head"), *lines), buttons=rows, private=True))


async def stop_using(services: Services, persona: Persona) -> int:
    """Delete a persona's photos and cancel its unfinished images; returns how many were cancelled."""
    async with services.database.write() as tx:
        photos = await references.of_persona(tx, persona.id)
        await references.delete(tx, [photo.id for photo in photos], services.now())
        waiting = await images.unfinished_of(tx, persona.id)
    stopped = await halt(services, waiting, release=True)
    await dispose(services, [key for photo in photos for key in (photo.blob, photo.thumbnail)])
    return stopped


async def _depicted(context: Context, id_: str) -> Persona:
    async with context.services.database.read() as tx:
        persona = await personas.get(tx, id_)
    if persona is None or persona.depicts != context.user.id:
        raise UserError("button-unknown")
    return persona
