"""/privacy export and delete: everything stored about a person."""

import structlog

from bot.core.chat.action_ids import Action
from bot.core.chat.messages import Ask, Button, Document, MessageRef, Say, Text, say
from bot.core.generation.cancelling import halt
from bot.core.results.refresh import refresh
from bot.core.runtime.context import Context
from bot.core.runtime.drafts import Erase, Export
from bot.core.runtime.open_questions import button, draft_of, pending
from bot.core.voting.recount import recount
from storage.privacy import erasure, personal_data_map
from storage.privacy.erasure import Erased
from storage.privacy.personal_data_map import Count, File
from storage.tables import images, ledger

EXPORT_LIFE = 86_400_000
"""Milliseconds an export can be downloaded."""
DELETE_LIFE = 600_000
"""Milliseconds the question before deleting waits."""
KINDS = {"reference": "r", "image": "i"}
"""What the ids of photos and pictures begin with."""
HEAVIEST = 40_000_000
"""Bytes of pictures in one file: each is made in memory, and chat platforms take no larger ones."""

log = structlog.get_logger()


async def export(context: Context) -> None:
    """/privacy export: ZIP files with the person's rows, pictures and photos; the first holds the rows."""
    async with context.services.database.read() as tx:
        parts = _parts(await personal_data_map.files(tx, context.user.id))
    for number, part in enumerate(parts, 1):
        ids = tuple(f"{KINDS[file.kind]}:{file.id}" for file in part)
        draft = await draft_of(context, Export(files=ids, rows=number == 1), EXPORT_LIFE)
        lines = [say("privacy-export")] if number == 1 else []
        if len(parts) > 1:
            lines.append(say("privacy-export-part", number=number, total=len(parts)))
        name = f"likeness-export-{number}.zip"
        await context.say(Document(lines=tuple(lines), file=f"x:{draft.id}", name=name))


async def ask_delete(context: Context) -> None:
    """/privacy delete: show the counts of what would be deleted, and ask once."""
    draft = await draft_of(context, Erase(), DELETE_LIFE)
    async with context.services.database.read() as tx:
        count = await personal_data_map.count(tx, context.user.id)
    lines = [say("privacy-delete-question"), *_numbers(count)]
    if count.waiting:
        lines.append(say("privacy-waiting", count=count.waiting))
    lines += [say("privacy-delete-kept"), say("privacy-delete-hint")]
    delete_ = Button(label=say("button-erase"), action=str(Action("erase", draft.id)), style="danger")
    await context.say(
        Ask(lines=tuple(lines), buttons=((delete_, button("button-no", "drop", draft.id)),), private=True)
    )


async def delete(context: Context, action: Action, message: MessageRef) -> None:
    """Cancel the person's work, delete everything stored about them, report the counts, and remove our messages.

    Raises UserError when the question is answered or too old.
    """
    await pending(context, action.row, Erase)
    stopped = await _stop(context)
    async with context.services.database.write() as tx:
        for image in await images.unfinished(tx, context.user.id):  # asked for since
            await ledger.settle(tx, image.id, {}, context.now)
        erased = await erasure.erase(tx, context.user.id, context.now)
        changed = await recount(tx, erased.judged)
        await context.services.blobs.delete(erased.blobs)
    await context.services.sessions.ended()
    if not await context.services.database.scrub():
        log.warning("the write-ahead log keeps deleted rows until the next daily clean-up")
    log.info("a person's data was deleted", pictures=erased.count.pictures, photos=erased.count.photos)
    lines = [say("privacy-deleted"), *_numbers(erased.count)]
    if stopped:
        lines.append(say("privacy-stopped", count=stopped))
    lines += [say("privacy-messages", count=len(erased.messages)), say("privacy-delete-kept")]
    await context.speak(Say(lines=tuple(lines), tone="good", private=True), instead_of=message)
    await _take_back(context, erased)
    for generation in changed:
        await refresh(context.services, generation)


async def _stop(context: Context) -> int:
    """Cancel the person's unfinished images; returns how many."""
    async with context.services.database.read() as tx:
        going = await images.unfinished(tx, context.user.id)
    return await halt(context.services, going, release=True)


async def _take_back(context: Context, erased: Erased) -> None:
    """Remove our messages where the platform allows; one that cannot be removed does not keep the others."""
    for platform, chat, id_ in erased.messages:
        if front := context.services.fronts.get(platform):
            try:
                await front.remove(MessageRef(platform, chat, id_))
            except Exception:  # whatever a platform raises for a message it does not let go of
                log.warning("a message could not be removed", platform=platform, exc_info=True)


def _numbers(count: Count) -> tuple[Text, ...]:
    return (
        say("privacy-personas", count=count.personas),
        say("privacy-photos", count=count.photos),
        say("privacy-pictures", count=count.pictures, requests=count.requests),
        say("privacy-votes", count=count.votes),
    )


def _parts(files: tuple[File, ...]) -> list[list[File]]:
    """The files in portions that each weigh at most `HEAVIEST`, unless one alone does; at least one portion."""
    parts: list[list[File]] = [[]]
    weight = 0
    for file in files:
        if parts[-1] and weight + file.bytes > HEAVIEST:
            parts.append([])
            weight = 0
        parts[-1].append(file)
        weight += file.bytes
    return parts
