"""What `manage.py verify` looks at: kept results are those that the rows give."""

from cms.operations.integrity import check_register
from dashboards.figures.selectors.kept import kept_compared


def register() -> None:
    check_register("figures", "Résultats gardés", figures_check, figures_summary)


def figures_check() -> list[str]:
    return [
        f"{code}, du {period.first:%d/%m/%Y} au {period.last:%d/%m/%Y} : le résultat gardé n’est pas celui des lignes."
        for period, code, is_same in kept_compared()
        if not is_same
    ]


def figures_summary() -> str:
    compared = sum(1 for _ in kept_compared())
    return f"{compared} résultats gardés, comparés cellule par cellule à ce que donnent les lignes"
