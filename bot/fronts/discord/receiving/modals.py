"""Forms as Discord's modals: five fields at a time, what is filled kept between them over a restart."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.core.chat.messages import Button, Field, Form, Place, Say, Text, Who, say
from bot.fronts.common.app_port import ChatApp
from bot.fronts.common.form_steps import OpenForm, OpenForms, steps_of
from bot.fronts.common.languages import Languages
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

    def __init__(self, app: ChatApp, languages: Languages) -> None:
        self._app = app
        self._open_forms = OpenForms(app)
        self._languages = languages

    async def show(self, interaction: discord.Interaction[Any], form: Form, who: Who, place: Place) -> None:
        """Open a form; one of several pages is kept, as it comes back in parts."""
        open_ = OpenForm(form, place)
        await self._open_page(interaction, open_, await self._languages.own(who))
        if not open_.is_last(FIELDS):
            await self._open_forms.keep(who, place, open_)

    async def keep(self, form: Form, who: Who, place: Place) -> Say:
        """Keep a form that can only be opened by another press, and say so."""
        await self._open_forms.keep(who, place, OpenForm(form, place))
        return _button(say("discord-form-ready", title=form.title), say("discord-form-open"))

    async def reopen(self, interaction: discord.Interaction[Any], who: Who, place: Place) -> bool:
        """Open what is left of the kept form; False when nothing is."""
        open_ = await self._open_forms.recall(who, place)
        if open_ is None:
            return False
        await self._open_page(interaction, open_, await self._languages.own(who))
        return True

    async def filled(
        self, custom_id: str, fields: Mapping[str, str], who: Who, place: Place
    ) -> tuple[str, dict[str, str]] | Say | None:
        """The id and all fields of a form once its last part came; before that, the way to the next part.

        None when the rest of the form is no longer kept.
        """
        if not custom_id.startswith(_PAGE):
            return custom_id, dict(fields)
        open_ = await self._open_forms.recall(who, place)
        if open_ is None:
            return None
        open_.step = int(custom_id.removeprefix(_PAGE))
        open_.values |= fields
        if open_.is_last(FIELDS):
            await self._open_forms.end(who, place)
            return open_.form.id, open_.values
        open_.step += 1
        await self._open_forms.keep(who, place, open_)
        return _button(say("discord-form-more", title=open_.form.title), say("discord-form-go-on"))

    async def open(self, interaction: discord.Interaction[Any], form: Form, locale: str) -> None:
        """Open a form of one page."""
        await interaction.response.send_modal(self._modal(form, form.fields, form.id, locale))

    async def _open_page(self, interaction: discord.Interaction[Any], open_: OpenForm, locale: str) -> None:
        is_whole = len(steps_of(open_.form, FIELDS)) == 1
        custom_id = open_.form.id if is_whole else f"{_PAGE}{open_.step}"
        await interaction.response.send_modal(self._modal(open_.form, open_.fields(FIELDS), custom_id, locale))

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


def _button(line: Text, label: Text) -> Say:
    return Say(lines=(line,), buttons=((Button(label=label, action=OPEN, style="primary"),),), private=True)
