"""The period and the rows that an address asks for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from dashboards.figures.models import Trace
from dashboards.figures.selectors.drilldown import NOT_FILLED, RowsAddress
from dashboards.figures.selectors.traces import trace_find
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.periods import Period, Preset, period_check, period_choices


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """Two days, both included. `periode` names a preset, which replaces them."""

    du = forms.DateField(
        label="Du",
        widget=DayInput,
        error_messages={"required": "Donnez le premier jour.", "invalid": "Donnez un jour, par exemple 2026-01-31."},
    )
    au = forms.DateField(
        label="Au",
        widget=DayInput,
        error_messages={"required": "Donnez le dernier jour.", "invalid": "Donnez un jour, par exemple 2026-01-31."},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "du" in data and "au" in data:
            try:
                self.period = period_check(data["du"], data["au"])
            except ValidationError as error:
                for field, messages in error.message_dict.items():
                    self.add_error(field, messages)
        return data


def period_read(data: QueryDict, choices: list[Preset]) -> tuple[PeriodForm, Period | None, str]:
    """Return form, period and code of the preset in use; the current civil year when nothing is asked."""
    chosen = next((preset for preset in choices if preset.code == data.get("periode")), None)
    if chosen is None and not (data.get("du") or data.get("au")):
        chosen = choices[0]
    if chosen:
        period = chosen.period
        return PeriodForm({"du": period.first.isoformat(), "au": period.last.isoformat()}), period, chosen.code
    form = PeriodForm(data)
    if not form.is_valid():
        return form, None, ""
    code = next((preset.code for preset in choices if preset.period == form.period), "")
    return form, form.period, code


def address_read(code: str, data: QueryDict) -> RowsAddress:
    """Read an address. Raises `ValidationError` for an unknown indicator, period, cut or trace code."""
    if code not in INDICATORS:
        raise ValidationError("Cet indicateur n’existe pas.")
    _, period, _ = period_read(data, period_choices())
    if period is None:
        raise ValidationError("Cette période ne peut pas être lue.")
    line = data.get("ligne", COUNTED)
    names = {cut.name for cut in INDICATORS[code].listing(line).cuts}
    cuts = {name: "" if value == NOT_FILLED else value for name in names if (value := data.get(name, ""))}
    if one := data.get("par", ""):
        cuts[one] = data.get("cle", "")
        if one not in names:
            raise ValidationError("Cet indicateur n’a pas ce détail.")
    return RowsAddress(code, period, line, cuts, _trace(code, period, data.get("trace", "")))


def _trace(code: str, period: Period, text: str) -> Trace | None:
    if not text:
        return None
    trace = trace_find(text)
    if trace.indicator != code or (trace.first, trace.last) != (period.first, period.last):
        raise ValidationError("Ce code de trace n’est pas celui de cet indicateur sur cette période.")
    return trace
