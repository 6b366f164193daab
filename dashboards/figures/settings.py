"""The setting of the start of the convention, and the check that cached results are those that the rows give."""

from django.utils import timezone

from cms.kit.words import actions_register
from cms.operations.integrity import check_register
from cms.territory.models import Territory
from cms.territory.rules import authority_counts_register
from cms.values.settings import setting_counts_register, setting_register
from cms.wall import scope
from dashboards.figures.selectors.cache import results_compare
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.selectors.coverage import covered_by_day
from dashboards.indicators.selectors.partners import authorities, structures

ACTIONS = {
    "dashboards.rows.export": "lignes d’un chiffre exportées",
}


def register() -> None:
    setting_register(
        "figures.convention_start",
        "Début de la convention avec l’État",
        "2025-01-01",
        help="Premier jour de l’année 1 : les années de convention, leurs cibles et le cumul en découlent.",
        is_day=True,
    )
    setting_counts_register("documents.acknowledgement_days", "Structures comptées (indicateur 4)", _structures)
    authority_counts_register("Autorités sous convention (indicateur 4)", _authorities)
    authority_counts_register("Départements couverts (indicateur 5)", _covered)
    check_register("figures", "Résultats gardés", figures_check, figures_summary)
    actions_register(ACTIONS)


def figures_check() -> list[str]:
    return [
        f"{code}, du {period.first:%d/%m/%Y} au {period.last:%d/%m/%Y} : le résultat gardé n’est pas celui des lignes."
        for period, code, is_same in results_compare()
        if not is_same
    ]


def figures_summary() -> str:
    compared = sum(1 for _ in results_compare())
    return f"{compared} résultats gardés, comparés cellule par cellule à ce que donnent les lignes"


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
