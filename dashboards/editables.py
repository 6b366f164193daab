"""Shared tables, among what is set without a developer, and what settings move among the figures."""

from django.urls import reverse
from django.utils import timezone

from cms.access import scope
from cms.values.editable import Editable, editable_register
from cms.values.settings import setting_counts_register
from dashboards.consistency import late_entries, unconfirmed, unframed
from dashboards.indicators.cube import COUNTED
from dashboards.indicators.partners import structures
from dashboards.policies import VIEW


def register() -> None:
    editable_register(
        Editable(
            code="tables",
            label="Tableaux partagés",
            effect="Les tableaux composés par la coordination, qu’elle lit ensemble ; chacun change les siens.",
            url=lambda: reverse("dashboards_tables"),
            group="Chiffres",
            order=46,
            is_open=lambda user: user.has_perm(VIEW),
            part="tables",
            models=("dashboards.SavedTable",),
        )
    )
    setting_counts_register("documents.acknowledgement_days", "Structures comptées (indicateur 4)", _structures)
    today = timezone.localdate
    setting_counts_register(
        "figures.frame_days", "Séjours à corriger, sans cadre juridique", lambda: unframed(today()).count()
    )
    setting_counts_register(
        "figures.entry_days", "Arrivées à confirmer, trop tard", lambda: unconfirmed(today()).count()
    )
    setting_counts_register(
        "figures.entry_days", "Arrivées confirmées tard, ces 90 jours", lambda: late_entries(today()).count()
    )


def _structures() -> int:
    with scope.acting(scope.FIGURES):
        return structures(timezone.localdate()).filter(line=COUNTED).count()
