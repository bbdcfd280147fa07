"""Renders the page of one's own devices and the page of members: plain forms that need no script."""

import time
from collections.abc import Sequence

from bot.core.account.web_accounts import Invitation, Member, Session, WebRole
from bot.core.chat.messages import Text, say
from bot.fronts.web.access.people import Person
from bot.fronts.web.app_port import ChatApp
from bot.fronts.web.pages.markup import Markup, el, joined

ACCOUNT = "/account"
MEMBERS = "/members"
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


class AccountView:
    """Renders the two pages in one language."""

    def __init__(self, app: ChatApp, locale: str) -> None:
        self._app = app
        self._locale = locale

    def words(self, key: str, **args: str | int | Text) -> str:
        return self._app.words(say(key, **args), self._locale)

    def links(self, person: Person) -> Markup:
        pages = [("/", "web-to-chat"), (ACCOUNT, "web-your-account")]
        if person.operates:
            pages.append((MEMBERS, "web-members"))
        return joined(*(el("a", self.words(key), href=path) for path, key in pages))

    def devices(self, sessions: Sequence[Session], own: Session) -> Markup:
        return joined(
            self._section(
                "web-your-devices",
                el("p", self.words("web-your-devices-lead"), class_="quiet"),
                el("ul", *(self._device(session, own) for session in sessions)),
                self.button(f"{ACCOUNT}/end-others", "web-end-others", "danger") if len(sessions) > 1 else None,
            ),
            self._section(
                "web-another-device",
                el("p", self.words("web-another-device-lead"), class_="quiet"),
                self.button(f"{ACCOUNT}/link", "web-make-link", "primary"),
            ),
        )

    def made_link(self, link: str, lead: str) -> Markup:
        """The new link, to be copied; it is shown this once."""
        field = el("input", id="link", value=link, readonly=True, aria_label=self.words("web-link"), type="text")
        return self._section("web-link", el("p", self.words(lead)), field, class_="made")

    def invite(self) -> Markup:
        choice = self._roles(WebRole.MEMBER, id_="invite-role")
        send = el("button", self.words("web-invite"), class_="primary")
        label = el("label", self.words("web-role"), for_="invite-role")
        form = el("form", label, choice, send, method="post", action=f"{MEMBERS}/invite")
        return self._section(
            "web-invite-head",
            el("p", self.words("web-invite-lead"), class_="quiet"),
            form,
            el("p", self.words("web-roles-are"), class_="quiet after"),
        )

    def waiting(self, invitations: Sequence[Invitation]) -> Markup | None:
        if not invitations:
            return None
        return self._section("web-invitations", el("ul", *(self._invitation(one) for one in invitations)))

    def members(self, members: Sequence[Member], own: str) -> Markup:
        return self._section("web-members", el("ul", *(self._member(one, own) for one in members)))

    def button(self, action: str, key: str, class_: str | None = None, **fields: str) -> Markup:
        """A form of one button."""
        hidden = (el("input", type="hidden", name=name, value=value) for name, value in fields.items())
        return el("form", *hidden, el("button", self.words(key), class_=class_), method="post", action=action)

    def _device(self, session: Session, own: Session) -> Markup:
        is_own = session.id == own.id
        seen = self.words("web-this-device") if is_own else self._seen(session.seen_at)
        text = el("div", el("span", session.device or self.words("web-unknown-device"), class_="name"),
                  el("span", seen, class_="quiet"))  # fmt: skip
        if is_own:
            return el("li", text, self.button("/sign-out", "web-sign-out"))
        end = self.button(f"{ACCOUNT}/end", "web-end-session", session=session.id)
        return el("li", text, end)

    def _invitation(self, invitation: Invitation) -> Markup:
        left = max(1, round((invitation.expires_at / 1000 - time.time()) / _HOUR))
        text = el("div", el("span", self.words(f"choice-{invitation.role}"), class_="name role"),
                  el("span", self.words("web-expires", hours=left), class_="quiet"))  # fmt: skip
        withdraw = self.button(f"{MEMBERS}/withdraw", "web-withdraw", invitation=invitation.id)
        return el("li", text, withdraw)

    def _member(self, member: Member, own: str) -> Markup:
        account = member.account
        state = self.words("web-blocked") if member.blocked else self._activity(member)
        text = el("div", el("span", account.name, class_="name"),
                  el("span", joined(self.words(f"choice-{account.role}"), " · ", state), class_="quiet"))  # fmt: skip
        if account.id == own:
            return el("li", text, el("span", self.words("web-you"), class_="quiet"))
        return el("li", text, el("div", *self._actions(member), class_="actions"))

    def _actions(self, member: Member) -> Sequence[Markup]:
        account, base = member.account, f"{MEMBERS}/{member.account.id}"
        if member.blocked:
            return (self.button(f"{base}/unblock", "web-unblock"),)
        label = el("span", self.words("web-role-of", name=account.name), class_="unseen")
        role = el("form", el("label", label, self._roles(account.role)), el("button", self.words("web-save")),
                  method="post", action=f"{base}/role")  # fmt: skip
        return (
            role,
            self.button(f"{base}/link", "web-new-link"),
            *([self.button(f"{base}/end", "web-end-session")] if member.sessions else []),
            self.button(f"{base}/block", "web-block", "danger"),
        )

    def _roles(self, chosen: WebRole, id_: str | None = None) -> Markup:
        options = (el("option", self.words(f"choice-{role}"), value=role, selected=role == chosen) for role in WebRole)
        return el("select", *options, name="role", id=id_)

    def _activity(self, member: Member) -> str:
        return self._seen(member.seen_at) if member.seen_at else self.words("web-signed-out")

    def _seen(self, at: int) -> str:
        ago = max(0.0, time.time() - at / 1000)
        if ago < 10 * _MINUTE:
            return self.words("web-seen-now")
        if ago < _HOUR:
            return self.words("web-seen-minutes", count=round(ago / _MINUTE))
        if ago < _DAY:
            return self.words("web-seen-hours", count=round(ago / _HOUR))
        return self.words("web-seen-days", count=round(ago / _DAY))

    def _section(self, key: str, *content: Markup | None, class_: str | None = None) -> Markup:
        return el("section", el("h2", self.words(key)), *content, class_=class_)
