"""Shared tables, among what is set without a developer, and what settings move among the figures."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from cms.territory.models import Territory
from cms.territory.rules import authority_counts_register
from cms.values.editable import Editable, Trail, editable_register, kept_of_part
from cms.values.settings import setting_counts_register
from cms.wall import scope
from dashboards.consistency.selectors import late_entries, unconfirmed, unframed
from dashboards.indicators.coverage import covered_by_day
from dashboards.indicators.cube import COUNTED
from dashboards.indicators.partners import authorities, structures
from dashboards.models import SavedTable
from dashboards.policies import VIEW
from dashboards.tables.selectors import data_set
from dashboards.tables.services import PART, table_restore


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
            trail=Trail(
                kept=kept_of_part(PART),
                name=_table_name,
                words=_table_words,
                restore=lambda key, content, reason, by: table_restore(
                    key=key, content=content, reason=reason, user=by
                ),
            ),
            part="tables",
            models=("dashboards.SavedTable",),
        )
    )
    setting_counts_register("documents.acknowledgement_days", "Structures comptées (indicateur 4)", _structures)
    authority_counts_register("Autorités sous convention (indicateur 4)", _authorities)
    authority_counts_register("Départements couverts (indicateur 5)", _covered)
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


def _table_name(key: str) -> str:
    return str(SavedTable.objects.filter(pk=key).first() or "Tableau qui n’est plus partagé")


def _table_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    found = data_set(content["data"])
    cuts = {cut.name: cut.title for cut in found.cuts} if found else {}
    filters = (f"{cuts.get(name, name)} : {value}" for name, value in content["filters"].items())
    return {
        "Intitulé": content["title"],
        "Données": found.label if found else content["data"],
        "En lignes": cuts.get(content["rows_by"], content["rows_by"]),
        "En colonnes": cuts.get(content["columns_by"], content["columns_by"]),
        "Mesure": SavedTable.Measure(content["measure"]).label,
        "Période": SavedTable.Span(content["span"]).label,
        "Filtres": " ; ".join(filters),
        "Épinglé": "oui" if content["is_pinned"] else "non",
    }


def _structures() -> int:
    with scope.acting(scope.FIGURES):
        return structures(timezone.localdate()).filter(line=COUNTED).count()


def _authorities() -> int:
    with scope.acting(scope.FIGURES):
        return authorities(timezone.localdate()).filter(line=COUNTED).count()


def _covered() -> int:
    today = timezone.localdate()
    with scope.acting(scope.FIGURES):
        among = set(Territory.objects.departements().values_list("pk", flat=True))
        return len(covered_by_day([today])[today].keys() & among)
