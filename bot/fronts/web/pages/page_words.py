"""The page's own words: one table from which the templates and the scripts are filled."""

from collections.abc import Mapping

from bot.core.chat.messages import say
from bot.fronts.web.app_port import ChatApp

WORDS: Mapping[str, tuple[str, ...]] = {
    # the page
    "web-skip": (),
    "web-conversation": (),
    "web-loading-older": (),
    "web-new-messages": (),
    "web-to-latest": (),
    "web-theme": (),
    "web-close": (),
    "web-needs-javascript": (),
    "web-connecting": (),
    "web-online": (),
    "web-offline": (),
    "web-unreachable": (),
    # the composer
    "web-composer": (),
    "web-message": (),
    "web-placeholder": (),
    "web-send": (),
    "web-attach": (),
    "web-drop": (),
    "web-pending-photos": (),
    "web-remove-photo": ("name",),
    "web-photos-at-most": ("most",),
    "web-too-large": (),
    "web-suggestions": (),
    "web-answering": (),
    # messages
    "web-you": (),
    "web-only-you": (),
    "web-sending": (),
    "web-send-again": (),
    "web-reply": (),
    "web-a-message": (),
    "web-reactions": (),
    "web-previous-page": (),
    "web-unreadable": (),
    "web-progress": (),
    "web-progress-done": ("done", "total"),
    "web-optional": (),
    "web-choose-photos": (),
    "web-copy": (),
    "web-copied": (),
    # pictures
    "web-picture": ("number",),
    "web-state-kept": (),
    "web-state-rejected": (),
    "web-state-best": (),
    "web-lightbox": (),
    "web-of": ("number", "count"),
    "web-previous": (),
    "web-next": (),
    "web-download": (),
    "web-judge": (),
    "web-keep": (),
    "web-reject": (),
    "web-best": (),
    "web-undo": (),
    "web-recipe": (),
    "web-trash": (),
    # signing in and out
    "web-sign-in": (),
    "web-sign-in-lead": (),
    "web-sign-in-how": (),
    "web-for-the-operator": (),
    "web-your-name": (),
    "web-token": (),
    "web-token-hint": (),
    "web-sign-out": (),
    "web-join": (),
    "web-join-lead": (),
    "web-join-hint": (),
    "web-join-button": (),
    "web-welcome-back": (),
    "web-link-lead": (),
    "web-link-over": (),
    "web-link-over-lead": (),
    # accounts
    "web-pages": (),
    "web-your-account": (),
}
"""Key to the arguments its words take; the page fills those in itself, so they arrive as {name}."""


def page_words(app: ChatApp, locale: str) -> dict[str, str]:
    """Every word of WORDS in the language of `locale`."""
    return {key: app.words(say(key, **{arg: "{" + arg + "}" for arg in args}), locale) for key, args in WORDS.items()}
