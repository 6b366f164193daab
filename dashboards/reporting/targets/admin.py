"""Targets of the convention, in the back office."""

from typing import Any

from django.http import HttpResponse

from cms.kit.pages import action_page
from cms.users.requests import UserRequest
from dashboards.reporting.common.admin import BACK, TITLE, allowed_to_decide
from dashboards.reporting.targets.forms import TargetsForm
from dashboards.reporting.targets.models import Target
from dashboards.reporting.targets.services import target_set, targets_impact


def targets_page(request: UserRequest, year: int) -> HttpResponse:
    allowed_to_decide(request)
    targets = dict(Target.objects.filter(year=year).values_list("code", "value"))
    form = TargetsForm(request.POST if request.method == "POST" else None, targets=targets)

    def moved() -> dict[str, int | None]:
        return {code: value for code, value in form.values().items() if value != targets.get(code)}

    def run(data: dict[str, Any]) -> None:
        for code, value in moved().items():
            target_set(by=request.user, year=year, code=code, value=value, reason=data["reason"])

    return action_page(
        request,
        form=form,
        run=run,
        title=f"Cibles de l’année {year} de la convention",
        subtitle=TITLE,
        intro="Elles sont montrées à côté des chiffres de la même année. Un champ vide n’a pas de cible.",
        done="Les cibles sont enregistrées.",
        back_url=str(BACK),
        impact=lambda data: targets_impact(request.user, year, moved()),
    )
