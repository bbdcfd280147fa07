"""Forms as Discord's modals: five fields at a time, what is filled kept between them over a restart."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.core.chat import codec
from bot.core.chat.messages import Button, Field, Form, Place, Say, Text, Who, say
from bot.core.incoming.app import App
from bot.fronts.discord.languages import Languages
from bot.fronts.discord.receiving.attachments import AttachedPhoto

FIELDS = 5
"""Fields of a modal (Discord: Components, Modal)."""
TITLE = 45
LABEL = 45
CHOICES = 25
LONGEST = 4000
PHOTOS = 10
"""Files of an upload field (Discord: Components, File Upload)."""
OPEN = "discord1:form"
"""The button that opens what is left of a form."""
_PAGE = "discord1:page:"


class Forms:
    """Shows forms and takes what was filled."""

    def __init__(self, app: App, languages: Languages) -> None:
        self._app = app
        self._languages = languages

    async def show(self, interaction: discord.Interaction[Any], form: Form, who: Who, place: Place) -> None:
        """Open a form; one that has more than five fields is kept, as it comes back in parts."""
        locale = await self._languages.own(who)
        pages = pages_of(form)
        if len(pages) == 1:
            await self.open(interaction, form, locale)
            return
        await self._open_page(interaction, form, 0, locale)
        await self._app.keep_dialogue(who, place, {"form": codec.dump(form), "page": 0, "fields": {}})

    async def keep(self, form: Form, who: Who, place: Place) -> Say:
        """Keep a form that can only be opened by another press, and say so."""
        await self._app.keep_dialogue(who, place, {"form": codec.dump(form), "page": 0, "fields": {}})
        return _button(say("discord-form-ready", title=form.title), say("discord-form-open"))

    async def reopen(self, interaction: discord.Interaction[Any], who: Who, place: Place) -> bool:
        """Open what is left of the kept form; False when nothing is."""
        kept = await self._app.dialogue(who, place)
        if not kept or "form" not in kept:
            return False
        form = _form_of(kept)
        await self._open_page(interaction, form, int(kept["page"]), await self._languages.own(who))
        return True

    async def filled(
        self, custom_id: str, fields: Mapping[str, str], who: Who, place: Place
    ) -> tuple[str, dict[str, str]] | Say | None:
        """The id and all fields of a form once its last part came; before that, the way to the next part.

        None when the rest of the form is no longer kept.
        """
        if not custom_id.startswith(_PAGE):
            return custom_id, dict(fields)
        kept = await self._app.dialogue(who, place)
        if not kept or "form" not in kept:
            return None
        form, page = _form_of(kept), int(custom_id.removeprefix(_PAGE))
        together = {**kept["fields"], **fields}
        if page + 1 < len(pages_of(form)):
            await self._app.keep_dialogue(who, place, {**kept, "page": page + 1, "fields": together})
            return _button(say("discord-form-more", title=form.title), say("discord-form-go-on"))
        await self._app.keep_dialogue(who, place, None)
        return form.id, together

    async def open(self, interaction: discord.Interaction[Any], form: Form, locale: str) -> None:
        """Open a form of one page."""
        await interaction.response.send_modal(self._modal(form, form.fields, form.id, locale))

    async def _open_page(self, interaction: discord.Interaction[Any], form: Form, page: int, locale: str) -> None:
        pages = pages_of(form)
        custom_id = form.id if len(pages) == 1 else f"{_PAGE}{page}"
        await interaction.response.send_modal(self._modal(form, pages[page], custom_id, locale))

    def _modal(self, form: Form, fields: Sequence[Field], custom_id: str, locale: str) -> ui.Modal:
        modal = ui.Modal(title=self._app.words(form.title, locale)[:TITLE], custom_id=custom_id, timeout=None)
        for field in fields:
            label = self._app.words(field.label, locale)[:LABEL]
            modal.add_item(ui.Label[Any](text=label, component=self._component(field, locale)))
        modal.stop()  # what comes back is read as it is, so that it may come after a restart
        return modal

    def _component(self, field: Field, locale: str) -> ui.Item[Any]:
        match field.kind:
            case "choice":
                options = [
                    discord.SelectOption(label=label[:100], value=value, default=value == field.value)
                    for value, label in ((one.value, self._app.words(one.label, locale)) for one in field.choices)
                ]
                return ui.Select(custom_id=field.name, options=options[:CHOICES], required=field.required)
            case "photos":
                return ui.FileUpload(
                    custom_id=field.name, required=field.required, min_values=int(field.required), max_values=PHOTOS
                )
            case "line" | "words":
                long = field.kind == "words"
                most = min(field.longest, LONGEST)
                return ui.TextInput(
                    custom_id=field.name,
                    style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
                    default=field.value[:most] or None,
                    required=field.required,
                    max_length=most,
                )


def pages_of(form: Form) -> list[tuple[Field, ...]]:
    """The fields, five at a time; photos on the last page, since files cannot be kept as words are."""
    fields = sorted(form.fields, key=lambda field: field.kind == "photos")
    return [tuple(fields[start : start + FIELDS]) for start in range(0, len(fields), FIELDS)] or [()]


def read(interaction: discord.Interaction[Any]) -> tuple[str, dict[str, str], tuple[AttachedPhoto, ...]]:
    """The custom id, the fields and the photos of a filled modal, as Discord sent them."""
    data: Mapping[str, Any] = interaction.data or {}
    sent: Mapping[str, Any] = data.get("resolved", {}).get("attachments", {})
    fields: dict[str, str] = {}
    photos: list[AttachedPhoto] = []
    for row in data.get("components", ()):
        component: Mapping[str, Any] = row.get("component", {})
        name = component.get("custom_id", "")
        if component.get("type") == discord.ComponentType.file_upload.value:
            photos += [_photo(interaction, sent[id_]) for id_ in component.get("values", ()) if id_ in sent]
        elif "values" in component:
            fields[name] = next(iter(component["values"] or ()), "")
        else:
            fields[name] = component.get("value") or ""
    return data.get("custom_id", ""), fields, tuple(photos)


def _photo(interaction: discord.Interaction[Any], data: Any) -> AttachedPhoto:
    # discord.py makes attachments of a form only for a modal it remembers, which no restart leaves it
    return AttachedPhoto(discord.Attachment(data=data, state=interaction._state))


def _form_of(kept: Mapping[str, Any]) -> Form:
    form = codec.load(kept["form"])
    assert isinstance(form, Form)
    return form


def _button(line: Text, label: Text) -> Say:
    return Say(lines=(line,), buttons=((Button(label=label, action=OPEN, style="primary"),),), private=True)
