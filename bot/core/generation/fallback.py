"""Another model in place of one that is down: only if the person wants that, and never after a refusal."""

from collections.abc import Iterator, Mapping

from bot.core.chat.errors import UserError
from bot.core.generation.settlement import AttemptContext, Settlement
from bot.core.models.choosing import check, edits_pixels
from bot.core.models.image_request import image_request_again
from bot.core.models.pricing import price_again
from bot.core.money import limits
from bot.core.money.limits import Wish
from bot.core.runtime.context import Services
from bot.core.runtime.ports import Job
from providers.contract import errors
from providers.contract.model import Model
from storage.db.database import Transaction
from storage.queries import priorities
from storage.tables import images, ledger, references, settings
from storage.tables.enums import Audience, Fallback, Unit
from storage.tables.ledger import Reservation
from storage.tables.owners import BOT, Scope

_DOWN = (
    errors.Unavailable,
    errors.RateLimited,
    errors.OutOfCredit,
    errors.Misconfigured,
    errors.Broken,
    errors.Gone,
)
"""What another model may help with: proof that the call was not paid for, or that it is over without a picture."""


async def move_on(services: Services, books: Settlement, painting: AttemptContext, exc: errors.ProviderError) -> bool:
    """Let the next model on the list draw the image, as a new attempt; False when there is none or nobody wants it.

    The end of the old attempt, the money and the new work are one transaction.
    """
    if not isinstance(exc, _DOWN):
        return False
    async with services.database.write() as tx:
        image = await images.get(tx, painting.image.id)
        if image is None or image.finished:
            return False
        for model, price in await _others(services, tx, painting):
            try:
                await raise_to(services, tx, painting, price)
            except UserError:
                continue
            if not await books.end(tx, painting, exc):
                return True
            await images.redirect(tx, image.id, model.id)
            turn = f"after-{painting.attempt.number}"
            user = painting.generation.user
            job = Job(image.id, model.provider, user, turn, user in await priorities.chosen(tx))
            await services.jobs.enqueue(tx, None, [job])
            return True
    return False


async def _others(services: Services, tx: Transaction, painting: AttemptContext) -> list[tuple[Model, int]]:
    """The models that may step in, in their order, with what a picture costs."""
    scopes = (Scope.user(painting.generation.user), Scope.workspace(painting.generation.workspace))
    found = await settings.of(tx, *scopes)
    policy = next((found[scope]["fallback"] for scope in scopes if "fallback" in found[scope]), Fallback.OFF)
    if policy == Fallback.OFF:
        return []
    photos = len(await references.of_generation(tx, painting.generation.id))
    reserved = await ledger.reserved(tx, painting.image.id, Unit.MICRODOLLAR)
    priced = [(model, price_again(model, painting.generation, photos)) for model in _able(services, painting, photos)]
    return [(model, price) for model, price in priced if policy == Fallback.ANY or price <= reserved]


def _keeps_drawn(first: Model, model: Model, parameters: Mapping[str, str]) -> bool:
    """Whether what was promised to be plainly drawn, as children's pictures must be, still is."""
    style = parameters.get("style")
    return style not in first.capabilities.illustrated or style in model.capabilities.illustrated


def _able(services: Services, painting: AttemptContext, photos: int) -> Iterator[Model]:
    """The models of the first one's list that were not tried and can draw the request."""
    first = services.drawing.model(painting.generation.model)
    tried = {one.model for one in (*painting.earlier, painting.attempt)}
    request = image_request_again(painting.generation, ())
    for id_ in first.fallback if first else ():
        model = services.drawing.model(id_)
        if model is None or id_ in tried or model.capabilities.restyles:
            continue
        if first and not _keeps_drawn(first, model, painting.generation.parameters):
            continue
        try:
            check(model, request, photos + edits_pixels(request.command, request.parent, model))
        except UserError:
            continue
        yield model


async def raise_to(services: Services, tx: Transaction, painting: AttemptContext, price: int) -> None:
    """Reserve what is missing of `price` microdollars for an image whose money is reserved already.

    Raises UserError when a limit would be broken.
    """
    image, generation = painting.image, painting.generation
    missing = price - await ledger.reserved(tx, image.id, Unit.MICRODOLLAR)
    if missing <= 0:
        return
    own, shared = Scope.user(generation.user), Scope.workspace(generation.workspace)
    found = await settings.of(tx, own, shared)
    group = generation.workspace if generation.audience == Audience.GROUP else None
    accounts = limits.accounts_of(generation.user, group, found[own], found[shared])
    wish = Wish(
        user=generation.user, accounts=accounts, images=0, micro=missing, spend_month=services.policy.spend_month,
        member=limits.member_of(generation.user, group, found[shared]),
        now=services.now(),
    )  # fmt: skip
    await limits.check_money(tx, wish)
    turn = await ledger.next_turn(tx, image.id)
    reservation = Reservation(image.id, (*accounts, BOT), {Unit.MICRODOLLAR: missing}, turn)
    await ledger.reserve(tx, [reservation], services.now())
