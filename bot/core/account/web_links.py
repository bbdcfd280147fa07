"""/admin invite and /gallery web: one-use links into the web chat."""

from bot.core.account.web_accounts import INVITED_FOR, OWN_LINK_FOR, WebAccounts, WebRole
from bot.core.chat.errors import UserError
from bot.core.chat.messages import Say, Text, say
from bot.core.chat.options import Options
from bot.core.runtime.context import Context

_HOUR = 3_600_000
_MINUTE = 60_000


def accounts_of(context: Context) -> WebAccounts:
    services = context.services
    return WebAccounts(services.database, services.now, services.sessions)


async def invite(context: Context, options: Options) -> None:
    """/admin invite: a link that makes one account with a role. Raises UserError where the web chat has no accounts."""
    address = context.services.policy.web
    if address is None or not context.services.policy.web_accounts:
        raise UserError("invite-no-accounts")
    role = WebRole(options.texts.get("as", WebRole.MEMBER))
    code = await accounts_of(context).invite(context.user.id, role)
    head = say("invite-head", role=say(f"choice-{role}"))
    await _say(context, head, _link(address, code), say("invite-life", hours=INVITED_FOR // _HOUR))


async def gallery_web(context: Context) -> None:
    """/gallery web: where the web chat is, with a link that signs this person in.

    Operators without an account get one by it; others need an invitation. Raises UserError where nobody else can reach
    the web chat.
    """
    policy = context.services.policy
    if policy.web is None:
        raise UserError("gallery-web-none")
    code = await _own_link(context) if policy.web_accounts else None
    if code:
        await _say(context, say("gallery-web-link"), _link(policy.web, code),
                   say("gallery-web-life", minutes=OWN_LINK_FOR // _MINUTE))  # fmt: skip
    elif policy.web_accounts:
        await _say(context, say("gallery-web", address=policy.web), say("gallery-web-ask"))
    else:
        await _say(context, say("gallery-web", address=policy.web))


async def _own_link(context: Context) -> str | None:
    """The code of a link for this person alone; None for somebody without an account whom nobody invited."""
    accounts = accounts_of(context)
    if account := await accounts.of_user(context.user.id):
        return await accounts.link_to(account, context.user.id, own=True)
    if context.operates:
        return await accounts.invite(context.user.id, WebRole.OPERATOR, user=context.user.id)
    return None


def _link(address: str, code: str) -> Text:
    return say("invite-link", link=f"{address}/join/{code}")


async def _say(context: Context, *lines: Text) -> None:
    await context.say(Say(lines=lines, private=True))
