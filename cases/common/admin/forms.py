"""Forms of the coordination about minors. Nothing sealed is ever read back into a field."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from cms.kit.filters import MomentInput
from cms.kit.forms.fields import BoundedMomentField
from cms.users.models import User
from cms.values.forms import AdminModelForm


def pk_of(value: Any) -> Any:
    return getattr(value, "pk", value)


def keyed(cleaned: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the answers with `<name>_id` for these choices, as services take coded values."""
    others = {name: value for name, value in cleaned.items() if name not in names}
    return others | {f"{name}_id": pk_of(cleaned[name]) for name in names}


def now_local() -> dt.datetime:
    return timezone.localtime().replace(second=0, microsecond=0)


def moment(label: str, *, required: bool = True, **kwargs: Any) -> BoundedMomentField:
    return BoundedMomentField(label=label, required=required, widget=MomentInput, **kwargs)


def words(label: str, *, rows: int = 0, **kwargs: Any) -> forms.CharField:
    """Return a field of free text, whose answer is sealed."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, widget=widget, **kwargs)


class BirthForm(AdminModelForm):
    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("birth_month") and "birth_year" not in self.errors and not cleaned.get("birth_year"):
            self.add_error("birth_month", "Indiquez l’année avec le mois de naissance.")
        return cleaned


def shown(value: Any) -> Any:
    """Return a moment as its field shows it, to the minute, to tell whether it was changed."""
    return value.replace(second=0, microsecond=0) if isinstance(value, dt.datetime) else value


class FactsForm(BirthForm):
    """Gives the service what differs from the database: the form has already changed its own instance."""

    user: User
    """Set by the view."""
    columns: tuple[str, ...] = ()

    def stored_and_different(self) -> tuple[Any, dict[str, Any]]:
        row = self._meta.model._default_manager.get(pk=self.instance.pk)
        given = {name: pk_of(self.cleaned_data[name.removesuffix("_id")]) for name in self.columns}
        return row, {name: value for name, value in given.items() if shown(getattr(row, name)) != shown(value)}
