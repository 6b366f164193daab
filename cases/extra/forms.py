"""Form fields of the added fields, the same in the portal and in the admin."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.forms import CharField, ChoiceField, Field, Textarea

from cases.common.forms.fields import DayField
from cases.extra.enums import ExtraKind
from cases.extra.models import LONGEST_TEXT, ExtraAnswer, ExtraField, ExtraTarget
from cases.extra.selectors import PREFIX, fields_asked
from cases.extra.services import extra_answers_known, extra_answers_write
from cms.users.models import User
from cms.values.forms import AdminModelForm

REQUIRED = {"required": "Répondez à cette question."}
CHOICE_ERRORS = REQUIRED | {"invalid_choice": "Prenez une ligne de la liste."}
KEPT = "Une réponse est déjà sous scellé : laissez vide pour la garder."


def extra_form_fields(
    fields: Iterable[ExtraField], *, may_require: bool, answers: Mapping[Any, ExtraAnswer] | None = None
) -> dict[str, Field]:
    """Return form fields by name. `answers`, by field, gives the initial value of clear ones, never of sealed ones."""
    return {
        f"{PREFIX}{field.code}": _form_field(field, may_require, (answers or {}).get(field.pk)) for field in fields
    }


def _form_field(field: ExtraField, may_require: bool, answer: ExtraAnswer | None) -> Field:
    options: dict[str, Any] = {
        "label": field.label,
        "help_text": _help(field, answer),
        "required": field.is_required and may_require and answer is None,
        "initial": "" if answer is None or answer.is_sealed else answer.code,
    }
    if field.kind == ExtraKind.DATE:
        form_field: Field = DayField(**options)
        form_field.error_messages |= REQUIRED
        return form_field
    if field.kind == ExtraKind.TEXT:
        return CharField(
            max_length=LONGEST_TEXT, widget=Textarea(attrs={"rows": 3}), error_messages=REQUIRED, **options
        )
    offered = [("", "Non renseigné"), *_offered(field, options["initial"])]
    return ChoiceField(choices=offered, error_messages=CHOICE_ERRORS, **options)


def _help(field: ExtraField, answer: ExtraAnswer | None) -> str:
    sealed = "Gardé sous scellé." if field.is_sealed else ""
    return " ".join(part for part in (field.help, sealed, KEPT if answer and answer.is_sealed else "") if part)


def _offered(field: ExtraField, current: str) -> list[tuple[str, str]]:
    if field.kind == ExtraKind.YES_NO:
        return list(field.labels().items())
    return [
        (item["code"], item["label"])
        for item in field.choices
        if not item.get("is_retired") or item["code"] == current
    ]


def extra_given(cleaned: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers by code of field, as `extra_answers_write` takes them."""
    values = {name.removeprefix(PREFIX): value for name, value in cleaned.items() if name.startswith(PREFIX)}
    return {code: value.isoformat() if isinstance(value, dt.date) else value or "" for code, value in values.items()}


class ExtraForm(AdminModelForm):
    """Asks the fields that the network added, and writes their answers with the row."""

    user: User
    """Set by the view."""
    extra_target = ExtraTarget.SOLLICITATION

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = fields_asked(self.extra_target)
        known = extra_answers_known(self.instance) if rows and not self.instance._state.adding else {}
        self.fields |= extra_form_fields(rows, may_require=True, answers=known)

    def extra_write(self, row: Model) -> None:
        extra_answers_write(parent=row, answers=extra_given(self.cleaned_data), by=self.user)
