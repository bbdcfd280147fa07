"""The routes of one's own devices, and for operators those of members and invitations."""

from aiohttp import web

from bot.core.account.web_accounts import Member, Session, WebRole
from bot.fronts.web.access.middleware import JOIN, Middlewares
from bot.fronts.web.access.people import PERSON
from bot.fronts.web.access.refusal import Refused
from bot.fronts.web.access.request_body import read_form
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.pages.account_view import ACCOUNT, MEMBERS, AccountView
from bot.fronts.web.pages.html import Templates
from bot.fronts.web.pages.markup import Markup, joined
from bot.settings import WebSettings


class AccountRoutes:
    """Serves the two pages and what their forms do."""

    def __init__(self, app: ChatApp, settings: WebSettings, middlewares: Middlewares, templates: Templates) -> None:
        self._app = app
        self._accounts = app.accounts
        self._settings = settings
        self._middlewares = middlewares
        self._templates = templates

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(ACCOUNT, self.account),
            web.post(f"{ACCOUNT}/link", self.own_link),
            web.post(f"{ACCOUNT}/end", self.end),
            web.post(f"{ACCOUNT}/end-others", self.end_others),
            web.get(MEMBERS, self.members),
            web.post(f"{MEMBERS}/invite", self.invite),
            web.post(f"{MEMBERS}/withdraw", self.withdraw),
            web.post(MEMBERS + "/{account}/{what:role|link|end|block|unblock}", self.change),
        ]

    async def account(self, request: web.Request, made: Markup | None = None) -> web.Response:
        person, own = request[PERSON], _session(request)
        view = AccountView(self._app, person.locale)
        sessions = await self._accounts.sessions(own.account.id)
        title = view.words("web-account-of", name=own.account.name)
        return self._page(request, title, joined(made, view.devices(sessions, own)))

    async def own_link(self, request: web.Request) -> web.Response:
        """Make a link that signs in another device of the same person."""
        own = self._changing(request)
        code = await self._accounts.link_to(own.account, await self._accounts.user_of(own.account.id), own=True)
        view = AccountView(self._app, request[PERSON].locale)
        return await self.account(request, view.made_link(self._link(request, code), "web-own-link-made"))

    async def end(self, request: web.Request) -> web.Response:
        """End one session of one's own."""
        own = self._changing(request)
        await self._accounts.sign_out((await read_form(request)).get("session", ""), own.account.id)
        raise web.HTTPSeeOther(ACCOUNT)

    async def end_others(self, request: web.Request) -> web.Response:
        own = self._changing(request)
        await self._accounts.sign_out_everywhere(own.account.id, but=own.id)
        raise web.HTTPSeeOther(ACCOUNT)

    async def members(self, request: web.Request, made: Markup | None = None) -> web.Response:
        own = _operator(request)
        view = AccountView(self._app, request[PERSON].locale)
        found, waiting = await self._accounts.members(), await self._accounts.invitations()
        content = joined(made, view.invite(), view.waiting(waiting), view.members(found, own.account.id))
        return self._page(request, view.words("web-members"), content)

    async def invite(self, request: web.Request) -> web.Response:
        """Make an invitation and show its link."""
        _operator(request)
        own = self._changing(request)
        role = _role((await read_form(request)).get("role", ""))
        code = await self._accounts.invite(await self._accounts.user_of(own.account.id), role)
        view = AccountView(self._app, request[PERSON].locale)
        return await self.members(request, view.made_link(self._link(request, code), "web-invitation-made"))

    async def withdraw(self, request: web.Request) -> web.Response:
        _operator(request)
        self._changing(request)
        await self._accounts.withdraw((await read_form(request)).get("invitation", ""))
        raise web.HTTPSeeOther(MEMBERS)

    async def change(self, request: web.Request) -> web.Response:
        """Do something about another member; nobody locks themselves out."""
        own, account = _operator(request), request.match_info["account"]
        self._changing(request)
        member = next((one for one in await self._accounts.members() if one.account.id == account), None)
        if member is None or account == own.account.id:
            raise Refused(404, "web-not-found")
        match request.match_info["what"]:
            case "role":
                await self._accounts.appoint(account, _role((await read_form(request)).get("role", "")))
            case "link":
                return await self._link_for(request, own, member)
            case "end":
                await self._accounts.sign_out_everywhere(account)
            case "block":
                await self._accounts.block(account)
            case _:
                await self._accounts.unblock(account)
        raise web.HTTPSeeOther(MEMBERS)

    async def _link_for(self, request: web.Request, own: Session, member: Member) -> web.Response:
        if member.blocked:
            raise Refused(404, "web-not-found")
        code = await self._accounts.link_to(member.account, await self._accounts.user_of(own.account.id), own=False)
        view = AccountView(self._app, request[PERSON].locale)
        return await self.members(request, view.made_link(self._link(request, code), "web-link-made"))

    def _changing(self, request: web.Request) -> Session:
        self._middlewares.limit(request[PERSON], "change")
        return _session(request)

    def _link(self, request: web.Request, code: str) -> str:
        """The link as others open it."""
        base = self._settings.public_url or f"http://{request.headers['Host']}"
        return f"{base}{JOIN}{code}"

    def _page(self, request: web.Request, title: str, content: Markup) -> web.Response:
        person = request[PERSON]
        links = AccountView(self._app, person.locale).links(person)
        return self._templates.filled(request, "account.html", {"title": title, "links": links, "content": content})


def _session(request: web.Request) -> Session:
    """The reader's session; raises Refused for the owner at home, who has no account."""
    session = request[PERSON].session
    if session is None:
        raise Refused(404, "web-no-accounts-here")
    return session


def _operator(request: web.Request) -> Session:
    """The session of an operator; raises Refused for anybody else."""
    session = _session(request)
    if not request[PERSON].operates:
        raise Refused(403, "web-operators-only")
    return session


def _role(text: str) -> WebRole:
    try:
        return WebRole(text)
    except ValueError as exc:
        raise Refused(400, "web-not-understood") from exc
