"""Which pictures a person can see now: their own, and those posted in places that they can read at this moment.

The platform is asked at every read, since people leave, are removed, and lose a channel without telling us.
"""

from collections.abc import Collection

from bot.core.chat.messages import Place
from bot.core.runtime.context import Services
from storage.db.database import Transaction
from storage.queries import gallery
from storage.tables import people, settings, workspaces
from storage.tables.images import Image
from storage.tables.owners import Scope
from storage.tables.workspaces import Workspace


async def may_see(services: Services, image: Image, user: str, here: Place | None = None) -> bool:
    """Whether a person can see an image; `here` is where they act at this moment, which proves that they read it."""
    if image.user == user:
        return True
    if image.private:
        return False
    async with services.database.read() as tx:
        workspace = await workspaces.get(tx, image.workspace)
    return workspace is not None and bool(await readable(services, workspace, user, [image.thread], here))


async def readable_threads(services: Services, workspace_id: str, user: str, here: Place) -> tuple[str, ...]:
    """The threads with pictures of a workspace that a person can read now."""
    async with services.database.read() as tx:
        workspace = await workspaces.get(tx, workspace_id)
        threads = await gallery.threads_of(tx, workspace_id)
    if workspace is None:
        return ()
    return tuple(sorted(await readable(services, workspace, user, threads, here)))


async def readable(
    services: Services, workspace: Workspace, user: str, threads: Collection[str], here: Place | None = None
) -> frozenset[str]:
    """Those threads of a workspace that a person can read now, by any identity; none for people who are blocked."""
    async with services.database.read() as tx:
        identities = await people.identities_of(tx, user, workspace.platform)
        blocked = await _blocked(tx, workspace, user)
    if blocked:
        return frozenset()
    proven = _proven(workspace, here) & frozenset(threads)
    asked = frozenset(threads) - proven
    front = services.fronts.get(workspace.platform)
    if not asked or front is None:
        return proven
    found = [await front.readable(identity, workspace.chat, asked) for identity in identities]
    return proven.union(*found)


async def _blocked(tx: Transaction, workspace: Workspace, user: str) -> bool:
    scopes = (Scope.user(user), Scope.workspace(workspace.id))
    found = await settings.of(tx, *scopes)
    return any(found[scope].get("blocked") for scope in scopes)


def _proven(workspace: Workspace, here: Place | None) -> frozenset[str]:
    """The thread a person acts in, if it is one of the workspace's."""
    if here is None or (here.platform, here.chat) != (workspace.platform, workspace.chat):
        return frozenset()
    return frozenset([here.thread or ""])
