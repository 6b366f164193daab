"""« Délais des incidents »: what each severity promises. First press: what would change today; second: in force."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse_lazy

from cases.incidents.rules import DAY_MINUTES
from cases.incidents.targets.models import SeverityTargets
from cases.incidents.targets.selectors import (
    Target,
    Targets,
    TargetsImpact,
    from_data,
    is_working,
    severities,
    targets_impact,
    targets_in_force,
)
from cases.incidents.targets.services import severity_targets_change
from cms.kit.forms.admin import AdminForm
from cms.users.requests import UserRequest
from cms.values.models import Value
from cms.wall import scope

TITLE = "Délais des incidents"
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}


class TargetsForm(AdminForm):
    """Three delays and a sentence a severity."""

    reason = forms.CharField(
        label="Pourquoi ce changement", max_length=300, help_text="Gardé avec la version. Sans nom de personne."
    )

    def __init__(self, *args: Any, targets: Targets, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.severities = severities()
        own: dict[str, forms.Field] = {}
        for severity in self.severities:
            own |= _fields(severity, targets[severity.code])
        self.fields = {**own, **self.fields}

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors:
            self.targets = {severity.code: self._target(severity, cleaned) for severity in self.severities}
        return cleaned

    def _target(self, severity: Value, cleaned: dict[str, Any]) -> Target:
        code = severity.code
        days = DAY_MINUTES if is_working(severity) else 1
        return Target(
            report=cleaned[f"{code}_report"],
            acknowledge=cleaned[f"{code}_acknowledge"] * days,
            answer=cleaned.get(f"{code}_answer"),
            words=cleaned[f"{code}_words"],
        )


def _fields(severity: Value, target: Target) -> dict[str, forms.Field]:
    code, label, working = severity.code, severity.label, is_working(severity)
    fields: dict[str, forms.Field] = {
        f"{code}_report": forms.IntegerField(
            label=f"{label} : délai pour déclarer (minutes)", min_value=1, max_value=20160, initial=target.report
        ),
        f"{code}_words": forms.CharField(
            label=f"{label} : comment ce délai se dit", max_length=120, initial=target.words
        ),
        f"{code}_acknowledge": forms.IntegerField(
            label=f"{label} : délai de prise en compte ({'jours ouvrés' if working else 'minutes, jour et nuit'})",
            min_value=1,
            max_value=30 if working else 10080,
            initial=target.acknowledge // DAY_MINUTES if working else target.acknowledge,
        ),
    }
    if target.answer is not None:
        fields[f"{code}_answer"] = forms.IntegerField(
            label=f"{label} : temps laissé pour répondre à un appel (minutes)",
            min_value=1,
            max_value=1440,
            initial=target.answer,
            help_text="Passé ce temps, l’échelon suivant est appelé.",
        )
    return fields


def targets_page(request: UserRequest) -> HttpResponse:
    if not scope.current().sees_all_cases():
        raise Http404
    before = targets_in_force()
    data = request.POST if request.method == "POST" else None
    form = TargetsForm(data, targets=_taken_back(request) or before)
    impacts: TargetsImpact | None = None
    if form.is_bound and form.is_valid():
        if "save" in request.POST and _save(request, form):
            messages.success(request, "Les nouveaux délais sont en vigueur, pour les incidents ouverts aussi.")
            return redirect("havre_severity_targets")
        if not form.errors:
            impacts = targets_impact(before, form.targets)
    context = {
        "form": form,
        "impacts": impacts,
        "history": SeverityTargets.objects.select_related("changed_by")[:20],
        "page_title": TITLE,
        "header_title": TITLE,
        "breadcrumbs_items": [HOME, {"url": "", "label": TITLE}],
        "header_buttons": [],
    }
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "cases/incidents/targets/admin/targets.html", context, status=status)


def _taken_back(request: UserRequest) -> Targets | None:
    """Return the older version asked for by the URL, to fill the form with."""
    number = request.GET.get("reprendre", "")
    row = SeverityTargets.objects.filter(number=int(number)).first() if number.isdecimal() else None
    return from_data(row.targets) if row else None


def _save(request: UserRequest, form: TargetsForm) -> bool:
    try:
        severity_targets_change(targets=form.targets, reason=form.cleaned_data["reason"], by=request.user)
    except ValidationError as error:
        form.add_service_error(error)
        return False
    return True
